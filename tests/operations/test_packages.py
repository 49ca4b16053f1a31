"""The package upward: what lies in it, that it is one file for one content, and what checking sees in hostile ones."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.exporters.package import pack, safe_name
from app.importers.package import faults, harmless
from app.models import papers as register
from app.models import settings
from app.models.store import Store
from app.operations import package_check, package_region, packages, signing
from app.operations.demo import fill
from app.operations.package_check import check
from tests.helpers.certificates import PASSWORD, ivanova
from tests.helpers.pdfs import signed_once, with_places
from tests.helpers.stores import opened

DAY = date(2026, 11, 23)
NAME = "Лесогорский округ"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small municipality with three papers: signed, with a .sig beside it, unsigned."""
    path = tmp_path_factory.mktemp("packages") / "Лесогорск.opora"
    store = Store.create(path, name=NAME, actor="Ким О. В.")
    fill(store, schools=4, years=(2026,))
    with store.operation("Название", "settings") as operation:
        operation.connection.execute("UPDATE setting SET value = ? WHERE key = 'municipality'", (NAME,))
    for name, data in {"Список.pdf": with_places(), "Отчёт: I/II.pdf": b"%PDF-1.4 x"}.items():
        with store.operation("Документ", "paper.register", reversible=False) as operation:
            register.register(
                operation, kind="school_list", title=name, file_name=name, data=data, snapshot_id=None, actor="Ким",
            )  # fmt: skip
    store.close()
    return path


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / template.name))


def numbers(store: Store) -> tuple[int, ...]:
    return tuple(item.number for item in packages.candidates(store.connection) if item.title.endswith(".pdf"))


def ask(store: Store, **more: Any) -> packages.Ask:
    values: dict[str, Any] = {
        "title": "Пакет", "period": "2026/27 учебный год", "addressee": "Министерство", "numbers": numbers(store),
        "day": DAY,
    }  # fmt: skip
    return packages.Ask(**(values | more))


def made(store: Store, folder: Path, **more: Any) -> Path:
    prepared = packages.prepare(store.connection, ask(store, **more))
    return packages.make(store, prepared, folder / packages.file_name(store.connection, prepared.ask))[1]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sign_first(store: Store) -> None:
    signing.keep_signed(store, with_places(), "Список.pdf", "Список (подписан).pdf", _signed())


def _signed() -> Any:
    from app.exporters.signing import sign_pdf

    return sign_pdf(with_places(), ivanova().p12, PASSWORD)


# --- making ------------------------------------------------------------------------------------------------------


def test_a_package_says_of_every_file_its_hash_and_passes_its_own_check(db: Path, tmp_path: Path) -> None:
    with opened(db) as store:
        sign_first(store)
        path = made(store, tmp_path)
        (line,) = packages.listing(store.connection)
    parts = parts_of(path)
    manifest = json.loads(parts["manifest.json"])
    assert list(parts)[:5] == ["опись.pdf", "опись.xlsx", "manifest.json", "manifest.sha256", "data.json"]
    assert list(faults("manifest", manifest)) == []
    assert list(faults("data", json.loads(parts["data.json"]))) == []
    for item in (*manifest["files"], *(one for paper in manifest["papers"] for one in paper["files"])):
        assert hashlib.sha256(parts[item["path"]]).hexdigest() == item["sha256"]
        assert len(parts[item["path"]]) == item["size"]
    found = check(path)
    # one paper is not signed: that is for a person to judge, nothing is broken
    assert found.verdict == "eyes"
    assert sorted(item.code for item in found.problems) == ["PACK_NO_SIGNATURE", "PACK_OTHER_ISSUER"]
    assert [(one.signer, one.verdict) for one in found.signatures] == [
        ("Иванова Мария Петровна", "valid_unknown_issuer")
    ]
    assert (line.sha256, line.size) == (found.sha256, path.stat().st_size)
    assert line.papers == numbers_sorted(db)


def test_a_signature_that_nobody_vouches_for_needs_eyes(db: Path, tmp_path: Path) -> None:
    with opened(db) as store:
        sign_first(store)
        paper = next(p for p in register.listing(store.connection) if p.state == "signed")
        found = check(made(store, tmp_path, numbers=(paper.number,)))
    assert (found.verdict, [item.code for item in found.problems]) == ("eyes", ["PACK_OTHER_ISSUER"])


def numbers_sorted(db: Path) -> tuple[int, ...]:
    with opened(db) as store:
        return tuple(sorted(numbers(store)))


