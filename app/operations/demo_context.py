"""What surrounds the results of the invented municipality: metrics, projects, lists from outside. Seeded, plausible.

Last year's metrics come from a file, this year's are typed: half of the schools, a few cells wrong on purpose.
"""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

from app.importers.parsed import ExternalHead, FileReading, ParsedExternal, ParsedMetric, UnitRef
from app.models.metric_cells import read_cell
from app.models.records import ExternalMark, MetricFigure, Origin
from app.models.store import Store
from app.operations import externals, metrics, projects
from app.operations.demo_ties import fill_help
from app.operations.results import load
from app.paths import resources

Row = dict[str, str]

_OF_PUPILS = {
    "pupils_ovz": (2, 9), "pupils_disabled": (0, 3), "pupils_migrants": (0, 5), "pupils_kdn": (0, 2),
    "pupils_pdn": (0, 2), "pupils_low_income": (8, 26), "pupils_large_families": (12, 24),
    "pupils_single_parent": (14, 27), "pupils_guardianship": (0, 4), "pupils_deviant": (0, 4),
    "pupils_unmotivated": (3, 14), "families_low": (4, 18),
}  # fmt: skip
"""Metric → from and to how many of a hundred pupils."""
_OF_TEACHERS = {
    "teachers_highest": (6, 34), "teachers_first": (18, 42), "teachers_under_35": (8, 26),
    "teachers_beginners": (0, 14),
    "teachers_retirement": (12, 38), "teachers_off_profile": (0, 12), "teachers_overload": (15, 48),
    "teachers_category_3y": (20, 52),
}  # fmt: skip


