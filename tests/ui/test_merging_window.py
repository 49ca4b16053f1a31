"""What the window of two records says before they are joined."""

from __future__ import annotations

from pathlib import Path

from app.operations import merge_words, results, schools
from app.texts import glue
from app.ui.main_window import MainWindow
from app.ui.widgets.labels import Label
from tests.ui.conftest import settle
from tests.ui.test_windows import HEAD, top


def lines(card) -> list[str]:
    return [label.text() for label in card.findChildren(Label)]


def load(window: MainWindow, tmp_path: Path, *rows: str) -> None:
    from app.importers.parsed import Hints

    path = tmp_path / "итоги.csv"
    path.write_text("\n".join([HEAD, *rows]), "utf-8-sig")
    known = results.references_in_force(window.session.desk.reader)
    (reading,) = results.read([path], Hints(), known)
    window.session.desk.write(results.load, reading).result()


def test_the_window_lists_where_the_records_contradict_each_other(window, qapp, tmp_path):
    reader = window.session.desk.reader
    kept, merged = (s for s in schools.listing(reader)[:2])
    assert kept.code
    assert merged.code
    load(
        window, tmp_path,
        f"{kept.name};{kept.code};2026;РПР;Физика;8;20;4;6;8;2;4",
        f"{merged.name};{merged.code};2026;РПР;Физика;8;20;1;6;8;5;1",
        f"{kept.name};{kept.code};2026;РПР;Химия;8;20;4;6;8;2;4",
        f"{merged.name};{merged.code};2026;РПР;Химия;8;20;4;6;8;2;4",
    )  # fmt: skip
    window.go("merge", [kept.id, merged.id])
    dialog = top(window, qapp)
    foreseen = schools.preview_merge(reader, merged.id, kept.id)
    assert foreseen.differences
    shown = lines(dialog.differences)
    assert shown == [glue(item.message) for item in foreseen.differences][: len(shown)]
    assert any("РПР физика" in line for line in shown)
    assert not any("РПР химия" in line for line in shown), "equal figures are no contradiction"
    assert dialog.differences.isVisible()
    words = dialog.words.text()
    for part in (merged.code, *foreseen.people, *merge_words.of_facts(foreseen.facts)):
        assert glue(part) in words
    assert lines(dialog.doubts) == [glue(line) for line in foreseen.doubts]
    dialog._swap()
    settle(qapp)
    back = schools.preview_merge(reader, kept.id, merged.id)
    assert lines(dialog.doubts) == [glue(line) for line in back.doubts]
    dialog.merged.choose(None)
    settle(qapp)
    assert not dialog.differences.isVisible()
    assert not dialog.verb.isEnabled()


def test_the_main_card_says_what_the_merged_record_was(window, qapp):
    """Codes and numbers of years of the duplicate stand under the fields of the record that stays."""
    kept, merged = (s for s in schools.listing(window.session.desk.reader)[:2])
    window.session.desk.write(schools.set_years, merged.id, [(2019, "pupils", "77")]).result()
    window.go("school", ("details", kept.id))
    settle(qapp)
    card = window.pages["schools"].card
    assert not card.merged.isVisible()
    window.session.desk.write(schools.merge, merged.id, kept.id).result()
    settle(qapp)
    assert card.merged.isVisible()
    assert merged.code in card.merged.text()
    assert "2019/20 — учеников 77" in card.merged.text().replace("\u00a0", " ")
    window.session.desk.write(schools.separate, merged.id).result()
    settle(qapp)
    assert not card.merged.isVisible()