def test_a_detached_signature_lies_beside_its_file_under_its_name(db: Path, tmp_path: Path) -> None:
    with opened(db) as store:
        paper = next(p for p in register.listing(store.connection) if p.title == "Список.pdf")
        with store.operation("Подпись", "paper.attach", reversible=False) as operation:
            register.add_file(operation, paper.id, role="detached", file_name="любое имя.sig", data=b"0\x03")
        path = made(store, tmp_path, numbers=(paper.number,))
    names = [name for name in parts_of(path) if name.startswith("документы/")]
    assert names[1] == f"{names[0]}.sig"
    assert [item.code for item in check(path).problems] == ["PACK_SIGNATURE_BAD"]


def test_the_same_content_is_the_same_file_and_names_are_safe(db: Path, tmp_path: Path) -> None:
    parts = {"а.txt": b"1", "документы/б.txt": b"2" * 5000}
    assert pack(parts) == pack(parts)
    with zipfile.ZipFile(io.BytesIO(pack(parts))) as archive:
        info = archive.infolist()[0]
        assert info.flag_bits & 0x800
        assert info.date_time == (2000, 1, 1, 0, 0, 0)
    with opened(db) as store:
        path = made(store, tmp_path)
    names = parts_of(path)
    assert not any(set(name.rpartition("/")[2]) & set('<>:"/\\|?*') for name in names)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b:c?.pdf", "a b c.pdf"), ("CON.pdf", "_CON.pdf"), ("  ..  ", "файл"), ("лист. .xlsx", "лист.xlsx"),
        ("и\u0306.pdf", "й.pdf"), ("x" * 300 + ".docx", "x" * 100 + ".docx"),
    ],
)  # fmt: skip
def test_a_name_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name, set()) == safe


def test_two_files_of_one_name_in_other_letters_stay_two() -> None:
    taken: set[str] = set()
    assert [safe_name(name, taken) for name in ("Лист.pdf", "лист.PDF")] == ["Лист.pdf", "лист (2).PDF"]


def test_nothing_is_written_over_and_a_package_without_papers_is_refused(db: Path, tmp_path: Path) -> None:
    with opened(db) as store:
        first, second = made(store, tmp_path), made(store, tmp_path)
        assert first.exists()
        assert second.name.endswith("(2).zip")
        for wrong, code in (((), "PACK_EMPTY"), ((999,), "GEN_NO_PAPER")):
            with pytest.raises(UserError) as error:
                packages.prepare(store.connection, ask(store, numbers=wrong))
            assert error.value.code == code


def test_the_name_of_a_package_says_period_and_day_whatever_the_municipality_is_called(db: Path) -> None:
    with opened(db) as store:
        with store.operation("Настройка", "settings") as operation:
            settings.put(operation, "municipality", "Верхнекаменогорский " * 6)
        name = packages.file_name(store.connection, ask(store))
    assert name.endswith("2026-27 учебный год 23.11.2026.zip")
    assert len(name) <= 110


def test_a_package_goes_its_way_and_the_way_is_taken_back(db: Path, tmp_path: Path) -> None:
    from app.operations import history

    with opened(db) as store:
        made(store, tmp_path)
        packages.mark(store, 1, sent_on="24.11.2026", answered_on="", answer="")
        assert packages.state(packages.package(store.connection, 1)) == "отправлен 24.11.2026"
        history.undo(store)
        assert packages.state(packages.package(store.connection, 1)) == "не отправлен"
        with pytest.raises(UserError, match="Пакета № 7 нет"):
            packages.mark(store, 7)


# --- hostile packages --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def good(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("good")
    with opened(Path(shutil.copy(template, folder / "a.opora"))) as store:
        sign_first(store)
        return parts_of(made(store, folder, numbers=numbers(store)[1:]))


