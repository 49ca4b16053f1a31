"""Where papers are written to: a full disk, a folder in the way, names no system takes, two programs at once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import lock, papers
from app.models.store import Store
from app.operations import (
    foreign_fill,
    foreign_forms,
    impersonal,
    packages,
    paper_catalogue,
    schools,
    signing_elsewhere,
)
from app.operations import papers as made_papers
from app.operations.demo import fill
from app.operations.foreign_forms import Link
from app.operations.papers import Made
from tests.helpers import outside, stores
from tests.helpers.foreign_books import region, write
from tests.papers_break import acts
from tests.papers_break.acts import DAY

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("places")
    path = folder / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    fill(store, schools=4, years=(2026,))
    with store.operation("Документ", "paper.register", reversible=False) as operation:
        papers.register(
            operation, kind="foreign", title="Приказ", file_name="Приказ.pdf", snapshot_id=None, actor="Ким",
            data=b"%PDF-1.4" + random.Random(1).randbytes(300_000),
        )  # fmt: skip
    form = foreign_forms.add(store, write(folder / "Форма.xlsx", region()), "Мониторинг")
    foreign_forms.link(store, form, Link("Школы", "B2", "field", "municipality"))
    store.close()
    return path.read_bytes()


@pytest.fixture
def db(year: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "Пример.opora"
    path.write_bytes(year)
    return path


def first_form(store: Store) -> int:
    return foreign_forms.listing(store.connection)[0].form.id


def last_number(store: Store) -> int:
    return max(paper.number for paper in papers.listing(store.connection))


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.what
    return caught.value.code


# --- a disk that is really full --------------------------------------------------------------------------------------

CHILD = textwrap.dedent(
    """
    import json, subprocess, sys
    from pathlib import Path

    out, size, what, db, number, form = Path(sys.argv[1]), *sys.argv[2:7]
    out.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(out)], check=True)
    (out / "письмо.docx").write_bytes(b"mine")
    from app.errors import UserError
    from app.models.store import Store
    from tests.papers_break import acts

    path, told = Path(db), []
    store = Store.open(path, actor="Ким О. В.") if what in {"package", "send"} else None
    try:
        if what == "batch":
            acts.batch(path, out / "Листы", (".pdf", ".docx"))
        elif what == "package":
            acts.make_package(store, (int(number),), out)
        elif what == "send":
            acts.send_to_sign(store, int(number), out)
        elif what == "form":
            acts.save_form(path, int(form), out / "Форма.xlsx")
        else:
            acts.copy_without_people(path, out / "Копия.opora")
        told.append("")
    except UserError as error:
        told += [error.code, error.what, error.cure]
    if store is not None:
        store.abandon()
    left = sorted(str(one.relative_to(out)) for one in out.rglob("*"))
    print(json.dumps([told, left]))
    """
)
FULL = {
    "batch": ("96k", {"PAPER_NO_SPACE", "PAPER_NO_SPACE_ALL"}),
    "package": ("96k", {"PAPER_NO_SPACE"}),
    "send": ("64k", {"PAPER_NO_SPACE"}),
    "form": ("8k", {"PAPER_NO_SPACE"}),
    "copy": ("200k", {"STORE_BACKUP_FAILED", "STORE_NO_SPACE", "STORE_DISK_FULL"}),
    "copy-late": ("copy", {"STORE_BACKUP_FAILED", "STORE_NO_SPACE", "STORE_DISK_FULL"}),
}

if outside.UNSHARE:

    @pytest.mark.parametrize("what", FULL)
    def test_a_disk_that_is_really_full(db: Path, tmp_path: Path, what: str) -> None:
        out = tmp_path / "вывод"
        with stores.opened(db) as store:
            number, form = last_number(store), first_form(store)
            before = stores.dump(store.connection)
        # the copy itself just fits, taking people out of it needs more
        size = str(db.stat().st_size + 40_960) if FULL[what][0] == "copy" else FULL[what][0]
        words = [str(out), size, what.partition("-")[0], str(db), str(number), str(form)]
        done = subprocess.run(
            ["unshare", "-rm", sys.executable, "-c", CHILD, *words],
            cwd=ROOT, check=False, capture_output=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        told, left = json.loads(done.stdout.splitlines()[-1])
        assert told[0] in FULL[what][1], told
        assert told[2]
        assert left == ["письмо.docx"]
        with stores.opened(db) as store:
            # what was not written was neither sent nor packed
            assert stores.dump(store.connection) == before


# --- no right, something in the way ----------------------------------------------------------------------------------


def writers(store: Store, tmp_path: Path) -> dict[str, Callable[[Path], object]]:
    """Everything that writes a paper to a path."""
    number, form = last_number(store), first_form(store)
    filled = foreign_fill.fill(store.connection, form, 2026, DAY)
    ask = packages.Ask("Пакет", "2026/27", "", (number,), DAY)
    prepared = packages.prepare(store.connection, ask)
    return {
        "paper": lambda path: made_papers.write(path.with_suffix(".pdf"), b"x"),
        "form": lambda path: foreign_fill.save(filled, path.with_suffix(".xlsx")),
        "package": lambda path: packages.make(store, prepared, path.with_suffix(".zip")),
        "send": lambda path: signing_elsewhere.export(store, number, path.with_suffix(".zip")),
        "copy": lambda path: impersonal.save_copy(store.connection, store.path, path.with_suffix(".opora")),
    }


def test_a_folder_that_is_not_there(db: Path, tmp_path: Path) -> None:
    with stores.opened(db) as store:
        before = stores.dump(store.connection)
        for name, work in writers(store, tmp_path).items():
            told = code_of(lambda work=work: work(tmp_path / "нет" / "такой" / "файл"))  # type: ignore[misc]
            assert told in {"PAPER_NO_FOLDER", "STORE_BACKUP_FAILED"}, name
        assert stores.dump(store.connection) == before
        assert not (tmp_path / "нет").exists()


def test_a_folder_stands_where_the_file_should(db: Path, tmp_path: Path) -> None:
    with stores.opened(db) as store:
        for suffix in (".pdf", ".xlsx", ".zip", ".opora"):
            (tmp_path / f"файл{suffix}").mkdir()
        seen = sorted(one.name for one in tmp_path.iterdir())
        for name, work in writers(store, tmp_path).items():
            if name in {"package", "send"}:
                continue  # they write beside whatever is there
            assert code_of(lambda work=work: work(tmp_path / "файл")) in {"PAPER_BAD_NAME", "STORE_EXISTS"}, name  # type: ignore[misc]
        assert sorted(one.name for one in tmp_path.iterdir() if "-" not in one.name) == [
            one for one in seen if "-" not in one
        ]


@pytest.mark.parametrize("letters", [130, 300])
def test_a_name_no_system_takes(db: Path, tmp_path: Path, letters: int) -> None:
    with stores.opened(db) as store:
        before = {one.name for one in tmp_path.iterdir()}
        for name, work in writers(store, tmp_path).items():
            told = code_of(lambda work=work: work(tmp_path / ("Ж" * letters)))  # type: ignore[misc]
            assert told in {"PAPER_BAD_NAME", "STORE_BACKUP_FAILED", "PAPER_NOT_WRITTEN"}, name
        assert {one.name for one in tmp_path.iterdir()} == before


LONG = "Муниципальное бюджетное общеобразовательное учреждение «Средняя: школа / № 5» имени <Героя> труда " + "Ж" * 60


def test_names_made_of_long_and_forbidden_words_fit_every_disk(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "вывод"
    folder.mkdir()
    with stores.opened(db) as store:
        one, two = schools.listing(store.connection)[:2]
        schools.edit(store, one.id, {"name": LONG, "short_name": ""})
        schools.edit(store, two.id, {"name": LONG + " 2", "short_name": ""})
        work = acts.batch_of(store.connection, folder, (".docx",))
        from app.operations import paper_batch

        result = work.run(paper_batch.makes(store.connection, work))
        assert len({path.name.casefold() for path in result.files}) == len(result.files) >= 2
        for path in result.files:
            # «имя (2).docx», «имя.docx.sig», «имя (подписан).docx» have to fit too
            assert len(path.name.encode()) <= 255 - len(" (подписан) (2).sig".encode()), path.name
            assert not set('<>:"/\\|?*«»') & set(path.name)
        for item in paper_catalogue.kinds():
            found = paper_catalogue.prepared(store.connection, item, None, DAY)
            if found.paper is not None:
                name = made_papers.file_name(found.paper, ".pdf", "23.11.2026")
                assert len(name.encode()) <= 255 - len(" (подписан) (2).sig".encode()), name
                assert not set('<>:"/\\|?*\x00') & set(name), name


def test_a_file_that_is_read_only_stays(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "Форма 2026.xlsx"
    target.write_bytes(b"older")
    target.chmod(0o444)
    with stores.opened(db) as store:
        filled = foreign_fill.fill(store.connection, first_form(store), 2026, DAY)
        try:
            foreign_fill.save(filled, target)
        except UserError as error:
            assert error.code in {"PAPER_FILE_OPEN", "PAPER_READ_ONLY"}  # noqa: PT017 - either is right
            assert target.read_bytes() == b"older"
        else:
            # the folder lets a name be replaced: the new file is whole, its rights are those of the old one
            assert target.read_bytes() == filled.data
            assert target.stat().st_mode & 0o777 == 0o444
    assert not list(tmp_path.glob(".*.tmp"))


# --- two at once -----------------------------------------------------------------------------------------------------


def test_two_processes_never_hold_one_file_and_never_write_over_each_other(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Листы"
    code = (
        "import sys; from pathlib import Path; from tests.papers_break import acts;"
        "acts.batch(*(Path(one) for one in sys.argv[1:] if one))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(db), str(folder)], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [one.communicate(timeout=120)[1].decode() for one in running]
    assert [one.returncode for one in running] == [0, 0], told
    files = sorted(path.name for path in folder.iterdir())
    assert not [name for name in files if name.endswith(".tmp")]
    assert len(files) == 8, files
    with stores.opened(db) as store:
        number = last_number(store)
        other = subprocess.run(
            [sys.executable, "-c", code.replace("acts.batch", "acts.open_and_register"), str(db), ""],
            cwd=ROOT, check=False, capture_output=True, timeout=120,
        )  # fmt: skip
        assert other.returncode == 1
        assert "STORE_LOCKED" in other.stderr.decode() or "открыт" in other.stderr.decode()
        assert lock.lock_path(db).exists()
        assert made_papers.register(store, paper_of(store), Made(".pdf", b"%PDF-1"), "a.pdf") == number + 1


def paper_of(store: Store) -> made_papers.Paper:
    item = paper_catalogue.kind("school_list")
    return paper_catalogue.make(store.connection, item.key, paper_catalogue.usual(store.connection, item, DAY), DAY)
