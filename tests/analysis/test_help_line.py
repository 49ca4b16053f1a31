"""Lines of help given: vectors worked out by hand, and what must hold of any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.help_line import (
    AUDIENCES,
    HelpFields,
    Outcome,
    Whom,
    find_day,
    kind_of,
    outcome_words,
    people_words,
    read_day,
    read_line,
    read_outcome,
    read_people,
)

DAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "7 визит 3 учителя дефицит: смысловое чтение → 01.12",
            HelpFields("7", "visit", "3 учителя", "дефицит: смысловое чтение", "→ 01.12"),
        ),
        (
            "СОШ № 7, консультация, директор и 2 завуча о внутренней оценке; договорились -> через неделю звонок",
            HelpFields("СОШ № 7", "consultation", "директор и 2 завуча", "о внутренней оценке",
                       "договорились → через неделю звонок"),
        ),
        (
            "вчера гимназия посещение урока 1 учитель математики анализ урока",
            HelpFields("гимназия", "lesson", "1 учитель математики", "анализ урока", "", date(2026, 11, 22)),
        ),
        (
            "20.11 12 выезд команда школы 4 тема: ВПР итог: составили план",
            HelpFields("12", "visit", "команда школы 4", "ВПР", "составили план", date(2026, 11, 20)),
        ),
        (
            "Заречная школа тьюторство молодые педагоги 4 → план",
            HelpFields("Заречная школа", "tutoring", "молодые педагоги 4", "", "→ план"),
        ),
        ("7 урок", HelpFields("7", "lesson")),
        ("консультация", None),
        ("СОШ № 7", None),
        ("", None),
        ("Лицей «Урок»", None),
    ],
)  # fmt: skip
def test_one_line_is_spread_over_the_fields(text: str, fields: HelpFields | None) -> None:
    assert read_line(text, DAY) == fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # parts in another order, and the school after the kind
        ("визит 7 3 учителя о чтении", HelpFields("7", "visit", "3 учителя", "о чтении")),
        ("визит в СОШ № 7, 3 учителя, чтение", HelpFields("СОШ № 7", "visit", "3 учителя", "чтение")),
        ("выезд 7", HelpFields("7", "visit")),
        ("тема: ВПР, выезд в 7, 3 учителя", HelpFields("7", "visit", "3 учителя", "ВПР")),
        ("3 учителя математики СОШ № 7 консультация по ФГОС",
         HelpFields("СОШ № 7", "consultation", "3 учителя математики", "по ФГОС")),
        ("консультация для директора СОШ № 12 по ВПР",
         HelpFields("СОШ № 12", "consultation", "для директора", "по ВПР")),
        ("консультация по телефону с завучем СОШ № 12 о ВСОКО",
         HelpFields("СОШ № 12", "consultation", "с завучем", "по телефону с завучем, о ВСОКО")),
        ("Консультация. СОШ № 7. Директор. Кадры. Решили искать физика → завтра",
         HelpFields("СОШ № 7", "consultation", "Директор", "Кадры", "Решили искать физика → завтра")),
        ("консультация: СОШ № 7; директор; о кадрах; решили искать физика",
         HelpFields("СОШ № 7", "consultation", "директор", "о кадрах", "решили искать физика")),
        ("7 выезд о чтении, 3 учителя", HelpFields("7", "visit", "3 учителя", "о чтении")),
        ("7 визит зам. директора по УВР, 2 учителя: план",
         HelpFields("7", "visit", "зам. директора по УВР, 2 учителя", "план")),
        ("Выезд в школу 7 по ВПР-2026, встретились с 4 учителями, обсудили ошибки",
         HelpFields("школу 7", "visit", "с 4 учителями", "по ВПР-2026, встретились с 4 учителями", "обсудили ошибки")),
        ("7 консультация о нехватке 2 учителей", HelpFields("7", "consultation", "", "о нехватке 2 учителей")),
        # several schools stay one text: the dialog marks it
        ("вчера выезд СОШ 7 и СОШ 9, директора, 2 человека, тема: план",
         HelpFields("СОШ 7 и СОШ 9", "visit", "директора, 2 человека", "план", "", date(2026, 11, 22))),
        # numbers of classes, lessons, times, shares, years, orders, rooms are no people
        ("Гимназия посещение урока 1 учитель математика 7 класс, урок разобран",
         HelpFields("Гимназия", "lesson", "1 учитель математика", "7 класс", "урок разобран")),
        ("СОШ №7 урок 8Б алгебра, учитель Иванова, 25% не справились; разобрали → 10.12 повтор",
         HelpFields("СОШ №7", "lesson", "учитель Иванова", "8Б алгебра, 25% не справились",
                    "разобрали → 10.12 повтор")),
        ("17 тьюторство 4 учителя 5-6 классов, чтение",
         HelpFields("17", "tutoring", "4 учителя", "5-6 классов, чтение")),
        ("7 консультация учителя математики 5, 6 и 7 классов, всего 4 человека",
         HelpFields("7", "consultation", "учителя математики, всего 4 человека", "5, 6 и 7 классов")),
        ("7 визит с 10:00 до 12:30, 3 учителя, чтение",
         HelpFields("7", "visit", "3 учителя", "с 10:00 до 12:30, чтение")),
        ("7 визит каб. 12, 3 учителя", HelpFields("7", "visit", "3 учителя", "каб. 12")),
        ("7 тьюторство молодой педагог 2 часа", HelpFields("7", "tutoring", "молодой педагог", "2 часа")),
        ("2 консультации в СОШ № 7 для 3 учителей",
         HelpFields("СОШ № 7", "consultation", "для 3 учителей", "2 консультации")),
        ("гимназия № 5 посещение 3 уроков, 2 учителя",
         HelpFields("гимназия № 5", "lesson", "2 учителя", "3 уроков")),
        # days
        ("7 визит 20 ноября 3 учителя", HelpFields("7", "visit", "3 учителя", "", "", date(2026, 11, 20))),
        ("31.11 7 визит 3 учителя", HelpFields("7", "visit", "3 учителя", unread="31.11")),
        # outcome and step in other words than an arrow
        ("7 визит 3 учителя смысловое чтение: договорились о разборе → 01.12 повторный выезд",
         HelpFields("7", "visit", "3 учителя", "смысловое чтение", "договорились о разборе → 01.12 повторный выезд")),
        ("7 визит 3 учителя чтение. Следующий шаг: 01.12 выезд",
         HelpFields("7", "visit", "3 учителя", "чтение", "→ 01.12 выезд")),
        ("7 визит чтение; договорились - 01.12 выезд",
         HelpFields("7", "visit", "", "чтение", "договорились → 01.12 выезд")),
        # letters, typing errors, forms of work
        ("7 в 3 учителя чтение", HelpFields("7", "visit", "3 учителя", "чтение")),
        ("7 вызит 3 учителя", HelpFields("7", "visit", "3 учителя")),
        ("7 консультция 3 учитля чтение", HelpFields("7", "consultation", "3 учитля", "чтение")),
        ("7 видеоконсультация 2 учителя", HelpFields("7", "consultation", "2 учителя", "видео")),
        ("Была в СОШ № 7, посетила урок, 1 учитель", HelpFields("СОШ № 7", "lesson", "1 учитель")),
        ("совещание с директорами 12 школ", None),
    ],
)  # fmt: skip
def test_a_line_in_any_order_counts_nobody_twice(text: str, fields: HelpFields | None) -> None:
    assert read_line(text, DAY) == fields


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("3 учителя", Whom(3, "teachers")),
        ("директор", Whom(1, "heads")),
        ("5 педагогов", Whom(5, "teachers")),
        ("команда школы 4", Whom(4, "team")),
        ("директор и 2 завуча", Whom(3, "heads")),
        ("директор и 3 учителя", Whom(4, "team")),
        ("учителя", Whom(None, "teachers")),
        ("3", Whom(3)),
        ("3 чел.", Whom(3)),
        ("Двое учителей", Whom(2, "teachers")),
        ("3 молодых учителя", Whom(3, "young")),
        ("молодой педагог", Whom(1, "young")),
        ("1 молодой педагог", Whom(1, "young")),
        ("3 учителя и молодой педагог", Whom(4, "team")),
        ("учителя математики и физики 3", Whom(3, "teachers", "математика, физика")),
        ("2 учителя русского языка", Whom(2, "teachers", "русский язык")),
        ("3 учителя Иванова", Whom(3, "teachers", "", "Иванова")),
        ("5 родителей", Whom(5, "parents")),
        ("4 ученика", Whom(4, "other")),
        ("10000", Whom(None, None, "", "10000")),
        ("замечание", Whom(None, None, "", "замечание")),
        ("3 учителя 5 «А» класса", Whom(3, "teachers", "", "5 «А» класса")),
        ("1 учитель математики 7 класс", Whom(1, "teachers", "математика", "7 класс")),
        ("директор школы 3", Whom(1, "heads", "", "школы 3")),
        ("3-4 учителя", Whom(None, "teachers", "", "3-4")),
        ("10+ педагогов", Whom(None, "teachers", "", "10+")),
        ("2-х учителей", Whom(2, "teachers")),
        ("учитель 1", Whom(1, "teachers")),
        ("учителя 3 и завучи 2", Whom(5, "team")),
        ("директор и 2 завуча, всего 3", Whom(3, "heads")),
        ("7 3 учителя", Whom(3, "teachers", "", "7")),
        ("два учителя русского и двое математиков", Whom(4, "teachers", "русский язык, математика")),
        ("с директором и завучем", Whom(2, "heads")),
        ("педагог-психолог", Whom(1, "specialists")),
        ("4 классных руководителя", Whom(4, "heads", "", "классных")),
        ("3 школьника", Whom(3, "other")),
        ("заместитель директора", Whom(1, "heads")),
        ("трудности", Whom(None, None, "", "трудности")),
        ("командировка", Whom(None, None, "", "командировка")),
        ("2 учитля", Whom(2, "teachers")),
        ("1 200 учителей", Whom(1200, "teachers")),
        ("2026 учителей", Whom(2026, "teachers")),
        ("учителя, 2026 год", Whom(None, "teachers", "", "2026 год")),
        ("5² учителей", Whom(5, "teachers", "", "²")),
        ("", Whom()),
    ],
)
def test_people_and_their_category(text: str, whom: Whom) -> None:
    assert read_people(text) == whom


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("договорились → 01.12 повторный выезд", Outcome("договорились", "повторный выезд", "2026-12-01")),
        ("→ через две недели звонок", Outcome("", "звонок", "2026-12-07")),
        ("итог -> до 5 декабря план", Outcome("итог", "план", "2026-12-05")),
        ("x → в пятницу", Outcome("x", "", "2026-11-27")),
        ("x → в понедельник", Outcome("x", "", "2026-11-30")),
        ("x → 20.11 звонок", Outcome("x", "звонок", "2027-11-20")),
        ("x → через месяц", Outcome("x", "", "2026-12-23")),
        ("x → 2026-12-24", Outcome("x", "", "2026-12-24")),
        ("x → 31.02 план", Outcome("x", "31.02 план", None, "31.02")),
        ("нет стрелки 01.12", Outcome("нет стрелки 01.12")),
        ("", Outcome()),
    ],
)
def test_what_follows_the_arrow_is_the_next_step(text: str, found: Outcome) -> None:
    assert read_outcome(text, DAY) == found


def test_a_month_later_is_never_a_day_that_is_not_there() -> None:
    assert read_outcome("→ через месяц", date(2027, 1, 31)).on == "2027-02-28"
    assert read_outcome("→ через 3 месяца", date(2027, 11, 30)).on == "2028-02-29"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20.11", date(2026, 11, 20)),
        ("вчера", date(2026, 11, 22)),
        ("1 декабря", date(2026, 12, 1)),  # eight days ahead are nearer than a year ago
        ("20.06", date(2026, 6, 20)),
        ("20.11.25", date(2025, 11, 20)),
        ("в пятницу", date(2026, 11, 20)),
        ("20.11 и ещё", None),
        ("31.02", None),
        ("когда-нибудь", None),
    ],
)
def test_the_day_of_an_entry(text: str, day: date | None) -> None:
    assert read_day(text, DAY) == day


def test_the_first_letter_names_the_kind() -> None:
    assert [kind_of(text) for text in ("в", "К", "п", "у", "т")] == [
        "visit", "consultation", "lesson", "lesson", "tutoring"]  # fmt: skip
    assert kind_of("Посещение школы") == "visit"
    assert kind_of("посещение урока") == "lesson"
    assert kind_of("прогулка") is None


@given(st.integers(0, 9_999) | st.none(), st.sampled_from(AUDIENCES) | st.none())
def test_what_is_shown_of_people_is_read_back(people: int | None, audience: str | None) -> None:
    assert read_people(people_words(people, audience)) == Whom(people, audience)


_PLAIN = st.text("абвгдежзиклмно ", max_size=30).map(lambda text: " ".join(text.split()))


@given(_PLAIN, _PLAIN, st.dates(DAY, date(2090, 1, 1)) | st.none())
def test_what_is_shown_of_outcome_and_step_is_read_back(outcome: str, step: str, on: date | None) -> None:
    if find_day(step, DAY) is not None:
        return
    shown = outcome_words(outcome, step, on.isoformat() if on else None)
    assert read_outcome(shown, DAY) == Outcome(outcome, step, on.isoformat() if on else None)


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    whom, found, fields = read_people(text), read_outcome(text, DAY), read_line(text, DAY)
    assert whom.people is None or 0 <= whom.people <= 9_999
    assert found.on is None or date.fromisoformat(found.on)
    assert fields is None or fields.kind is not None
    assert read_day(text, DAY) is None or not text.isspace()


@given(_PLAIN, st.sampled_from(["визит", "консультация", "посещение урока", "тьюторство"]), _PLAIN)
def test_every_word_of_a_line_stays_somewhere(school: str, kind: str, topic: str) -> None:
    line = f"{school} {kind} {topic}"
    fields = read_line(line, DAY)
    if fields is None:
        assert not (school + topic).strip()
        return
    kept = f"{fields.school} {fields.people} {fields.topic} {fields.outcome} {kind}".replace(",", "").split()
    # «в школе»: the preposition before a school is the only word that goes
    kept, told = ([word for word in found if word not in {"в", "во"}] for found in (kept, line.split()))
    assert fields.day is not None or sorted(kept) == sorted(told)
