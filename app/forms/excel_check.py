"""The check sheet: in words and live numbers, what is still to be done before the book goes back."""

from __future__ import annotations

from app.forms import excel_grid, excel_list
from app.forms.excel_draft import Draft, quoted
from app.forms.excel_grid import GridRows
from app.forms.excel_keys import CHECK_SHEET
from app.forms.excel_list import Rows
from app.forms.excel_model import Column, SheetPlan
from app.forms.excel_scores import score_items
from app.forms.schema import FormDef

_COLUMNS = (Column("what", "", 52.0), Column("number", "", 14.0), Column("word", "", 76.0))


class Counted:
    """What is counted of one form, sheet by sheet."""

    def __init__(self, form: FormDef, *, prefilled: bool) -> None:
        self.form, self.prefilled = form, prefilled
        self.left: list[str] = []
        self.wrong: list[str] = []
        self.unconfirmed: list[str] = []
        self.scores: list[tuple[str, str]] = []
        self.first_open = ""

    def take_list(self, rows: Rows, scores: dict[str, str]) -> None:
        """Count a sheet of questions."""
        self.left.append(rows.span("left"))
        self.wrong.append(rows.span("wrong"))
        if self.prefilled:
            self.unconfirmed.append(excel_list.unconfirmed(rows))
        sheet = "'" + rows.sheet.replace("'", "''") + "'!"
        titles = {score.id: score for score in self.form.scores}
        for name, cell in scores.items():
            score = titles[name]
            items = score_items(self.form, score)
            most = sum(item.points or 0 for item in items) if score.rule == "sum" else len(items)
            self.scores.append((f"{score.title} (из {most})" if score.rule != "reached" else score.title, sheet + cell))
        if not self.first_open:
            found = f"MATCH(1,{rows.span('left')},0)"
            number, question = rows.span("number"), rows.span("question")
            shown = f'INDEX({number},{found})&" "&LEFT(INDEX({question},{found}),45)'
            self.first_open = f'IF(ISNUMBER({found}),TRIM({shown}),"")'

    def take_grid(self, rows: GridRows) -> None:
        """Count a grid."""
        self.left.append(rows.span(rows.left))
        self.wrong.append(rows.span(rows.wrong))
        if self.prefilled:
            self.unconfirmed.append(excel_grid.unconfirmed(rows))

    @property
    def asks(self) -> bool:
        """Whether there is anything that must be answered."""
        return any(item.required for item in self.form.items())

    def left_sum(self) -> str:
        """Return the formula of what is still to be answered."""
        return f"SUM({','.join(self.left)})"

    def wrong_sum(self) -> str:
        """Return the formula of wrong answers."""
        return f"SUM({','.join(self.wrong)})"

    def unconfirmed_sum(self) -> str:
        """Return the formula of answers that nobody has confirmed."""
        return "+".join(self.unconfirmed)

    def line(self) -> str:
        """Return the live line over a table."""
        parts = (
            [f"{quoted('Осталось ответить: ')}&{self.left_sum()}"] if self.asks else [quoted("Ответы необязательны")]
        )
        wrong = self.wrong_sum()
        parts.append(f'IF({wrong}>0,{quoted(". С ошибкой: ")}&{wrong},"")')
        if self.unconfirmed:
            open_ = self.unconfirmed_sum()
            parts.append(f'IF({open_}>0,{quoted(". Проверьте прошлые: ")}&({open_}),"")')
        return "&".join(parts)


def sheet(counted: list[Counted]) -> SheetPlan:
    """Return the check sheet of a book."""
    draft = Draft(CHECK_SHEET, -1, 0, _COLUMNS)
    draft.put(0, "check_head", "Проверка перед отправкой", across=2)
    draft.row += 1
    draft.put(0, "note", "Числа считаются сами, пока вы заполняете форму. Здесь ничего писать не нужно.", across=2)
    draft.row += 2
    for one in counted:
        _form(draft, one)
    return SheetPlan(CHECK_SHEET, "check", -1, _COLUMNS, tuple(draft.cells), landscape=True)


def _form(draft: Draft, one: Counted) -> None:
    draft.put(0, "list_head", one.form.short, across=2)
    draft.row += 1
    parts: list[str] = []
    if one.asks:
        empty = "пустые ячейки столбца «Ответ»" if one.first_open else "пустые клетки таблицы"
        where = f"{quoted('первый без ответа: ')}&{one.first_open}" if one.first_open else quoted(f"заполните {empty}")
        parts.append(_line(draft, "Осталось ответить", one.left_sum(), quoted("всё отвечено"), where))
    parts.append(
        _line(
            draft, "Ответов с ошибкой", one.wrong_sum(), quoted("ошибок нет"),
            quoted("исправьте красные ячейки: выберите ответ из списка или впишите число"),
        )
    )  # fmt: skip
    if one.unconfirmed:
        done, still = quoted("всё проверено"), quoted("исправьте ответ или выберите «верно» в столбце «Отметка»")
        parts.append(_line(draft, "Прошлых ответов не проверено", one.unconfirmed_sum(), done, still))
    for title, cell in one.scores:
        draft.put(0, "check_text", title)
        draft.put(1, "check_number", formula=cell)
        draft.put(2, "check_word", "баллы считаются по ответам, которые уже даны")
        draft.row += 1
    good, bad = quoted("Форму можно возвращать."), quoted("Форма ещё не готова: смотрите строки выше.")
    ready = f"IF({'+'.join(parts)}=0,{good},{bad})"
    draft.put(0, "label", "Итог")
    draft.put(1, "label", formula=ready, across=2)
    draft.row += 2


def _line(draft: Draft, text: str, formula: str, done: str, still: str) -> str:
    """Write what, how many, and what to do; return the address of the number."""
    draft.put(0, "check_text", text)
    draft.put(1, "check_number", formula=formula)
    cell = f"$B${draft.row + 1}"
    draft.put(2, "check_word", formula=f"IF({cell}=0,{done},{still})")
    draft.row += 1
    return cell
