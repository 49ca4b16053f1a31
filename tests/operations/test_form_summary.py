"""Summary of a form, group assessment and their papers, in a file made by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.errors import UserError
from app.exporters.docx import render_docx
from app.exporters.pdf import render_pdf
from app.exporters.xlsx import render_xlsx
from app.forms.loader import load
from app.models import forms as stored
from app.models.form_protocols import ProtocolMember
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import (
    form_answers,
    form_group,
    form_group_papers,
    form_papers,
    form_rounds,
    form_summary,
    form_summary_papers,
    forms,
    history,
    schools,
)
from app.reports.charts import HeatChart, StackedChart
from app.reports.document import Document, Marked, bare
from app.reports.document import Fraction as Of
from tests.helpers.form_texts import CHECK, CHECK_2
from tests.helpers.golden import check_golden
from tests.helpers.projections import docx_projection, pdf_projection, xlsx_projection
from tests.helpers.stores import dump

FORM = "probe"
MOMENT = "2026-11-22T14:05:00"


@pytest.fixture
def three(store: Store) -> list[int]:
    forms.save(store, load(CHECK))
    return [schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2, 3)]


def begin(store: Store, keys: list[int], year: int, *answers: tuple[str, ...]) -> list[int]:
    """Begin a round and answer for the first ones; returns cases by school."""
    refs = [SubjectRef("school_programme", organisation_id=key) for key in keys]
    key = form_rounds.start(store, FORM, year, refs, prefill=False)
    by_school = {line.subject.school_id: line.case.id for line in form_rounds.cases(store.connection, key)}
    cases = [by_school[school] for school in keys]
    for case, said in zip(cases, answers, strict=False):
        fill(store, case, *said)
    return cases


def fill(store: Store, case: int, *said: str) -> None:
    for number, value in enumerate(said, start=1):
        if value:
            form_answers.put(store, case, str(number), value)


def test_a_summary_counts_who_answered_and_names_who_did_not(store: Store, three: list[int]) -> None:
    begin(store, three, 2026, ("2", "1", "0"), ("1", "0", "0"))
    found = form_summary.summary(store.connection, FORM)
    assert (len(found.lines), found.asked, [(one.shown, one.word) for one in found.silent]) == (
        2, 3, [("СОШ № 3", "не отправлено")],
    )  # fmt: skip
    assert [(line.shown, line.result and line.result.points, line.change) for line in found.lines] == [
        ("СОШ № 1", 3, None), ("СОШ № 2", 1, None),
    ]  # fmt: skip
    assert [(one.item.id, one.mean.value) for one in found.weakest][:2] == [("3", Fraction(0)), ("2", Fraction(1, 2))]
    year = found.this_year
    assert year is not None
    assert (year.answered, year.of, year.points, year.most) == (2, 3, 4, 12)


def test_half_filled_and_returned_forms_are_not_in_the_summary(store: Store, three: list[int]) -> None:
    cases = begin(store, three, 2026, ("2", "1", ""), ("1", "1", "1"), ("2", "2", "2"))
    form_rounds.give_back(store, cases[1], "Уточните")
    found = form_summary.summary(store.connection, FORM, 2026)
    assert [line.shown for line in found.lines] == ["СОШ № 3"]
    assert [one.word for one in found.silent] == ["не отправлено", "на доработке"]
    accepted = form_summary.summary(store.connection, FORM, 2026, accepted_only=True)
    assert accepted.lines == ()
    form_rounds.accept(store, [cases[2]])
    assert len(form_summary.summary(store.connection, FORM, accepted_only=True).lines) == 1


def test_a_year_before_stands_beside_with_the_change(store: Store, three: list[int]) -> None:
    begin(store, three, 2025, ("1", "1", "1"), ("0", "0", "0"))
    begin(store, three, 2026, ("2", "2", "1"), (), ("1", "1", "1"))
    found = form_summary.summary(store.connection, FORM)
    assert found.before_year == 2025
    assert [(line.shown, line.before and line.before.points, line.change) for line in found.lines] == [
        ("СОШ № 1", 3, 2), ("СОШ № 3", None, None),
    ]  # fmt: skip
    first = found.items[0]
    # (2 + 1) of two now, (1 + 0) of two then
    assert (first.mean.value, first.change) == (Fraction(3, 2), Fraction(1))
    assert [line.school_year for line in found.by_year] == [2025, 2026]
    assert form_summary.choices(store.connection)[0][1] == (2026, 2025)


def test_of_two_rounds_begun_in_the_same_second_the_later_one_leads(store: Store, three: list[int]) -> None:
    """Its version is the form of the summary, and its reply speaks for a subject that answered both."""
    early = begin(store, three, 2026, ("2",), ("2",))
    forms.save(store, load(CHECK_2))
    late = begin(store, three, 2026, ("0",), ("0",))
    for case in (*early[:2], *late[:2]):
        form_rounds.accept(store, [case], anyway=True)
    first, second = sorted(stored.rounds(store.connection), key=lambda one: one.version)
    with store.operation("Одна секунда", "test") as operation:
        # by title the later one stands first: neither the list nor the clock decides
        operation.update("form_round", first.id, created_at=MOMENT, title="Я")
        operation.update("form_round", second.id, created_at=MOMENT, title="А")
    found = form_summary.summary(store.connection, FORM, 2026)
    assert found.form.version == "2.0"
    assert {line.case_id for line in found.lines} == set(late[:2])


def test_a_form_that_was_never_sent_has_no_summary(store: Store, three: list[int]) -> None:
    assert three
    with pytest.raises(UserError) as caught:
        form_summary.summary(store.connection, FORM)
    assert caught.value.code == "FORM_NO_SUMMARY"
    with pytest.raises(UserError) as caught:
        form_papers.cases_of(store.connection, FORM, None, None)
    assert caught.value.code == "FORM_NOTHING_TO_PRINT"


def test_the_heat_map_says_points_and_not_only_shades(store: Store, three: list[int]) -> None:
    begin(store, three, 2026, ("2", "1", "0"))
    found = form_summary.summary(store.connection, FORM)
    heat = form_summary_papers.heat_charts(found)[0]
    assert isinstance(heat, HeatChart)
    assert [(cell.word, cell.value, cell.bar) for cell in heat.cells[0]][:3] == [
        ("2", 0.0, 1.0), ("1", 50.0, 0.5), ("0", 100.0, 0.0),
    ]  # fmt: skip
    assert heat.links == (found.lines[0].case_id,)
    levels = form_summary_papers.level_chart(found)
    assert isinstance(levels, StackedChart)
    assert sum(point.value or 0 for series in levels.series for point in series.points) == 1


# --- experts -----------------------------------------------------------------------------------------------------


@pytest.fixture
def assessed(store: Store, three: list[int]) -> tuple[int, int]:
    """Two experts beside the school's own answers: alike on 1, apart on 2 and 3."""
    cases = begin(store, three, 2026, ("2", "2", "2"))
    case = next(iter(stored.cases(store.connection, keys=[cases[0]])))
    place = case.round_id, case.subject_id
    for name, said in (("Кедрова О. В.", ("1", "0", "2")), ("Ручьёва Н. П.", ("1", "2", "1"))):
        fill(store, form_group.add_expert(store, *place, name), *said)
    return place