class Context:
    """Filling of one file.

    Args:
        store: the open file with its schools.
        ids: key of the description → school.
        described: key of the description → what it says of the school.
        codes: key of the description → login of ФИС ОКО.
        last: last result year.
        seed: of the figures.
    """

    def __init__(
        self, store: Store, ids: Mapping[str, int], described: Mapping[str, Mapping[str, Any]],
        codes: Mapping[str, str], last: int, seed: int,
    ) -> None:  # fmt: skip
        self.store, self.ids, self.described, self.codes = store, ids, described, codes
        self.last, self.seed = last, seed
        self.data = tomllib.loads((resources() / "demo" / "context.toml").read_text(encoding="utf-8"))

    def fill(self) -> None:
        """Fill everything."""
        self.past_metrics()
        self.typed_metrics()
        self.projects()
        self.lists()
        fill_help(self.store, self.ids, self.last)

    def _here(self, key: str) -> bool:
        return key in self.ids and not self.described[key].get("closed")

    def _figures(self, key: str, year: int) -> Row:
        """Return the metrics of a school in a school year."""
        item = self.described[key]
        chance = random.Random(f"{self.seed}:metrics:{key}")  # noqa: S311 - an example, not a secret
        drift = random.Random(f"{self.seed}:metrics:{key}:{year}")  # noqa: S311
        pupils = item["pupils"]
        teachers = max(3, round(pupils / 13) + 2)
        weak = item["strength"] / 20
        found: Row = {"classes": str(max(2, round(pupils / 22))), "families": str(round(pupils * 0.78))}
        for code, (low, high) in _OF_PUPILS.items():
            share = low + (high - low) * min(1.0, 0.55 * chance.random() + 0.45 * weak)
            found[code] = str(max(0, round(pupils * share * drift.uniform(0.93, 1.07) / 100)))
        for code, (low, high) in _OF_TEACHERS.items():
            found[code] = str(round(teachers * chance.uniform(low, high) / 100))
        village = item["kind"] == "village"
        found["pedagogues"] = str(teachers + max(1, teachers // 8))
        found["distance_center"] = f"{chance.uniform(9, 64):.1f}".replace(".", ",") if village else "1,5"
        found["small_school"] = "да" if pupils < 100 else "нет"
        found["mentors"] = str(teachers // 9)
        found["vacancies_teachers"] = str(chance.choice(("0", "0", "0,5", "1", "1,5")))
        found["posts_psychologist"] = "1" if pupils > 200 else "0,5"
        found["posts_speech_therapist"] = "1" if pupils > 400 else "0,25"
        found["vacancies_psychologist"] = "0,5" if weak > 1 else "0"
        found["building_year"] = str(chance.randrange(1962, 2009))
        found["building_wear"] = str(chance.randrange(18, 71))
        found["computers"] = str(round(pupils / chance.uniform(6, 11)))
        found["graduates_9"] = str(max(1, round(pupils * 0.09)))
        found["noko"] = f"{chance.uniform(71, 93):.1f}".replace(".", ",")
        return found | _of_indices(chance, item, teachers)

    def _reading(
        self, name: str, kind: Literal["metrics", "federal_list", "risk_profile"], title: str, **rows: Any
    ) -> FileReading:
        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).hexdigest()
        return FileReading("", name, 14_200, digest, kind, title, **rows)

    def _unit(self, key: str) -> UnitRef:
        return UnitRef("school", self.described[key]["name"], (("fisoko", self.codes[key]),))

    def past_metrics(self) -> None:
        """Load last year's metrics as a table."""
        words, year, rows = self.data["metrics"], self.last - 1, []
        known = metrics.catalogue(self.store.connection)
        for line, key in enumerate((key for key in self.ids if self._here(key)), start=4):
            for column, (code, raw) in enumerate(self._figures(key, year).items()):
                cell = read_cell(known.find(code).kind, raw)
                figure = MetricFigure(code, year, raw, cell.part, cell.whole, cell.exact)
                rows.append(
                    ParsedMetric(self._unit(key), figure, Origin(words["sheet"], line, line, _at(column, line)))
                )
        load(self.store, self._reading(words["last_file"], "metrics", "Показатели школ", metrics=tuple(rows)))

    def typed_metrics(self) -> None:
        """Type this year's metrics of some schools, those that do not fit or are odd among them."""
        words, year = self.data["metrics"], self.last
        cells = [
            (self.ids[key], code, raw)
            for key in words["this_year"] if self._here(key)
            for code, raw in self._figures(key, year).items() if code not in {"noko", "building_year"}
        ]  # fmt: skip
        metrics.put(self.store, year, cells)
        for name in ("typed", "odd", "percent"):
            metrics.put(self.store, year, [(self.ids[k], code, raw) for k, code, raw in words[name] if self._here(k)])

    def projects(self) -> None:
        """Add projects of the last two school years."""
        for item in self.data["projects"]:
            if not self._here(item["school"]):
                continue
            fields = {key: item.get(key) for key in ("name", "topic", "supervisor", "act", "note")}
            for year in (self.last,) if item.get("new") else (self.last - 1, self.last):
                projects.add(self.store, self.ids[item["school"]], year, item["kind"], fields)

    def lists(self) -> None:
        """Load a list of schools with its document and a risk profile without one."""
        words = self.data["list"]
        rows = [(key, "", group) for key, group in words["groups"]]
        self._load_list("federal_list", words, rows)
        found = externals.lists(self.store.connection, kind="federal_list", year=self.last)
        if found:
            externals.add_document(
                self.store, found[0].id, title=words["document"], issuer=words["issuer"], number=words["number"],
                dated=f"{self.last}-{words['day']}",
            )  # fmt: skip
        words = self.data["profile"]
        self._load_list("risk_profile", words, [tuple(row) for row in words["rows"]])

    def _load_list(
        self, kind: Literal["federal_list", "risk_profile"], words: Mapping[str, Any], rows: list[tuple[str, str, str]]
    ) -> None:
        parsed = tuple(
            ParsedExternal(
                self._unit(key), ExternalMark(item, said, said), Origin(words["sheet"], line, line, f"C{line}")
            )
            for line, (key, item, said) in enumerate(rows, start=3) if key in self.ids
        )  # fmt: skip
        if parsed:
            head = ExternalHead(kind, self.last, words["title"])
            load(self.store, self._reading(words["file"], kind, words["title"], externals=parsed, external_head=head))


def _of_indices(chance: random.Random, item: Mapping[str, Any], teachers: int) -> Row:
    """Return what only the indices ask for: weak Russian, contests, books and money; in a village there is less.

    The smallest schools have told nothing of money, the very smallest nothing of repairs either.
    """
    pupils, village = item["pupils"], item["kind"] == "village"
    weak = min(1.0, item["strength"] / 20)
    books = round(pupils * chance.uniform(11, 17))
    task = round(pupils * chance.uniform(88, 118)) * 1000 + 9_400_000
    funding = round(task * chance.uniform(3.1, 3.3))
    found = {
        "pupils_weak_russian": str(round(pupils * (chance.uniform(0, 3) + 3 * weak) / 100)),
        "teachers_contests": str(round(teachers * (chance.uniform(2, 12) + 10 * (1 - weak)) / 100)),
        "library_books": str(books),
        "library_books_new": str(round(books * chance.uniform(9, 24 if village else 38) / 100)),
        "funding_task": str(task),
        "income_services": str(round(task * chance.uniform(0, 0.6 if village else 3.8) / 100)),
        "funding_all_3y": str(funding),
        "repair_3y": str(round(funding * chance.uniform(0.4, 6.5) / 100)),
    }
    untold = {"funding_task", "income_services"} if pupils < 60 else set()
    untold |= {"funding_all_3y", "repair_3y"} if pupils < 30 else set()
    return {code: raw for code, raw in found.items() if code not in untold}


def _at(column: int, line: int) -> str:
    """Return the cell of a column; the first two hold code and name of the school."""
    number = column + 3
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line}"