def resealed(parts: Mapping[str, bytes], change: Callable[[dict[str, Any]], None], data: bytes | None = None) -> bytes:
    """A package whose description was changed by somebody who knows how it is sealed."""
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    after = dict(parts)
    if data is not None:
        after["data.json"] = data
        for item in manifest["files"]:
            if item["path"] == "data.json":
                item |= {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    text = json.dumps(manifest, ensure_ascii=False).encode()
    after |= {"manifest.json": text, "manifest.sha256": hashlib.sha256(text).hexdigest().encode()}
    return pack(after)


def codes(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "чужой.zip"
    path.write_bytes(data)
    return [item.code for item in check(path).problems]


def _first_pdf(parts: Mapping[str, bytes]) -> str:
    return next(name for name in parts if name.startswith("документы/"))


def test_a_good_package_is_good(good: dict[str, bytes], tmp_path: Path) -> None:
    assert codes(tmp_path, pack(good)) == ["PACK_OTHER_ISSUER"]


def test_every_part_that_is_changed_missing_or_extra_is_seen(good: dict[str, bytes], tmp_path: Path) -> None:
    for name in good:
        seen = codes(tmp_path, pack({**good, name: good[name][:-1] + bytes([good[name][-1] ^ 1])}))
        assert seen, f"{name} was changed and nobody saw it"
        assert check(tmp_path / "чужой.zip").verdict == "refused", name
        if name != "manifest.json":
            rest = {key: data for key, data in good.items() if key != name}
            assert codes(tmp_path, pack(rest))[0] == "PACK_FILE_MISSING"
    assert codes(tmp_path, pack({**good, "ещё.txt": b"x"}))[0] == "PACK_FILE_EXTRA"


def test_a_flipped_byte_of_the_archive_is_seen_or_changes_nothing_that_is_said(
    good: dict[str, bytes], tmp_path: Path
) -> None:
    whole = pack(good)
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        data = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        path = tmp_path / "чужой.zip"
        path.write_bytes(data)
        found = check(path)
        if found.verdict != "refused":
            # a flip in a time or an attribute of the archive: every file is still the one of the list
            with zipfile.ZipFile(path) as archive:
                assert {name: archive.read(name) for name in good} == good


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(format_version=3), "PACK_NEWER"),
        (lambda m: m.update(format_version="1"), "PACK_SCHEMA"),
        (lambda m: m.update(format="other"), "PACK_NOT_PACKAGE"),
        (lambda m: m.pop("period"), "PACK_SCHEMA"),
        (lambda m: m.update(больше=1), "PACK_SCHEMA"),
        (lambda m: m["papers"][0]["files"][0].update(path="документы/нет.pdf"), "PACK_FILE_MISSING"),
        (lambda m: m["papers"][0]["files"][0].update(size=3), "PACK_FILE_CHANGED"),
        (lambda m: m["files"].append(dict(m["files"][0])), "PACK_TWICE"),
        (lambda m: m["municipality"].update(name="Другой округ"), "PACK_DATA_FIGURES"),
    ],
)  # fmt: skip
def test_a_description_that_lies(
    good: dict[str, bytes], tmp_path: Path, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    found = codes(tmp_path, resealed(good, change))
    assert found[0] == code
    assert check(tmp_path / "чужой.zip").verdict == "refused"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d["results"][0].update(below=d["results"][0]["participants"] + 1), "PACK_DATA_FIGURES"),
        (lambda d: d["lists"][0]["counts"].update(listed=99), "PACK_DATA_FIGURES"),
        (lambda d: d["lists"][0]["schools"][0].update(verdict="да"), "PACK_DATA_SCHEMA"),
        (lambda d: d["results"][0].update(below=-1), "PACK_DATA_SCHEMA"),
        (lambda d: d.pop("schools"), "PACK_DATA_SCHEMA"),
    ],
)  # fmt: skip
def test_figures_that_cannot_be(
    good: dict[str, bytes], tmp_path: Path, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    data = json.loads(good["data.json"])
    change(data)
    text = json.dumps(data, ensure_ascii=False).encode()
    assert codes(tmp_path, resealed(good, lambda _m: None, text))[0] == code


@pytest.mark.parametrize(
    "text", [b"[" * 100_000, b'{"a": 1e999}', b'{"a": NaN}', b'"\\ud800"', b"\xff", b'{"a": 1.5}', b"1" * 9000]
)
def test_json_that_would_hurt_its_reader(good: dict[str, bytes], tmp_path: Path, text: bytes) -> None:
    assert codes(tmp_path, pack({**good, "manifest.json": text})) == ["PACK_DAMAGED"]
    assert codes(tmp_path, resealed(good, lambda _m: None, text)) == ["PACK_DAMAGED"]


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/x", "C:\\x.txt", "a\\..\\b", "документы/../../x", "a\u202etxt.exe", "a//b", "D:x"]
)
def test_a_name_that_leads_outside_is_refused(good: dict[str, bytes], tmp_path: Path, name: str) -> None:
    assert not harmless(name)
    assert codes(tmp_path, pack({**good, name: b"x"})) == ["PACK_NAME"]


def test_links_and_doubles_are_refused(good: dict[str, bytes], tmp_path: Path) -> None:
    assert codes(tmp_path, pack({**good, "ОПИСЬ.pdf": b"x"})) == ["PACK_TWICE"]
    packed = io.BytesIO(pack(good))
    with zipfile.ZipFile(packed, "a") as archive:
        info = zipfile.ZipInfo("ссылка")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert codes(tmp_path, packed.getvalue()) == ["PACK_NAME"]


