from __future__ import annotations

from pathlib import Path

import pytest

from app.models import lists
from app.operations import checks, history, papers, results, schools, signing
from app.texts import glue
from app.ui.main_window import MainWindow
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.windows.import_parts import UnknownPanel
from app.ui.windows.importing import Entry, ImportWizard, refusal_of
from app.ui.windows.signing import SignWizard
from tests.helpers.certificates import PASSWORD, ivanova
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

RULE = "rosobrnadzor-2022"
HEAD = "Школа;Код;Год;Процедура;Предмет;Класс;Участников;2;3;4;5;Ниже минимума"


def top(window: MainWindow, qapp):
    settle(qapp)
    return window.workspace.windows[-1]


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def table_of(tmp_path: Path, *lines: str, name: str = "результаты.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([HEAD, *lines]), "utf-8-sig")
    return path


# --- loading ------------------------------------------------------------------------------------------------------


@pytest.fixture
def own(window: MainWindow):
    return next(s for s in schools.listing(window.session.desk.reader) if s.code)


def test_nothing_is_written_before_the_last_step(window, own, tmp_path, qapp):
    before = len(history.history(window.session.desk.reader))
    path = table_of(
        tmp_path,
        f"{own.name};{own.code};2026;РПР;Физика;8;20;4;6;8;2;4",
        "МБОУ «Неведомая школа № 99»;;2026;РПР;Физика;8;10;1;4;4;1;1",
        f"{own.name};{own.code};2026;РПР;Химия;8;много;4;6;8;2;4",
    )
    window.go("import", [path])
    wizard = top(window, qapp)
    assert isinstance(wizard, ImportWizard)
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 1
    entry = wizard.entries[0]
    assert (entry.plan.rows_new, entry.plan.rows_changed) == (1, 0)
    assert [item.name for item in entry.plan.unknown] == ["МБОУ «Неведомая школа № 99»"]
    assert any(item.cell == "G4" for item in entry.plan.problems), "what is wrong is said with its cell"
    assert len(history.history(window.session.desk.reader)) == before
    wizard.reject()
    assert len(history.history(window.session.desk.reader)) == before


def test_a_file_is_one_step_of_undo_and_a_decision_is_remembered(window, own, tmp_path, qapp):
    path = table_of(
        tmp_path,
        f"{own.name};{own.code};2026;РПР;Физика;8;20;4;6;8;2;4",
        "Школа под другим именем;;2026;РПР;Физика;8;10;1;4;4;1;1",
    )
    window.go("import", [path])
    wizard = top(window, qapp)
    wizard.go_on()
    settle(qapp)
    other = next(s for s in schools.listing(window.session.desk.reader) if s.id != own.id)
    unknown = wizard.entries[0].plan.unknown[0]
    wizard._decided(unknown.key, other.id)
    wizard._preview_all()
    assert wizard.entries[0].plan.rows_new == 2
    assert wizard.next.text() == "Загрузить 1\u00a0файл"
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 2
    assert "Загружен 1\u00a0файл: новых строк 2, изменено 0." in wizard.outcome.text()
    reader = window.session.desk.reader
    physics = results.marks(reader, subject="физика", year=2026)
    assert {mark.organisation_id for mark in physics} == {own.id, other.id}
    assert "Школа под другим именем" in [spelling for _key, spelling in schools.card(reader, other.id).aliases]
    window.perform("undo")
    assert results.marks(reader, subject="физика", year=2026) == []


def test_an_unknown_school_is_decided_by_a_combo(qtbot, window, own, tmp_path, qapp):
    path = table_of(tmp_path, "Неведомая школа;;2026;РПР;Физика;8;10;1;4;4;1;1")
    window.go("import", [path])
    wizard = top(window, qapp)
    wizard.go_on()
    settle(qapp)
    panel = wizard.findChild(UnknownPanel)
    combo = panel.findChild(Combo)
    assert combo.currentText() == "решить потом"
    combo.choose("create")
    qtbot.waitUntil(lambda: wizard.entries[0].plan.rows_new == 1)
    assert list(wizard.entries[0].decisions.values()) == ["create"]


def test_all_unknown_schools_can_be_made_at_once(window, tmp_path, qapp, qtbot):
    lines = [f"Новая школа № {n};;2026;РПР;Физика;8;10;1;4;4;1;1" for n in range(3)]
    window.go("import", [table_of(tmp_path, *lines)])
    wizard = top(window, qapp)
    wizard.go_on()
    settle(qapp)
    wizard.create_all.setChecked(True)
    qtbot.waitUntil(lambda: wizard.entries[0].plan.rows_new == 3)
    wizard.go_on()
    settle(qapp)
    names = {s.name for s in schools.listing(window.session.desk.reader)}
    assert {"Новая школа № 0", "Новая школа № 1", "Новая школа № 2"} <= names


def test_a_refused_file_is_explained_and_the_others_load(window, own, tmp_path, qapp):
    good = table_of(tmp_path, f"{own.name};{own.code};2026;РПР;Физика;8;20;4;6;8;2;4")
    bad = tmp_path / "письмо.xlsx"
    bad.write_bytes(b"<html><body>no</body></html>")
    window.go("import", [bad, good])
    wizard = top(window, qapp)
    wizard.go_on()
    settle(qapp)
    assert wizard.entries[0].refused
    assert not wizard.entries[1].refused
    wizard.plans.choose(str(bad))
    assert "веб-страница" in wizard.findings.model.all_rows()[0].message
    wizard.go_on()
    settle(qapp)
    assert [entry.done for entry in wizard.entries] == [False, True]
    assert "веб-страница" in wizard.bar.text.text()
    bad.write_text(table_of(tmp_path, f"{own.name};{own.code};2026;РПР;Химия;8;20;4;6;8;2;4").read_text("utf-8-sig"))
    next(button for button in wizard.bar.findChildren(Button) if button.text() == "Прочитать ещё раз").click()
    settle(qapp)
    assert wizard.step == 1
    assert [entry.path for entry in wizard.entries] == [bad], "what is loaded is not loaded twice"


def test_one_refusal_is_its_cause_and_several_are_counted():
    entries = [Entry(Path("а.xlsx")), Entry(Path("б.xlsx")), Entry(Path("в.xlsx"))]
    assert refusal_of(entries) == ""
    entries[1].trouble = "Диск полон."
    assert refusal_of(entries) == "Диск полон."
    entries[2].trouble = "Файл занят."
    assert refusal_of(entries) == "Не приняты 2\u00a0файла. Причина первого: Диск полон."


def test_a_file_that_cannot_be_written_does_not_keep_the_others_waiting(window, own, tmp_path, qapp, monkeypatch):
    from app.errors import UserError

    first = table_of(tmp_path, f"{own.name};{own.code};2026;РПР;Физика;8;20;4;6;8;2;4", name="а.csv")
    second = table_of(tmp_path, f"{own.name};{own.code};2026;РПР;Химия;8;20;4;6;8;2;4", name="б.csv")
    window.go("import", [first, second])
    wizard = top(window, qapp)
    wizard.go_on()
    settle(qapp)
    real = results.load

    def load(store, reading, options):
        if reading.name == "а.csv":
            raise UserError("GEN_READ_ONLY")
        return real(store, reading, options)

    monkeypatch.setattr(results, "load", load)
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 2
    assert [entry.done for entry in wizard.entries] == [False, True]
    assert wizard.bar.text.text() == glue(wizard.entries[0].trouble)
    assert wizard.entries[0].trouble
    assert "Не загружен 1\u00a0файл" in wizard.outcome.text()


# --- approval -----------------------------------------------------------------------------------------------------


def test_approval_needs_number_and_date_and_freezes(window: MainWindow, qapp):
    window.go("approve", (RULE, 2026))
    dialog = top(window, qapp)
    assert "в списке" in dialog.sentence.text()
    assert not dialog.verb.isEnabled()
    dialog.edits["order_number"].setText("214")
    dialog.edits["order_date"].setText("когда-нибудь")
    assert dialog.verb.isEnabled()
    dialog.verb.click()
    assert "не дата" in dialog.bar.text.text()
    dialog.edits["order_date"].setText("28.11.2026")
    dialog.verb.click()
    settle(qapp)
    approval = lists.approval_in_force(window.session.desk.reader, RULE, 2026)
    assert approval is not None
    assert (approval.order_number, approval.order_date) == ("214", "2026-11-28")
    assert dialog not in window.workspace.windows
    assert "утверждён" in window.page.bar.text.text()
    assert not window.actions_by_key["undo"].isEnabled() or "Утверждён" not in window.actions_by_key["undo"].text()


# --- papers and signing -------------------------------------------------------------------------------------------


@pytest.fixture
def paper(window: MainWindow, qapp) -> int:
    """A registered list."""
    reader, store = window.session.desk.reader, window.session.desk.store
    made = papers.school_list(reader, RULE, 2026)
    number = papers.register(store, made, papers.render(made, ".pdf"), "Список.pdf")
    settle(qapp)
    return number


def test_the_list_is_shown_saved_and_registered(window: MainWindow, dialogs: FakeDialogs, tmp_path, qapp):
    window.go("print_list", (RULE, 2026))
    dialog = top(window, qapp)
    assert "ПРОЕКТ" in dialog.sentence.text()
    assert dialog.view.data.startswith(b"%PDF")
    assert not dialog.view._pages[0].pixmap().isNull()
    for suffix, start in ((".pdf", b"%PDF"), (".docx", b"PK"), (".xlsx", b"PK")):
        target = tmp_path / f"список{suffix}"
        dialogs.answers = [target]
        dialog._save(suffix)
        assert target.read_bytes().startswith(start)
    before = len(signing.register(window.session.desk.reader))
    dialog._register()
    settle(qapp)
    found = signing.register(window.session.desk.reader)
    assert (len(found), found[0].title) == (before + 1, "Список школ за 2026 год")
    view = window.show_page("reports").show_view("outgoing")
    settle(qapp)
    assert view.table.current().number == found[0].number
    assert view.side.view.data.startswith(b"%PDF")


def p12_of(tmp_path: Path) -> Path:
    path = tmp_path / "ключ.p12"
    path.write_bytes(ivanova().p12)
    return path


def test_a_paper_is_signed_with_a_key_file_and_verified(window, dialogs, paper, tmp_path, qapp):
    window.go("sign", paper)
    wizard = top(window, qapp)
    assert isinstance(wizard, SignWizard)
    assert wizard.step == 1, "the paper was named: the first question is answered"
    assert list(wizard.radios) == ["paper", "outside", "sig", "elsewhere", "p12", "token"], "decision 33"
    assert wizard.radios["paper"].isChecked()
    wizard.radios["p12"].setChecked(True)
    wizard.go_on()
    assert "неквалифицированная" in said(wizard), "honest words"
    assert not wizard.next.isEnabled()
    dialogs.answers = [[p12_of(tmp_path)]]
    wizard._ask_p12()
    wizard.password.setText("не тот")
    wizard.go_on()
    settle(qapp)
    assert "пароль" in wizard.bar.text.text().lower()
    wizard.password.setText(PASSWORD)
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 3
    assert "подписан" in wizard.outcome.text()
    assert wizard.password.text() == "", "the password is forgotten"
    line = signing.paper(window.session.desk.reader, paper)
    assert line.state == "signed"
    assert any(file.role == "signed" and file.signer for file in line.files)
    wizard._verify_signed()
    answer = top(window, qapp)
    assert "Документ не менялся после подписания" in said(answer)
    assert "из журнала исходящих" in said(answer)


def test_a_scan_is_attached_to_its_line(window, dialogs, paper, tmp_path, qapp):
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    window.go("sign", paper)
    wizard = top(window, qapp)
    wizard.go_on()
    dialogs.answers = [[scan]]
    wizard._ask_attachment()
    wizard.go_on()
    settle(qapp)
    line = signing.paper(window.session.desk.reader, paper)
    assert {file.role for file in line.files} == {"original", "scan"}
    assert wizard.step == 3


def test_a_foreign_signature_is_refused(window, dialogs, paper, tmp_path, qapp):
    sig = tmp_path / "чужая.sig"
    sig.write_bytes(b"\x30\x03\x02\x01\x00")
    window.go("sign", paper)
    wizard = top(window, qapp)
    wizard.radios["sig"].setChecked(True)
    wizard.go_on()
    dialogs.answers = [[sig]]
    wizard._ask_attachment()
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 2
    assert wizard.bar.isVisible()
    assert len(signing.paper(window.session.desk.reader, paper).files) == 1


def test_a_foreign_file_of_any_kind_can_be_signed(window, dialogs, tmp_path, qapp):
    path = tmp_path / "сводка.csv"
    path.write_bytes("школа;доля".encode())
    window.perform("sign")
    wizard = top(window, qapp)
    dialogs.answers = [[path]]
    wizard._ask_file()
    settle(qapp)
    assert wizard.step == 1
    assert not wizard.radios["elsewhere"].isEnabled(), "only papers of the register go to another computer"
    wizard.radios["p12"].setChecked(True)
    wizard.go_on()
    dialogs.answers = [[p12_of(tmp_path)]]
    wizard._ask_p12()
    wizard.password.setText(PASSWORD)
    wizard.go_on()
    settle(qapp)
    assert wizard.step == 3
    (found,) = [line for line in signing.register(window.session.desk.reader) if line.title == "сводка.csv"]
    assert [file.role for file in found.files] == ["original", "detached"]
    assert found.files[1].file_name == "сводка.csv.sig"


def test_an_unsigned_file_is_said_to_be_unsigned(window, dialogs, tmp_path, qapp):
    from tests.helpers.pdfs import paper as foreign

    path = tmp_path / "приказ.pdf"
    path.write_bytes(foreign())
    window.perform("verify")
    dialog = top(window, qapp)
    dialogs.answers = [[path]]
    dialog._ask()
    settle(qapp)
    assert "Электронной подписи нет" in said(dialog)
    assert "в журнале исходящих нет" in said(dialog)


def test_every_verdict_has_its_words():
    from app.exporters.verdicts import TITLES
    from app.ui.windows.verifying import CERTIFICATES, VERDICTS

    assert set(VERDICTS) == set(TITLES)
    assert set(CERTIFICATES) == {"ok", "expired_now", "expired_then", "wrong_usage"}
    good = [verdict for verdict, (kind, _word, _text) in VERDICTS.items() if kind == "ok"]
    assert good == ["valid"], "only a confirmed signature is green"


def test_a_paper_is_withdrawn_with_a_reason(window, dialogs, paper, qapp):
    view = window.show_page("reports").show_view("outgoing")
    settle(qapp)
    dialogs.answers = [{"reason": "опечатка"}]
    view.side.withdraw()
    settle(qapp)
    line = signing.paper(window.session.desk.reader, paper)
    assert (line.state, line.note) == ("withdrawn", "опечатка")


# --- the others ---------------------------------------------------------------------------------------------------


def test_an_older_action_is_undone_from_the_journal(window, qapp):
    session = window.session
    first, second = schools.listing(session.desk.reader)[:2]
    session.write(window, None, schools.edit, first.id, {"address": "улица Первая"})
    session.write(window, None, schools.edit, second.id, {"address": "улица Вторая"})
    window.perform("history")
    dialog = top(window, qapp)
    rows = dialog.table.model.all_rows()
    assert rows[0].label.startswith("Изменена школа")
    dialog.table.choose(rows[1].id)
    dialog.undo.click()
    settle(qapp)
    now = {s.id: s.address for s in schools.listing(session.desk.reader)}
    assert now[first.id] == first.address
    assert now[second.id] == "улица Вторая"


def test_a_finding_is_explained(window, dialogs, qapp):
    def open_ones():
        return [item for item in checks.problems(window.session.desk.reader) if item.open]

    before = open_ones()
    chosen = next(item for item in before if item.level == "explain")
    window.go("problems", chosen.id)
    dialog = top(window, qapp)
    assert dialog.table.current().id == chosen.id
    dialogs.answers = [{"text": "в школе был карантин"}]
    dialog._explain()
    settle(qapp)
    assert {item.id for item in before} - {item.id for item in open_ones()} == {chosen.id}
    dialog.table.choose(chosen.id)
    assert dialog.said.text().startswith("Объяснение: в школе был карантин")
    assert window.status.problems.text().startswith(str(len(before) - 1))
    dialog.withdraw.click()
    settle(qapp)
    assert [item.id for item in open_ones()] == [item.id for item in before], "an explanation can be taken back"


def test_what_cannot_be_true_is_put_right_not_explained(window, qapp):
    session = window.session
    school = schools.listing(session.desk.reader)[0]
    key = session.desk.reader.execute("SELECT id FROM mark_count WHERE organisation_id = ?", (school.id,)).fetchone()[0]

    def spoil(store):
        with store.operation("Число испорчено", "test") as operation:
            operation.update("mark_count", key, m5=10_000)

    session.written(spoil)
    settle(qapp)
    window.go("problems", None)
    dialog = top(window, qapp)
    first = dialog.table.model.row(0)
    assert first.level == "block"
    dialog.table.choose(first.id)
    assert not dialog.explain.isEnabled()
    assert dialog.chips["block"].text().startswith("мешают 1")
    dialog.open_place.click()
    settle(qapp)
    assert top(window, qapp).windowTitle().startswith("Откуда числа")


def test_two_records_are_joined_and_taken_apart(window, qapp):
    reader = window.session.desk.reader
    kept, merged = schools.listing(reader)[:2]
    window.go("merge", [kept.id, merged.id])
    dialog = top(window, qapp)
    assert glue(f"«{merged.shown}» станет частью записи «{kept.shown}».") in dialog.words.text()
    dialog.verb.click()
    settle(qapp)
    assert merged.id not in {s.id for s in schools.listing(reader)}
    assert dialog.joined.isVisible()
    next(button for button in dialog.joined.findChildren(Button) if button.text() == "Разделить").click()
    settle(qapp)
    assert merged.id in {s.id for s in schools.listing(reader)}


def test_settings_save_themselves(window, qapp):
    window.perform("settings")
    dialog = top(window, qapp)
    row = dialog.fields["signer_name"]
    row.edit.setText("О. П. Сидорова")
    row.edit.commit()
    settle(qapp)
    assert window.session.info.settings["signer_name"] == "О. П. Сидорова"
    size = dialog.fields["blob_limit_mb"]
    size.edit.setText("много")
    size.edit.commit()
    assert size.trouble.isVisible()
    assert window.session.info.settings["blob_limit_mb"] == "200"


def test_rules_are_shown_word_for_word(window, qapp):
    from app.operations import identification

    window.go("rules", RULE)
    dialog = top(window, qapp)
    rule = identification.rule(None, RULE)
    words = said(dialog)
    assert rule.title in words
    assert all(glue(line) in words for line in rule.wording)


def test_people_are_added_and_erased_only_when_said_twice(window, dialogs, qapp):
    window.perform("people")
    dialog = top(window, qapp)
    dialogs.answers = [{"full_name": "Ёлкина Анна Ивановна", "position": "эксперт"}]
    dialog._add_person()
    settle(qapp)
    person = next(p for p in dialog.people.model.all_rows() if p.full_name == "Ёлкина Анна Ивановна")
    dialog.people.choose(person.id)
    dialogs.answers = ["keep"]
    dialog._erase_person()
    assert person.id in {p.id for p in dialog.people.model.all_rows()}
    dialogs.answers = ["erase"]
    dialog._erase_person()
    assert "стёрты" in dialog.bar.text.text()
    dialog.refresh()
    assert "Ёлкина Анна Ивановна" not in {p.full_name for p in dialog.people.model.all_rows()}


def test_a_copy_is_restored_in_the_place_of_the_open_file(window, dialogs, db, qapp):
    window.session.write(window, None, schools.add_note, None, "до копии")
    window.perform("backup")
    window.session.write(window, None, schools.add_note, None, "после копии")
    window.perform("restore")
    dialog = top(window, qapp)
    assert dialog.table.model.total == 1
    dialogs.answers = ["restore"]
    dialog.restore.click()
    settle(qapp)
    notes = [text for (text,) in window.session.desk.reader.execute("SELECT text FROM note")]
    assert "до копии" in notes
    assert "после копии" not in notes


def test_what_can_be_read_of_a_damaged_file_is_told_and_saved(window, dialogs, db, tmp_path, qapp):
    broken = tmp_path / "Плохой.opora"
    broken.write_bytes(db.read_bytes())
    window.go("rescue", broken)
    dialog = top(window, qapp)
    assert "школы и организации:" in dialog.readable.text()
    target = tmp_path / "уцелевшее.opora"
    dialogs.answers = [target]
    dialog._salvage()
    settle(qapp)
    assert target.exists()
    assert "Уцелевшее переписано" in dialog.bar.text.text()


def test_windows_are_freed_when_closed(window, qapp):
    import shiboken6
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    for key in ("history", "settings", "rules", "people", "keys", "merge", "verify"):
        window.perform(key)
        shown = top(window, qapp)
        shown.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle(qapp)
        assert not shiboken6.isValid(shown), key
    assert window.workspace.windows == []


def test_a_closed_window_reads_nothing_more(window, qapp, monkeypatch):
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from app.ui.windows.journal import FilesWindow, HistoryWindow
    from app.ui.windows.people import PeopleWindow
    from app.ui.windows.problems import ProblemsWindow

    for key, kind in {
        "history": HistoryWindow, "files": FilesWindow, "people": PeopleWindow, "problems": ProblemsWindow,
    }.items():  # fmt: skip
        read: list[str] = []
        real = kind.refresh

        def refresh(self, key=key, real=real, read=read):
            read.append(key)
            real(self)

        monkeypatch.setattr(kind, "refresh", refresh)
        window.perform(key)
        shown = top(window, qapp)
        read.clear()
        window.session.changed.emit(frozenset({"note"}))
        assert read == [key], "an open one reads anew"
        shown.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle(qapp)
        read.clear()
        window.session.changed.emit(frozenset({"note"}))
        assert read == [], key


def test_a_second_of_a_kind_takes_the_place_of_the_first(window, qapp):
    """A hidden one says no «finished»: it must be forgotten all the same, or Qt deletes it behind our back."""
    import shiboken6
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    window.perform("rules")
    first = top(window, qapp)
    first.hide()
    window.perform("rules")
    second = top(window, qapp)
    assert window.workspace.windows == [second]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert second is not first
    window.perform("rules")
    settle(qapp)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(second)
    assert len(window.workspace.windows) == 1