def test_experts_stand_side_by_side_with_the_largest_disagreement_first(
    store: Store, assessed: tuple[int, int]
) -> None:
    found = form_group.group(store.connection, *assessed)
    assert [voice.name for voice in found.experts] == ["Кедрова О. В.", "Ручьёва Н. П."]
    assert [one.item.id for one in found.disputed][:2] == ["2", "3"]
    assert (found.disputed[0].spread.spread, found.disputed[1].spread.spread) == (2, 1)
    assert [one.differs_from_own for one in found.items] == [True, False, False]
    assert form_group.add_expert(store, *assessed, "кедрова о. в.") == found.experts[0].case.id


def test_unanimous_answers_are_taken_in_one_go_and_undone_in_one(store: Store, assessed: tuple[int, int]) -> None:
    before = dump(store.connection)
    assert form_group.accept_unanimous(store, *assessed) == 1
    found = form_group.group(store.connection, *assessed)
    assert [one.agreed.value if one.agreed else None for one in found.items] == ["1", None, None]
    assert form_group.accept_unanimous(store, *assessed) == 0
    history.undo(store)
    assert dump(store.connection) == before


def test_what_is_agreed_against_an_expert_wants_a_reason(store: Store, assessed: tuple[int, int]) -> None:
    with pytest.raises(UserError) as caught:
        form_group.agree(store, *assessed, "2", "2")
    assert caught.value.code == "FORM_NO_REASON"
    with pytest.raises(UserError) as caught:
        form_group.agree_leading(store, *assessed, "2", "Так решили")
    assert caught.value.code == "FORM_NO_LEADING"
    form_group.agree(store, *assessed, "2", "2", "Показатель есть в приложении")
    form_group.accept_unanimous(store, *assessed)
    form_group.agree(store, *assessed, "3", "1", "Сроки не названы")
    found = form_group.group(store.connection, *assessed)
    assert found.agreed is not None
    assert (found.agreed.result and found.agreed.result.points, found.to_agree) == (4, ())
    # what was agreed speaks for the school now
    summary = form_summary.summary(store.connection, FORM)
    assert [(line.case_id, line.result and line.result.points) for line in summary.lines] == [
        (found.agreed.case.id, 4)
    ]  # fmt: skip


