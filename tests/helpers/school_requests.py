"""A municipality with a round of a small form, its request to a school, and that school's profile."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.forms.loader import load
from app.forms.packet import seal
from app.models import settings
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_rounds, forms, school_requests, schools
from tests.helpers.form_texts import CHECK

FILLER, POST = "Ветрова Анна Ильинична", "заместитель директора"


def municipality(path: Path, *, name: str = "Лесогорский округ", numbers: tuple[int, ...] = (3, 5)) -> Store:
    """Make a store with schools, the form «Проба» and one round of it; the cases are in the order of the schools."""
    store = Store.create(path, name=name, actor="Ракитина Е. В.")
    with store.operation("Настройки", "settings") as operation:
        for key, value in (
            ("municipality", name),
            ("organisation", "Методический кабинет"),
            ("executor", "Ракитина Елена Викторовна, методист, 8 (000) 123-45-67"),
        ):
            settings.put(operation, key, value)
    forms.save(store, load(CHECK))
    keys = [schools.add(store, {"name": f"МБОУ «СОШ № {n}»", "short_name": f"СОШ № {n}"}) for n in numbers]
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    form_rounds.start(store, "probe", 2026, refs, due_on="2026-11-30", letter="Просим ответить до конца ноября.")
    return store


def first_round(store: Store) -> int:
    return form_rounds.rounds(store.connection, 2026)[0].round.id


def case_ids(store: Store) -> list[int]:
    return [line.case.id for line in form_rounds.cases(store.connection, first_round(store))]


def request_file(store: Store, folder: Path, case_id: int | None = None) -> Path:
    """Write the request of one case (the first one) and return its file."""
    key = case_id if case_id is not None else case_ids(store)[0]
    folder.mkdir(parents=True, exist_ok=True)
    [(path, _made)] = school_requests.write(store.connection, [key], folder).files
    return path


@contextmanager
def seat(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Path]:
    """Work under another user's profile."""
    folder.mkdir(parents=True, exist_ok=True)
    with monkeypatch.context() as patch:
        patch.setattr("app.paths.profile", lambda: folder)
        yield folder


def content(path: Path) -> dict[str, Any]:
    """Return what a packet says."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".json"))
        return dict(json.loads(archive.read(name)))


def resealed(path: Path, kind: str, change: Callable[[dict[str, Any]], object]) -> Path:
    """Write a packet anew with another content and a right digest."""
    value = content(path)
    change(value)
    with zipfile.ZipFile(path) as archive:
        files = {name.removeprefix("files/"): archive.read(name) for name in archive.namelist() if "files/" in name}
    format_version = value.pop("format_version")
    value.pop("format")
    path.write_bytes(seal(kind, {**value, "format_version": format_version}, files))  # type: ignore[arg-type]
    return path