def test_bombs_passwords_and_strangers_are_refused(good: dict[str, bytes], tmp_path: Path) -> None:
    assert codes(tmp_path, pack({**good, "бомба": bytes(130 << 20)})) == ["PACK_BOMB"]
    many = {f"{number}.txt": b"" for number in range(2001)}
    assert codes(tmp_path, pack({**good, **many})) == ["PACK_BOMB"]
    locked = bytearray(pack({"manifest.json": b"{}"}))
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert codes(tmp_path, bytes(locked)) == ["PACK_DAMAGED"]
    assert codes(tmp_path, b"") == ["PACK_NOT_PACKAGE"]
    assert codes(tmp_path, b"PK\x03\x04 torn") == ["PACK_DAMAGED"]
    assert codes(tmp_path, pack(good)[:-40]) == ["PACK_DAMAGED"]
    assert codes(tmp_path, pack({"xl/workbook.xml": b"<x/>"})) == ["PACK_NOT_PACKAGE"]
    with pytest.raises(UserError, match="нет"):
        check(tmp_path / "нет.zip")


def test_a_broken_signature_is_seen(good: dict[str, bytes], tmp_path: Path) -> None:
    name = next(name for name in good if "подписан" in name)
    pdf = bytearray(good[name])
    pdf[len(pdf) // 3] ^= 1
    changed = bytes(pdf)

    def change(manifest: dict[str, Any]) -> None:
        for item in (one for paper in manifest["papers"] for one in paper["files"]):
            if item["path"] == name:
                item |= {"sha256": hashlib.sha256(changed).hexdigest(), "size": len(changed)}

    found = codes(tmp_path, resealed({**good, name: changed}, change))
    assert found[0] == "PACK_SIGNATURE_BAD"
    assert signed_once()  # the file that was changed is a signed one


def test_exit_codes_follow_the_verdict() -> None:
    assert package_check.EXIT_CODES == {"ok": 0, "eyes": 3, "refused": 1}
    assert package_region.POINTS == 10


# --- papers made by a recipe -------------------------------------------------------------------------------------


@pytest.fixture
def with_recipe(db: Path) -> Path:
    from app.operations import paper_catalogue, papers

    with opened(db) as store:
        item = paper_catalogue.kind("school_list")
        values = paper_catalogue.usual(store.connection, item, DAY)
        paper = paper_catalogue.make(store.connection, item.key, values, DAY)
        papers.register(store, paper, papers.render(paper, ".pdf"), "Список школ.pdf")
    return db


def listed_number(store: Store) -> int:
    return next(paper.number for paper in register.listing(store.connection) if paper.recipe)


def test_a_paper_without_its_table_gets_it_while_it_says_the_same(with_recipe: Path, tmp_path: Path) -> None:
    with opened(with_recipe) as store:
        number = listed_number(store)
        prepared = packages.prepare(store.connection, ask(store, numbers=(number,)))
        (item,) = prepared.manifest["papers"]
        assert [one["role"] for one in item["files"]] == ["original", "table"]
        assert not any("изменились" in text for text in prepared.lacks)
        with store.operation("Настройка", "settings") as operation:
            settings.put(operation, "municipality", "Другой округ")
        changed = packages.prepare(store.connection, ask(store, numbers=(number,)))
        assert any("данные с тех пор изменились" in text for text in changed.lacks)
        assert [one["role"] for one in changed.manifest["papers"][0]["files"]] == ["original"]


def test_a_package_without_people_makes_papers_anew_and_names_what_is_left_out(
    with_recipe: Path, tmp_path: Path
) -> None:
    with opened(with_recipe) as store:
        names = {row[0].split()[0] for row in store.connection.execute("SELECT full_name FROM person")}
        chosen = (*numbers(store), listed_number(store))
        # a code of eleven figures that begins with 89, as in Mordovia, is no telephone
        path = made(store, tmp_path, numbers=chosen, impersonal=True, oktmo="89701000001")
        (line,) = packages.listing(store.connection)
    assert line.impersonal
    assert "обезличен" in path.name
    manifest = json.loads(parts_of(path)["manifest.json"])
    assert manifest["municipality"]["oktmo"] == "89701000001"
    assert [item["number"] for item in manifest["papers"]] == [chosen[-1]]
    assert [one["title"] for one in manifest["left_out"]] == [f"№ {n} «{t}»" for n, t in zip(
        sorted(numbers_of(with_recipe)), ("Список.pdf", "Отчёт: I/II.pdf"), strict=True)]  # fmt: skip
    from app.exporters.readable import texts

    for name, data in parts_of(path).items():
        suffix = Path(name).suffix
        told = " ".join(texts(data, suffix)) if suffix in {".pdf", ".xlsx"} else data.decode()
        assert not [surname for surname in names if f"{surname} " in told], name
    assert check(path).verdict == "eyes"


def numbers_of(db: Path) -> tuple[int, ...]:
    with opened(db) as store:
        return numbers(store)
