"""The package upward: what of the register goes into it, what it lacks, making it, its way to the addressee."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import __version__
from app.errors import UserError
from app.models import blobs, settings
from app.models import packages as stored
from app.models import papers as register
from app.models.journal import now
from app.models.packages import PackageOut
from app.models.papers import PaperFile
from app.models.store import Connection, Store
from app.operations import package_data, papers
from app.operations.papers import Paper
from app.texts import count, ru_date

if TYPE_CHECKING:
    from app.reports.package import Head, InventoryFile, InventoryPaper

FORMAT, FORMAT_VERSION = "opora-package", 2
LARGEST = 480
"""Megabytes; what is larger would not be taken in."""
FOLDER = "документы"
DATA_WORDS = {
    1: "списки, результаты, метрики и показатели", 2: "списки, результаты, метрики, показатели, работа методистов",
}  # fmt: skip
"""What the figures of a package of each version hold."""
STATE_WORDS = {"registered": "не подписан", "signed": "подписан"}
_SIGNING = {"signed", "detached", "scan"}
_STAY = frozenset({"sha256", "snapshot_sha256", "name", "oktmo", "settlement", "organisation", "code", "school"})
_ROLES = {"original", "signed", "detached", "scan", "editable", "data"}
ROLE_WORDS = {
    "original": "документ", "signed": "подписанный файл", "detached": "файл подписи", "scan": "скан",
    "editable": "текст для правки", "table": "таблица с данными", "data": "данные для программы", "inventory": "опись",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper of the register that may go into a package.

    Attributes:
        lacks: what it lacks, each in a few words; none where nothing.
        packed: numbers of packages it went into already.
    """

    number: int
    title: str
    kind: str
    period: str
    registered_at: str
    state: str
    signers: tuple[str, ...]
    lacks: tuple[str, ...]
    packed: tuple[int, ...] = ()

    @property
    def lacking(self) -> str:
        """What it lacks, as one line."""
        return ", ".join(self.lacks)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a package is to be.

    Attributes:
        period: what it reports on, as the addressee calls it («I полугодие 2026/27»).
        numbers: papers of the register.
        oktmo: code of the municipality; "" where it is not known.
        impersonal: without people.
        day: on which it is made.
    """

    title: str
    period: str
    addressee: str
    numbers: tuple[int, ...]
    day: date
    oktmo: str = ""
    impersonal: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A package before it is written: its parts in order, its description, its list as a paper."""

    ask: Ask
    parts: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    inventory: Paper
    left_out: tuple[tuple[str, str], ...]
    lacks: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes before packing."""
        return sum(map(len, self.parts.values()))


_FOR_ONE_SCHOOL = frozenset({"school_sheet", "school_card", "route_pack", "school_note", "support_school"})


def candidates(connection: Connection) -> tuple[Candidate, ...]:
    """Return papers of the register that are not withdrawn, newest first, each with what it lacks."""
    extras = stored.out_extras(connection)
    packed: dict[int, list[int]] = {}
    for package in stored.sent(connection):
        for number in package.papers:
            packed.setdefault(number, []).append(package.number)
    return tuple(
        Candidate(
            paper.number, paper.title, paper.kind, extras[paper.number]["period"] or "", paper.registered_at,
            paper.state, tuple(file.signer for file in paper.files if file.signer), _lacks(paper),
            tuple(sorted(packed.get(paper.number, ()))),
        )
        for paper in register.listing(connection)
        if paper.state != "withdrawn"
    )  # fmt: skip


def _lacks(paper: register.Paper) -> tuple[str, ...]:
    found = []
    waiting = sum(signer.state != "signed" for signer in paper.signers)
    if not {file.role for file in paper.files} & _SIGNING:
        found.append("не подписан")
    elif waiting:
        found.append(f"ждёт подписей: {waiting}")
    names = [paper.file_name, *(file.file_name for file in paper.files)]
    if not paper.recipe and not any(name.lower().endswith(".xlsx") for name in names):
        found.append("нет таблицы Excel")
    if paper.replaced_by is not None:
        found.append(f"есть новая версия, № {paper.replaced_by}")
    return tuple(found)


def usual(connection: Connection, day: date) -> Ask:
    """Return what a new package begins with: words of the last one, papers that were in none yet.

    Papers for one school (its sheet, its card) stay here unless somebody chooses them.
    """
    last = next(iter(stored.sent(connection)), None)
    year = day.year if day.month >= 8 else day.year - 1
    oktmo = "" if last is None else last.description["municipality"]["oktmo"] or ""
    known = {paper.number for paper in register.listing(connection) if paper.replaced_by is None}
    fresh = tuple(
        item.number for item in candidates(connection)
        if not item.packed and item.number in known and item.kind not in _FOR_ONE_SCHOOL
    )  # fmt: skip
    return Ask(
        "Пакет документов муниципалитета", f"{year}/{(year + 1) % 100:02} учебный год",
        (last.addressee or "") if last else "", fresh, day, oktmo,
    )  # fmt: skip


def prepare(connection: Connection, ask: Ask) -> Prepared:
    """Put a package together without writing it.

    Raises:
        UserError: ``PACK_EMPTY``, ``PACK_NO_NAME``, ``PACK_LARGE``, ``GEN_NO_PAPER``; ``PACK_PERSON_LEFT``.
    """
    if not ask.numbers:
        raise UserError("PACK_EMPTY")
    if not settings.get(connection, "municipality").strip():
        raise UserError("PACK_NO_NAME")
    known = {paper.number: paper for paper in register.listing(connection) if paper.state != "withdrawn"}
    for number in ask.numbers:
        if number not in known:
            raise UserError("GEN_NO_PAPER", number=number)
    chosen = [known[number] for number in sorted(ask.numbers)]
    made = _Maker(connection, ask)
    for paper in chosen:
        made.add(paper)
    return made.finish()


class _Maker:
    """Collects the parts of one package."""

    def __init__(self, connection: Connection, ask: Ask) -> None:
        self._connection, self._ask = connection, ask
        self._extras = stored.out_extras(connection)
        self._parts: dict[str, bytes] = {}
        self._taken: set[str] = set()
        self._described: list[dict[str, Any]] = []
        self._left_out: list[tuple[str, str]] = []
        self._lacks: list[str] = []
        self._made_at = now()

    def add(self, paper: register.Paper) -> None:
        """Take in a paper with the files it has."""
        bare = self._ask.impersonal
        files = self._without_people(paper) if bare else [*self._whole(paper), *self._table_of(paper)]
        if not files:
            return
        extra = self._extras[paper.number]
        signed = bool({item["role"] for item in files} & _SIGNING)
        if not signed and not self._ask.impersonal:
            self._lacks.append(f"№ {paper.number} «{paper.title}»: не подписан")
        self._described.append(
            {
                "number": paper.number, "out_number": extra["out_number"], "dated": extra["dated"],
                "title": self._clean(paper.title), "kind": paper.kind, "period": extra["period"],
                "registered_at": paper.registered_at, "snapshot_sha256": extra["snapshot_sha256"], "signed": signed,
                "files": files,
            }
        )  # fmt: skip

    def _clean(self, text: str) -> str:
        if not self._ask.impersonal:
            return text
        from app.operations import impersonal

        return impersonal.people_of(self._connection).without(text)[0]

    def _bare(self, value: Any) -> Any:
        """Return a description in which nobody is named, where the package is made without people."""
        if not self._ask.impersonal:
            return value
        if isinstance(value, dict):
            # names of schools and of the municipality are names of organisations: they stay
            return {key: one if key in _STAY else self._bare(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._bare(one) for one in value]
        return self._clean(value) if isinstance(value, str) else value

    def _refuse_named(self, parts: Mapping[str, bytes]) -> None:
        """Search everything that goes out once more: names of the parts, the figures, the description, the list."""
        from app.operations import impersonal

        people = impersonal.people_of(self._connection)
        for name, content in parts.items():
            if name.endswith((".pdf", ".xlsx")):
                impersonal.refuse_named(people, content, name[name.rindex(".") :])
            told = json.loads(content) if name.endswith(".json") else ""
            left = [one for text in (name, *_strings(told)) for one in people.left(text)]
            if left:
                raise UserError("PACK_PERSON_LEFT", words="», «".join(dict.fromkeys(left[:3])))

    def _whole(self, paper: register.Paper) -> list[dict[str, Any]]:
        """Take in every file of a paper; a signature takes the name of its file, so that it lies beside it."""
        from app.exporters.package import safe_name

        made: list[dict[str, Any]] = []
        by_digest: dict[str, str] = {}
        files = sorted(paper.files, key=lambda file: file.role == "detached")
        for file in files:
            if file.sha256 in by_digest:
                continue
            of = self._signed_by(file, paper, by_digest) if file.role == "detached" else None
            name = _beside(of, file.file_name) if of else f"{paper.number:02} {file.file_name}"
            made.append(self._put(safe_name(name, self._taken), blobs.get(self._connection, file.sha256), file, of))
            by_digest[file.sha256] = made[-1]["path"]
        return made

    def _signed_by(self, file: PaperFile, paper: register.Paper, known: Mapping[str, str]) -> str | None:
        """Return the path of the file that a detached signature is of: as the register says, else the original."""
        return known.get(getattr(file, "of_sha256", None) or paper.sha256) or known.get(paper.sha256)

    def _put(self, name: str, data: bytes, file: PaperFile | None, of: str | None, role: str = "") -> dict[str, Any]:
        path = f"{FOLDER}/{name}"
        self._parts[path] = data
        kept = role or (file.role if file is not None else "original")
        if kept == "data" or (kept == "original" and name.lower().endswith(".xlsx")):
            kept = "table"
        return {
            "path": path, "role": kept, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "of": of,
            "signer": file.signer if file is not None else None,
        }  # fmt: skip

    def _remade(self, paper: register.Paper) -> tuple[Paper | None, bool]:
        """Make a paper anew from its recipe and tell whether it says the same; None where it cannot be made."""
        from app.operations import paper_catalogue
        from app.reports import content

        recipe = papers.recipe_of(paper.recipe)
        if recipe is None:
            return None, False
        try:
            # as if it were still the day of registering: a later day alone changes «на 23.11.2026», not the data
            that_day = min(self._ask.day, date.fromisoformat(paper.registered_at[:10]))
            made = paper_catalogue.again(self._connection, recipe, that_day)
        except UserError:
            # what it was made of is gone: a school that was closed, a rule that was taken away
            return None, False
        then = content.read(blobs.get(self._connection, paper.content_sha256)) if paper.content_sha256 else None
        now_says = content.read(content.as_bytes(made.document))
        return made, then is not None and not content.differences(then, now_says or {})

    def _table_of(self, paper: register.Paper) -> list[dict[str, Any]]:
        """Make the Excel of a paper that has none, where the paper still says the same; say where it does not."""
        made, same = self._remade(paper)
        if made is None:
            return []
        if not same:
            self._lacks.append(f"№ {paper.number} «{paper.title}»: данные с тех пор изменились")
            return []
        if any(file.file_name.lower().endswith(".xlsx") for file in paper.files):
            return []
        return [self._drawn(paper, made, ".xlsx", papers.render(made, ".xlsx").data)]

    def _drawn(self, paper: register.Paper, made: Paper, suffix: str, data: bytes) -> dict[str, Any]:
        from app.exporters.package import safe_name

        name = safe_name(f"{paper.number:02} {papers.plain_name(made)}{suffix}", self._taken)
        return self._put(name, data, None, None, "table" if suffix == ".xlsx" else "original")

    def _without_people(self, paper: register.Paper) -> list[dict[str, Any]]:
        """Make a paper anew without people, from its recipe; what has none is left out and named."""
        from app.operations import impersonal

        for file in paper.files:
            if file.role != "original":
                what = ROLE_WORDS["table" if file.role == "data" else file.role]
                self._left_out.append((f"№ {paper.number}, {what}", "в обезличенный пакет не входит: в нём люди"))
        made, same = self._remade(paper)
        told = f"№ {paper.number} «{self._clean(paper.title)}»"
        if made is None:
            self._left_out.append((told, "документ нельзя сделать заново: неизвестно, как он был сделан"))
            return []
        if not same:
            self._lacks.append(f"{told}: сделан заново, данные с тех пор изменились")
        bare = impersonal.without_people(self._connection, made)[0]
        return [
            self._drawn(paper, bare, suffix, impersonal.render(self._connection, bare, suffix).data)
            for suffix in (".pdf", ".xlsx")
        ]

    def finish(self) -> Prepared:
        """Add data, the list, the description."""
        data = package_data.collect(self._connection, self._ask.period, self._ask.oktmo or None, self._ask.day)
        data = self._bare(data)
        own = {"data.json": ("data", _json(data))}
        paper = self._inventory(own)
        for suffix in (".pdf", ".xlsx"):
            own[f"опись{suffix}"] = ("inventory", papers.render(paper, suffix).data)
        manifest = self._bare(self._manifest(own))
        text = _json(manifest)
        parts = {
            **{name: content for name, (role, content) in own.items() if role == "inventory"}, "manifest.json": text,
            "manifest.sha256": hashlib.sha256(text).hexdigest().encode(), "data.json": own["data.json"][1],
            **self._parts,
        }  # fmt: skip
        if self._ask.impersonal:
            self._refuse_named(parts)
        size = sum(map(len, parts.values())) >> 20
        if size > LARGEST:
            raise UserError("PACK_LARGE", size=size, limit=LARGEST)
        return Prepared(self._ask, parts, manifest, paper, tuple(self._left_out), tuple(self._lacks))

    def _manifest(self, own: Mapping[str, tuple[str, bytes]]) -> dict[str, Any]:
        ask, values = self._ask, settings.get_all(self._connection)
        return {
            "format": FORMAT, "format_version": FORMAT_VERSION, "program": f"Опора {__version__}",
            "made_at": self._made_at,
            "municipality": {"name": values["municipality"].strip(), "oktmo": ask.oktmo or None},
            "organisation": values["organisation"] or None, "title": self._clean(ask.title), "period": ask.period,
            "addressee": self._clean(ask.addressee) or None, "impersonal": ask.impersonal,
            "files": [
                {"path": name, "role": role, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
                for name, (role, content) in own.items()
            ],
            "papers": self._described,
            "left_out": [{"title": title, "reason": reason} for title, reason in self._left_out],
        }  # fmt: skip

    def _inventory(self, own: Mapping[str, tuple[str, bytes]]) -> Paper:
        from app.reports.package import InventoryFile, inventory

        ask = self._ask
        head = head_of(
            self._connection,
            self._clean(ask.period),
            self._made_at,
            self._clean(ask.addressee),
            named=not ask.impersonal,
        )
        files = tuple(
            InventoryFile(name, DATA_WORDS[FORMAT_VERSION], len(content),
                          hashlib.sha256(content).hexdigest())
            for name, (_role, content) in own.items()
        )  # fmt: skip
        document = inventory(
            head, self._clean(ask.title), described(self._described), files, tuple(self._left_out),
            impersonal=ask.impersonal,
        )  # fmt: skip
        return Paper("package_inventory", f"Опись пакета, {head.period}", document, None, head.period, head.addressee)


def _beside(path: str | None, name: str) -> str:
    """Return the name of a signature: that of its file with its own suffix, as every checking program looks for it."""
    return f"{(path or '').rpartition('/')[2]}{Path(name).suffix or '.sig'}"


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts of a description that people write; sums of bytes and names of organisations are none."""
    if isinstance(value, str):
        yield value
    items = [one for key, one in value.items() if key not in _STAY] if isinstance(value, dict) else value
    if isinstance(items, list):
        for one in items:
            yield from _strings(one)


