"""Agreement sheet, protocol and road map: drafts with lines to fill in, and what is printed after approval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.exporters.docx import render_docx
from app.exporters.pdf import render_pdf
from app.exporters.xlsx import render_xlsx
from app.reports.agreement import AgreementData, ListHead, MeetingLine, PartyLine, agreement_sheet
from app.reports.document import ActApproval, Document, PersonApproval, SignatureBlock, shown
from app.reports.protocol import ChangeLine, MemberLine, ProtocolData, protocol, short_name
from app.reports.road_map import ActivityLine, RoadMapData, road_map
from app.reports.school_list import Order, Signer
from tests.helpers.golden import check_golden
from tests.helpers.projections import docx_projection, pdf_projection, xlsx_projection

HEAD = ListHead(
    "Лесогорский муниципальный округ", 2026, "Рособрнадзор, декабрь 2022 года", "1.0", "2026-11-22T10:15:00", 2, 24,
    municipality_genitive="Лесогорского муниципального округа",
    signer=Signer("Начальник управления образования", "Н. А. Ветрова"), executor="Ракитина Е. В., методист",
)  # fmt: skip
ORDER = Order("214", "2026-12-10", issuer_genitive="управления образования администрации округа")
DONE = replace(HEAD, approved=ORDER, snapshot="0123456789abcdef" * 4)

PARTIES = (
    PartyLine("учредитель", "Администрация округа", "Громов П. А.", "2026-12-01", "2026-12-08", "2026-12-04",
              "согласовано"),
    PartyLine("центр оценки качества", "Региональный центр оценки качества образования", "", "2026-12-01",
              "2026-12-08", "2026-12-05", "с замечаниями", "Уточнить долю по математике", "Доля сверена"),
    PartyLine("другое", "Учебно-методическое объединение"),
)  # fmt: skip
MEETINGS = (MeetingLine("Кто на грани и почему", "2026-11-28", "управление образования", "6 человек", "Одна поправка"),)
MEMBERS = (
    MemberLine("Ветрова Надежда Александровна", "начальник управления", "chair", "председатель", "for", "за"),
    MemberLine("Ракитина Елена Викторовна", "методист", "secretary", "секретарь", "against", "против"),
    MemberLine("Калинин Сергей Олегович", "специалист", "member", "член группы", "absent", "отсутствовал"),
)
PROTOCOL = ProtocolData(
    DONE, "Рабочая группа", "4", "2026-12-09", "г. Лесогорск", MEMBERS, (1, 1, 0),
    "Согласовать список.\nУтвердить дорожную карту.", "Ракитина Е. В.: школу № 2 рано включать.",
    (ChangeLine("СОШ № 3", "исключена из списка", "писали трое"),), (("СОШ № 1", "две и более процедуры за год"),), 2,
)  # fmt: skip
ITEMS = (
    ActivityLine("Курсы для учителей", "", "Слабее всего математика", "Замена уроков согласована", "",
                 "2026-11-05", "2026-12-20", "Плотникова Ю. М.", "Удостоверения"),
    ActivityLine("Наставник", "СОШ № 2", term="в течение 2026/27 учебного года", responsible="Ветрогонова И. П."),
)  # fmt: skip

PAPERS: dict[str, Document] = {
    "agreement_done": agreement_sheet(AgreementData(DONE, PARTIES, MEETINGS)),
    "agreement_blank": agreement_sheet(AgreementData(HEAD)),
    "protocol_done": protocol(PROTOCOL),
    "protocol_blank": protocol(ProtocolData(HEAD)),
    "road_map_done": road_map(RoadMapData(DONE, ITEMS)),
    "road_map_blank": road_map(RoadMapData(HEAD)),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_are_as_they_were_read(name: str) -> None:
    check_golden(f"{name}.pdf.txt", pdf_projection(render_pdf(PAPERS[name]).data))


@pytest.mark.parametrize("name", [name for name in PAPERS if name.endswith("done")])
def test_word_and_excel_are_as_they_were_read(name: str) -> None:
    check_golden(f"{name}.docx.txt", docx_projection(render_docx(PAPERS[name])))
    check_golden(f"{name}.xlsx.txt", xlsx_projection(render_xlsx(PAPERS[name])))


def test_what_is_not_known_is_a_line_to_fill_in() -> None:
    blank = PAPERS["agreement_blank"]
    rows = list(blank.tables()[0].rows())
    assert len(rows) == 5
    assert set("".join(shown(rows[0].cells[1]))) == {"_"}
    third = list(PAPERS["agreement_done"].tables()[0].rows())[2]
    assert [set("".join(shown(cell))) for cell in third.cells[2:4]] == [{"_"}, {"_"}]
    texts = [text for _place, text in PAPERS["protocol_blank"].texts()]
    assert any("За\u00a0— ____, против" in text for text in texts)
    assert sum(text == "_" * 70 for text in texts) == 3


def test_drafts_are_told_from_what_is_approved() -> None:
    assert [paper.draft for paper in PAPERS.values()] == [False, True] * 3
    (act,) = PAPERS["road_map_done"].approvals
    assert isinstance(act, ActApproval)
    assert act.lines()[0] == "УТВЕРЖДЕНА"
    assert act.lines()[-1] == "(приложение 2)"
    (person,) = PAPERS["road_map_blank"].approvals
    assert isinstance(person, PersonApproval)
    assert "0123…cdef" in PAPERS["agreement_done"].provenance


def test_chair_and_secretary_have_their_places() -> None:
    blocks = [block for block in PAPERS["protocol_done"].blocks if isinstance(block, SignatureBlock)]
    assert [(b.position, b.name.replace("\u00a0", " "), b.place) for b in blocks] == [
        ("Председатель", "Н. А. Ветрова", "chair"), ("Секретарь", "Е. В. Ракитина", "secretary"),
    ]  # fmt: skip
    assert short_name("Громов П. А.") == "Громов П. А."


def test_who_was_absent_did_not_vote() -> None:
    (people, *_others) = PAPERS["protocol_done"].tables()
    assert len(list(people.rows())) == 2
    assert "Отсутствовали: Калинин Сергей Олегович." in [text for _place, text in PAPERS["protocol_done"].texts()]
