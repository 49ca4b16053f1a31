"""Tables copied in Word and Excel become rows of cells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData

from app.ui.widgets.clipboard_table import copied_block, table_of_html

WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style>td {color: red}</style></head><body>
<!--StartFragment--><p>Перед таблицей</p><table border=1><tr><td width=20><p class=MsoNormal>1</p></td>
<td><p>Стажировки&nbsp;учителей<o:p></o:p></p><p>и разбор
 работ</p></td><td><p>март&nbsp;2026;<br>май 2026</p></td></tr>
<tr><td><p>2</p></td><td colspan=2><p>Семинар</p></td></tr></table><p>После</p><!--EndFragment--></body></html>"""
WORD_TEXT = "1\tСтажировки учителей\nи разбор работ\tмарт 2026;\nмай 2026\n2\tСеминар"
CALC = "<html><body><table><tr><td>1</td><td>12 500,00</td></tr></table></body></html>"


def mime(html: str, text: str) -> QMimeData:
    made = QMimeData()
    if html:
        made.setHtml(html)
    if text:
        made.setText(text)
    return made


def test_lines_of_a_cell_of_word_stay_in_the_cell() -> None:
    assert copied_block(mime(WORD, WORD_TEXT)) == [
        ["1", "Стажировки учителей\nи разбор работ", "март 2026;\nмай 2026"],
        ["2", "Семинар", ""],
    ]


def test_cells_that_reach_down_leave_their_places_free() -> None:
    html = ("<table><tr><td rowspan=2>1</td><td>а</td><td rowspan=3>в</td></tr><tr><td>б</td></tr>"
            "<tr><td>2</td><td>г</td></tr></table>")  # fmt: skip
    assert table_of_html(html) == [["1", "а", "в"], ["", "б", ""], ["2", "г", ""]]


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ("", "1\t2\n3\t4\n", [["1", "2"], ["3", "4"]]),
        ("", 'а\t"б\nв"\n', [["а", "б\nв"]]),
        (CALC, "1\t12 500,00\n", [["1", "12 500,00"]]),
        ('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>##</td></tr></table>', "1\t2",
         [["1", "2"]]),
        ("<p>просто слова</p>", "просто слова", [["просто слова"]]),
        ("<table><tr><td><table><tr><td>внутри</td></tr></table></td><td>x</td></tr></table>", "внутри x",
         [["внутри", "x"]]),
        ("<table><tr><td>не закрыта", "не закрыта\nда", [["не закрыта"]]),
        ("", "", []),
    ],
)  # fmt: skip
def test_other_programs(html: str, text: str, expected: list[list[str]]) -> None:
    assert copied_block(mime(html, text)) == expected