def _json(value: Any) -> bytes:
    """Return the one text of a value: sorted keys, readable lines."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def head_of(
    connection: Connection, period: str, made_at: str, addressee: str = "", *, named: bool = True
) -> Head:  # fmt: skip
    """Return what papers of packages share."""
    from app.reports.package import Head

    values = settings.get_all(connection)
    executor = values["executor"] if named else ""
    return Head(values["municipality"], values["organisation"], period, addressee, made_at, executor)


def described(items: Iterable[Mapping[str, Any]]) -> tuple[InventoryPaper, ...]:
    """Return the papers of a description as its list shows them."""
    from app.reports.package import InventoryPaper

    return tuple(
        InventoryPaper(
            item["out_number"] or str(item["number"]), item["title"], (item["dated"] or item["registered_at"])[:10],
            _signed(item), tuple(_file(one) for one in item["files"]),
        )
        for item in items
    )  # fmt: skip


def _file(item: Mapping[str, Any]) -> InventoryFile:
    from app.reports.package import InventoryFile

    return InventoryFile(item["path"], ROLE_WORDS[item["role"]], item["size"], item["sha256"])


def _signed(item: Mapping[str, Any]) -> str:
    if not item["signed"]:
        return "не подписан"
    names = ", ".join(dict.fromkeys(one["signer"] for one in item["files"] if one.get("signer")))
    return f"подписан: {names}" if names else "подписан на бумаге, приложен скан"


# --- writing and its way -----------------------------------------------------------------------------------------


def file_name(connection: Connection, ask: Ask) -> str:
    """Return the name of a package: whose, of what, when."""
    from app.exporters.package import safe_name

    # a long name gives way: the period and the day must be read in the name
    own = settings.get(connection, "municipality").strip()[:48].strip()
    bare, period = "", ask.period
    if ask.impersonal:
        from app.operations import impersonal

        bare, period = " (обезличен)", impersonal.people_of(connection).without(period)[0]
    return safe_name(f"Пакет {own} {period.replace('/', '-')} {ask.day:%d.%m.%Y}{bare}.zip", set())


def make(store: Store, prepared: Prepared, path: Path) -> tuple[int, Path]:
    """Write a package beside whatever is there and put it into the list of packages; returns (number, where).

    Raises:
        UserError: ``PAPER_…`` of writing.
    """
    from app.exporters.package import pack

    data = pack(prepared.parts)
    ask = prepared.ask
    keys = {paper.number: paper.id for paper in register.listing(store.connection)}
    written: list[Path] = []
    with ExitStack() as failed:
        failed.callback(papers.take_back, written)
        label = f"Собран пакет «{prepared.manifest['title']}» за {prepared.manifest['period']}"
        with store.operation(label, "package.make") as operation:
            # the line first: a line that cannot be written leaves no file (docs/adr/006)
            number = stored.add_out(
                operation, [keys[item["number"]] for item in prepared.manifest["papers"]],
                title=prepared.manifest["title"], addressee=ask.addressee or None, period=prepared.manifest["period"],
                file_name=path.name, sha256=hashlib.sha256(data).hexdigest(), size=len(data),
                manifest=json.dumps(prepared.manifest, ensure_ascii=False, sort_keys=True),
                impersonal=int(ask.impersonal), made_at=prepared.manifest["made_at"], actor=store.actor,
            )  # fmt: skip
            written.extend(papers.write_all([(path, data)]))
            if written[0].name != path.name:  # another file had that name
                operation.update("package_out", package(store.connection, number).id, file_name=written[0].name)
        failed.pop_all()
    return number, written[0]


def listing(connection: Connection) -> list[PackageOut]:
    """Return packages that were made, newest first."""
    return stored.sent(connection)


def package(connection: Connection, number: int) -> PackageOut:
    """Return one package that was made.

    Raises:
        UserError: ``PACK_UNKNOWN``.
    """
    found = next((item for item in stored.sent(connection) if item.number == number), None)
    if found is None:
        raise UserError("PACK_UNKNOWN", number=number)
    return found


def state(item: PackageOut) -> str:
    """Return how far a package is on its way, in a word."""
    if item.answered_on:
        return f"ответ {ru_date(item.answered_on)}"
    return f"отправлен {ru_date(item.sent_on)}" if item.sent_on else "не отправлен"


def mark(store: Store, number: int, *, sent_on: str = "", answered_on: str = "", answer: str = "") -> None:
    """Write down when a package was sent and what was answered; an empty day takes it back.

    Raises:
        UserError: ``PACK_UNKNOWN``, ``GEN_BAD_DATE``.
    """
    from app.operations.schools import iso_date

    found = package(store.connection, number)
    values = {
        "sent_on": iso_date(sent_on) if sent_on.strip() else None,
        "answered_on": iso_date(answered_on) if answered_on.strip() else None,
        "answer": answer.strip() or None,
    }
    with store.operation(f"Отмечен путь пакета № {number}", "package.mark") as operation:
        operation.update("package_out", found.id, **values)


def inventory_paper(connection: Connection, number: int) -> Paper:
    """Return the list of a package that was made, as it lay in it.

    Raises:
        UserError: ``PACK_UNKNOWN``.
    """
    from app.reports.package import InventoryFile, inventory

    found = package(connection, number)
    told = found.description
    period = told["period"]
    head = head_of(connection, period, found.made_at, told["addressee"] or "", named=not found.impersonal)
    own = tuple(
        InventoryFile(one["path"], DATA_WORDS[told["format_version"]], one["size"], one["sha256"])
        for one in told["files"]
        if one["role"] == "data"
    )
    left_out = tuple((one["title"], one["reason"]) for one in told["left_out"])
    document = inventory(head, told["title"], described(told["papers"]), own, left_out, impersonal=found.impersonal)
    return Paper("package_inventory", f"Опись пакета № {number}", document, None, period, told["addressee"] or "")


def no_inventory(connection: Connection, day: date) -> Paper:
    """Return the list of a package that nobody has made yet: it says so."""
    from app.reports.package import inventory

    period = usual(connection, day).period
    document = inventory(
        head_of(connection, period, now()), "Пакет ещё не собран", (), (), (), impersonal=False
    )  # fmt: skip
    return Paper("package_inventory", "Опись пакета", document, None, period)


def told(prepared: Prepared) -> Sequence[str]:
    """Say what is in a package, in short lines."""
    items = prepared.manifest["papers"]
    files = sum(len(item["files"]) for item in items) + len(prepared.manifest["files"])
    return (
        f"{count(len(items), 'документ', 'документа', 'документов')}, {count(files, 'файл', 'файла', 'файлов')}",
        *prepared.lacks,
        *(f"Не вошло: {title} — {reason}" for title, reason in prepared.left_out),
    )


def schema(what: str) -> Mapping[str, Any]:
    """Return the published schema of «manifest» or «data»."""
    from app.importers.package import schema as kept

    return kept(what)
