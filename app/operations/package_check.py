"""Checking a package of anybody: archive, description, every file, every signature, figures (decision 31)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from app.errors import Problem, UserError, problem

if TYPE_CHECKING:
    from app.importers.package import Package

CheckVerdict = Literal["ok", "eyes", "refused"]
VERDICT_WORDS: dict[CheckVerdict, str] = {
    "ok": "пакет в порядке", "eyes": "нужно посмотреть", "refused": "пакет не годится",
}  # fmt: skip
EXIT_CODES: dict[CheckVerdict, int] = {"ok": 0, "eyes": 3, "refused": 1}
_WORST_FIRST = {"damaged_file", "encrypted", "broken", "changed_after_signing", "not_whole_file"}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """The verdict on one signed file of a package: of which paper, whose, what it is (``exporters.verdicts``)."""

    paper: str
    path: str
    signer: str
    verdict: str
    title: str


@dataclass(frozen=True, slots=True)
class PackageCheck:
    """What checking found.

    Attributes:
        manifest, data: as they are where they fit their schemas; empty else.
        problems: errors first.
    """

    path: Path
    sha256: str
    size: int
    verdict: CheckVerdict
    problems: tuple[Problem, ...]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    signatures: tuple[SignatureLine, ...] = ()

    @property
    def municipality(self) -> str:
        """Whose package it is; "" where its description cannot be read."""
        return str(self.manifest["municipality"]["name"]) if self.manifest else ""

    @property
    def period(self) -> str:
        """What it reports on."""
        return str(self.manifest["period"]) if self.manifest else ""

    @property
    def sentence(self) -> str:
        """The verdict with the first thing that matters."""
        word = VERDICT_WORDS[self.verdict]
        return f"{word}: {self.problems[0].message}" if self.problems and self.verdict != "ok" else word


def check(path: Path) -> PackageCheck:
    """Check a package; whatever is wrong is a finding, only a missing file is refused outright.

    Raises:
        UserError: ``GEN_FILE_MISSING``.
    """
    from app.importers.package import open_package

    try:
        opened = open_package(path)
    except UserError as error:
        if error.code == "GEN_FILE_MISSING":
            raise
        return _verdict(path, [Problem("error", error.code, str(error))])
    try:
        return _look(path, opened)
    except UserError as error:
        return _verdict(path, [Problem("error", error.code, str(error))])
    finally:
        opened.close()


def _look(path: Path, opened: Package) -> PackageCheck:
    from app.importers.package import DATA, faults, file_faults

    version = opened.manifest.get("format_version")
    wrong = [
        problem("PACK_SCHEMA", place=place, fault=fault)
        for place, fault in faults("manifest", opened.manifest, version)
    ]
    if wrong:
        return _verdict(path, wrong)
    found = list(file_faults(opened))
    data: Mapping[str, Any] = {}
    if DATA in opened.names:
        value = opened.text(DATA)
        wrong = [
            problem("PACK_DATA_SCHEMA", place=place, fault=fault) for place, fault in faults("data", value, version)
        ]
        found += wrong or list(figure_faults(opened.manifest, value))
        data = {} if wrong else value
    elif not _listed(opened, DATA):
        found.append(problem("PACK_FILE_MISSING", name=DATA))
    signatures = tuple(_signatures(opened, found)) if not any(item.level == "error" for item in found) else ()
    return _verdict(path, found, opened.manifest, data, signatures)


def _listed(opened: Package, name: str) -> bool:
    return any(item["path"] == name for item in opened.manifest["files"])


def _verdict(
    path: Path, found: list[Problem], manifest: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None, signatures: tuple[SignatureLine, ...] = (),
) -> PackageCheck:  # fmt: skip
    order = {"error": 0, "warning": 1, "hint": 2}
    problems = tuple(sorted(dict.fromkeys(found), key=lambda item: order[item.level]))
    worst = problems[0].level if problems else "hint"
    verdict: CheckVerdict = "refused" if worst == "error" else "eyes" if worst == "warning" else "ok"
    digest, size = _digest(path)
    return PackageCheck(path, digest, size, verdict, problems, manifest or {}, data or {}, signatures)


def _digest(path: Path) -> tuple[str, int]:
    made, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                made.update(chunk)
                size += len(chunk)
    except OSError:
        return "", 0
    return made.hexdigest(), size


def figure_faults(manifest: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield figures that cannot be together: parts larger than wholes, counts other than their lines."""
    if data["municipality"] != manifest["municipality"]["name"] or data["period"] != manifest["period"]:
        yield problem("PACK_DATA_FIGURES", what="муниципалитет или период в данных не те, что в описании")
    for one in data["results"]:
        if one["below"] > one["participants"]:
            yield problem("PACK_DATA_FIGURES", what=f"{one['label']}: ниже минимума больше, чем участников")
    for item in data["lists"]:
        counts, lines = item["counts"], item["schools"]
        if (counts["schools"], counts["listed"]) != (len(lines), sum(line["listed"] for line in lines)):
            yield problem("PACK_DATA_FIGURES", what=f"в списке за {item['year']} год число школ не равно их строкам")
        for line in lines:
            if any(one["below"] > one["participants"] for one in line["fractions"]):
                yield problem("PACK_DATA_FIGURES", what=f"«{line['name']}»: ниже минимума больше, чем участников")
    if data.get("work") is not None:
        yield from (problem("PACK_DATA_FIGURES", what=what) for what in work_faults(data))


