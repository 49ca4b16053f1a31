"""Item types of texts, days and addresses: ``text``, ``date`` and ``link``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.forms.item_base import LONGEST, Base, Cell, ExcelRule, PrintKind, WidgetKind, folded, refuse
from app.forms.schema import Item
from app.texts import ru_date

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINK = re.compile(r"(?:(https?|ftp)://)?[^\s/.:@]+(?:\.[^\s/.:@]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_WORDED = re.compile(r"([0-9]{1,2}) ([а-я]{3,8})\.? ([0-9]{4})(?: ?г(?:ода|\.)?)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ t][0-9:.]+)?")
_DOTTED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})(?: ?г\.?)?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_EXCEL_ZERO = date(1899, 12, 30)


class TextType(Base):
    """A text of several lines; canonical is without outer spaces and control characters."""

    widget_kind: WidgetKind = "text"
    print_kind: PrintKind = "lines"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        text = _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(text) > LONGEST:
            refuse("ITEM_LONG", item, raw, most=LONGEST)
        return text or None

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002
        """See ``ItemType``."""
        return ExcelRule("length", (), 0, LONGEST, "", f"Не больше {LONGEST} знаков.")

    def sample_values(self, item: Item) -> tuple[str, ...]:  # noqa: ARG002
        """See ``ItemType``."""
        return ("Проведено", "Первая строка\nвторая строка", "=1+1", "12")


class DateType(Base):
    """A day; canonical is ISO."""

    widget_kind: WidgetKind = "date"
    print_kind: PrintKind = "date"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; takes 01.09.2026, 1.9.26, 2026-09-01, «1 сентября 2026 г.» and Excel's day number."""
        text = folded(raw)
        if not text:
            return None
        try:
            found = _day(text)
        except ValueError:
            found = None
        if found is None or not 1900 <= found.year <= 2099:
            refuse("ITEM_DATE", item, raw)
        return found.isoformat()

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return date.fromisoformat(value)

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return ru_date(value)

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002
        """See ``ItemType``."""
        return ExcelRule("date", (), "1950-01-01", "2099-12-31", "Дата, например 01.09.2026.", "Впишите дату.")

    def sample_values(self, item: Item) -> tuple[str, ...]:  # noqa: ARG002
        """See ``ItemType``."""
        return ("2026-09-01", "2024-02-29", "2026-12-31")


def _day(text: str) -> date | None:
    if parts := _ISO.fullmatch(text):
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _DOTTED.fullmatch(text):
        year = int(parts[3]) + (0 if len(parts[3]) == 4 else 2000 if int(parts[3]) < 70 else 1900)
        return date(year, int(parts[2]), int(parts[1]))
    if parts := _SERIAL.fullmatch(text):
        return _EXCEL_ZERO + timedelta(days=int(parts[1]))
    if parts := _WORDED.fullmatch(text):
        months = [number for number, stem in enumerate(_MONTHS, 1) if parts[2].startswith(stem)]
        return date(int(parts[3]), months[0], int(parts[1])) if months else None
    return None


class LinkType(Base):
    """The address of a page; canonical has its scheme."""

    widget_kind: WidgetKind = "link"
    print_kind: PrintKind = "lines"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; an address without a scheme gets «https://»."""
        text = _CONTROL.sub("", raw).strip().strip("<>«»\"'")
        if not text:
            return None
        found = _LINK.fullmatch(text)
        if found is None or len(text) > 2000:
            refuse("ITEM_LINK", item, raw)
        return text if found[1] else f"https://{text}"

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002
        """See ``ItemType``."""
        return ExcelRule("length", (), 0, 2000, "Адрес страницы, например https://школа.рф.", "Слишком длинный адрес.")

    def sample_values(self, item: Item) -> tuple[str, ...]:  # noqa: ARG002
        """See ``ItemType``."""
        return ("https://school.example/metod", "http://школа.рф/документы?год=2026")
