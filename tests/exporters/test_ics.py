"""The .ics file against RFC 5545, by hand and by reading it back with the library."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.exporters.ics import IcsEntry, calendar_file

MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)
LINE = re.compile(r"[A-Z][A-Z-]*(;[A-Z]+=[^:;]+)*:.*", re.DOTALL)


def _lines(data: bytes) -> list[str]:
    """Unfold by hand as 3.1 says: CRLF and one space (or tab) are nothing."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode()  # a letter torn in two would fail here
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def _one(entry: IcsEntry) -> list[str]:
    return _lines(calendar_file([entry], "Служба", MADE))


def test_the_frame_of_a_file() -> None:
    lines = _lines(calendar_file([], "Методическая служба, отдел 1", MADE))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"} <= set(lines)
    assert "PRODID:-//Опора//Календарь методиста//RU" in lines
    assert "X-WR-CALNAME:Методическая служба\\, отдел 1" in lines


def test_a_timed_event_has_floating_local_times() -> None:
    lines = _one(IcsEntry("event-1@a.opora", "Семинар", DAY, DAY, "10:00", "12:30"))
    assert lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")] == [
        "BEGIN:VEVENT", "SUMMARY:Семинар", "DTSTART:20261124T100000", "DTEND:20261124T123000",
        "DTSTAMP:20261123T093000Z", "UID:event-1@a.opora", "STATUS:CONFIRMED", "TRANSP:OPAQUE",
    ]  # fmt: skip


def test_a_whole_day_ends_on_the_day_after() -> None:
    lines = _one(IcsEntry("a", "Стажировка", DAY, date(2026, 11, 30)))
    assert "DTSTART;VALUE=DATE:20261124" in lines
    assert "DTEND;VALUE=DATE:20261201" in lines


def test_hours_on_several_days_come_again_every_day() -> None:
    lines = _one(IcsEntry("a", "Курсы", DAY, date(2026, 11, 26), "09:00", "16:00"))
    assert "DTSTART:20261124T090000" in lines
    assert "DTEND:20261124T160000" in lines
    assert [line for line in lines if line.startswith("RRULE")] == ["RRULE:FREQ=DAILY;COUNT=3"]


def test_an_end_that_nobody_knows_or_before_the_beginning_is_left_out() -> None:
    for end in ("", "09:00", "10:00"):
        assert not [line for line in _one(IcsEntry("a", "Б", DAY, DAY, "10:00", end)) if line.startswith("DTEND")]


def test_commas_semicolons_slashes_and_line_ends_are_escaped() -> None:
    lines = _one(
        IcsEntry("a", "Чтение, счёт; письмо \\ игра", DAY, DAY, text="Первая\nвторая, третья", place="Зал 1; вход",
                 link="https://example.org/a?b=1,2;3", category="Дела, шаги")
    )  # fmt: skip
    assert "SUMMARY:Чтение\\, счёт\\; письмо \\\\ игра" in lines
    assert "DESCRIPTION:Первая\\nвторая\\, третья" in lines
    assert "LOCATION:Зал 1\\; вход" in lines
    assert "URL:https://example.org/a?b=1,2;3" in lines
    assert "CATEGORIES:Дела\\, шаги" in lines


def test_what_is_called_off_says_so_and_takes_no_time() -> None:
    lines = _one(IcsEntry("a", "Вебинар", DAY, DAY, cancelled=True))
    assert {"STATUS:CANCELLED", "TRANSP:TRANSPARENT"} <= set(lines)
    assert "TRANSP:TRANSPARENT" in _one(IcsEntry("a", "Срок", DAY, DAY, busy=False))


def test_a_long_cyrillic_text_is_folded_on_whole_letters() -> None:
    title = "Муниципальная конференция педагогов о смысловом чтении " * 5
    data = calendar_file([IcsEntry("a", title, DAY, DAY)], "Служба", MADE)
    assert f"SUMMARY:{title.strip()}" in _lines(data)
    assert str(next(iter(Calendar.from_ical(data).walk("VEVENT")))["SUMMARY"]) == title.strip()


@given(st.text(max_size=200), st.text(max_size=300), st.integers(1, 5))
def test_any_text_comes_back_and_keeps_the_rules(title: str, text: str, days: int) -> None:
    title, text = f"а{title}".replace("\x00", ""), f"б{text}"
    text = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    last = date(2026, 11, 23 + days)
    data = calendar_file([IcsEntry("uid@x", title, DAY, last, text=text)], "Имя", MADE)
    assert all(LINE.fullmatch(line) for line in _lines(data))
    found: Any = next(iter(Calendar.from_ical(data).walk("VEVENT")))
    assert str(found["UID"]) == "uid@x"
    assert str(found["DESCRIPTION"]) == text
    assert str(found["SUMMARY"]).split() == "".join(
        sign if sign.isprintable() or sign.isspace() else " " for sign in title
    ).split()  # fmt: skip
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (DAY, date(2026, 11, 24 + days))