def work_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield figures of the methodists' work that cannot be together."""
    work, codes = data["work"], {one["code"] for one in data["schools"]}
    events, helped, mentoring = work["events"], work["help"], work["mentoring"]
    spans = (events, helped, *events["forms"], *helped["kinds"], *helped["schools"])
    if any(one["people"]["least"] > one["people"]["most"] for one in spans):
        yield "разных людей «не меньше» больше, чем «не больше»"
    if events["held"] != sum(one["held"] for one in events["forms"]):
        yield "число мероприятий не равно сумме по формам"
    by_school = sum(one["entries"] for one in helped["schools"])
    if helped["entries"] != sum(one["entries"] for one in helped["kinds"]):
        yield "число записей о помощи не равно сумме по видам"
    if helped["entries"] != by_school + helped["unplaced"]:
        yield "число записей о помощи не равно сумме по школам"
    if any(one["school"] not in codes for one in (*helped["schools"], *work["practices"]) if one["school"] is not None):
        yield "в работе методистов названа школа, которой нет среди школ пакета"
    if mentoring["pairs"] != sum(one["pairs"] for one in mentoring["forms"]):
        yield "число наставнических пар не равно сумме по формам"


def _signatures(opened: Package, found: list[Problem]) -> Iterator[SignatureLine]:
    """Verify every signature; what is found goes to ``found``."""
    from app.exporters.verdicts import TITLES
    from app.operations import signing, trusted

    trust = trusted.certificates()
    for paper in opened.manifest["papers"]:
        title = paper["title"]
        if not any(item["role"] in {"signed", "detached", "scan"} for item in paper["files"]):
            found.append(problem("PACK_NO_SIGNATURE", title=title))
        for item in paper["files"]:
            if item["role"] == "signed":
                answer = signing.verify(opened.part(item["path"]), trust=trust)
            elif item["role"] == "detached" and item.get("of"):
                answer = signing.verify(opened.part(item["of"]), sig=opened.part(item["path"]), trust=trust)
            else:
                continue
            found.extend(_judged(title, answer.verdict, answer.reason))
            signers = ", ".join(one.signer for one in answer.signatures if one.signer)
            yield SignatureLine(title, item["path"], signers, answer.verdict, TITLES[answer.verdict])


def _judged(title: str, verdict: str, reason: str) -> Iterator[Problem]:
    if verdict in _WORST_FIRST or verdict == "not_signed":
        yield problem("PACK_SIGNATURE_BAD", title=title, reason=reason)
    elif verdict == "unsupported_algorithm":
        yield problem("PACK_SIGNATURE_UNSEEN", title=title, reason=reason)
    elif verdict == "valid_unknown_issuer":
        yield problem("PACK_OTHER_ISSUER", title=title)