def test_accepted_agreement_is_locked(store: Store, assessed: tuple[int, int]) -> None:
    form_group.accept_unanimous(store, *assessed)
    found = form_group.group(store.connection, *assessed)
    assert found.agreed is not None
    form_rounds.accept(store, [found.agreed.case.id], anyway=True)
    with pytest.raises(UserError) as caught:
        form_group.agree(store, *assessed, "2", "1", "Поздно")
    assert caught.value.code == "FORM_LOCKED"


def test_the_group_names_a_level_with_a_reason(store: Store, assessed: tuple[int, int]) -> None:
    with pytest.raises(UserError) as caught:
        form_group.override_level(store, *assessed, "high", "Доработано")
    assert caught.value.code == "FORM_NOT_AGREED"
    form_group.accept_unanimous(store, *assessed)
    form_group.override_level(store, *assessed, "high", "Доработано за неделю")
    said = [text for _place, text in form_group_papers.protocol_paper(store.connection, *assessed).document.texts()]
    assert "Согласованная оценка: уровень назван экспертами. Причина: Доработано за неделю." in said


def test_a_protocol_is_kept_and_taken_back(store: Store, assessed: tuple[int, int]) -> None:
    before = dump(store.connection)
    members = (ProtocolMember("Ветрова Надежда Александровна", "начальник", "chair"), ProtocolMember("Ким О. В."))
    form_group.put_protocol(store, *assessed, {"number": "4", "dated": "28.11.2026"}, members)
    form_group.put_protocol(store, *assessed, {"decision": "Доработать"}, members[:1])
    found = form_group.group(store.connection, *assessed).protocol
    assert found is not None
    assert (found.number, found.dated, found.decision, len(found.members)) == ("4", "2026-11-28", "Доработать", 1)
    history.undo(store)
    history.undo(store)
    assert dump(store.connection) == before
    with pytest.raises(UserError) as caught:
        form_group.put_protocol(store, *assessed, {"dated": "31.02.2026"})
    assert caught.value.code == "FORM_NOT_DATE"


# --- papers ------------------------------------------------------------------------------------------------------


def protocol(store: Store, place: tuple[int, int]) -> Document:
    form_group.accept_unanimous(store, *place)
    form_group.agree(store, *place, "2", "2", "Показатель есть в приложении")
    members = (
        ProtocolMember("Ветрова Надежда Александровна", "начальник управления", "chair"),
        ProtocolMember("Ким Ольга Викторовна", "методист", "secretary"),
    )
    values = {"number": "4", "dated": "2026-11-28", "place": "г. Лесогорск", "decision": "Программу доработать."}
    form_group.put_protocol(store, *place, dict(values), members)
    return fixed(form_group_papers.protocol_paper(store.connection, *place).document)


def fixed(document: Document) -> Document:
    """Return a paper with the moment of the golden file."""
    from app.texts import ru_moment

    parts = document.provenance.split(" · ")
    parts[1] = f"вычислено {ru_moment(MOMENT)}"
    return replace(document, meta=replace(document.meta, created=MOMENT), provenance=" · ".join(parts))


def test_papers_are_as_they_were_read(store: Store, three: list[int], assessed: tuple[int, int]) -> None:
    begin(store, three, 2025, ("1", "1", "1"), ("0", "0", "0"))
    papers = {
        "form_summary": fixed(form_summary_papers.paper(store.connection, FORM, 2026).document),
        "form_protocol": protocol(store, assessed),
    }
    for name, document in papers.items():
        check_golden(f"{name}.pdf.txt", pdf_projection(render_pdf(document).data))
        check_golden(f"{name}.docx.txt", docx_projection(render_docx(document)))
        check_golden(f"{name}.xlsx.txt", xlsx_projection(render_xlsx(document)))


def test_votes_stand_by_item_with_the_reason(store: Store, assessed: tuple[int, int]) -> None:
    document = protocol(store, assessed)
    table = next(one for one in document.tables() if one.name == "Голоса по пунктам")
    rows = list(table.rows())
    assert isinstance(rows[1].cells[3], Marked)
    assert "Причина: Показатель есть в приложении" in str(bare(rows[1].cells[3]))
    assert not isinstance(rows[0].cells[3], Marked)
    assert rows[2].cells[3] is None, "not agreed yet: no answer of anybody is put there"
    results = next(one for one in document.tables() if one.name == "Оценки")
    assert [row.cells[1] for row in results.rows()] == [Of(3, 3), Of(3, 3), Of(2, 3), Of(3, 3)]
