"""Decisions and the legal base of the example: in time, late, near, partly, not done without a word why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.store import Operation, Store
from app.operations import registers

GROUP = "Рабочая группа по поддержке школ с низкими результатами"
CHAIR, SECRETARY = "Ветрова Надежда Александровна", "Ракитина Елена Викторовна"
PRESENT = "\n".join((
    "Ветрова Надежда Александровна, начальник управления образования",
    "Ракитина Елена Викторовна, методист муниципальной методической службы",
    "Калинин Сергей Олегович, главный специалист управления образования",
    "Плотникова Юлия Марковна, руководитель методического объединения учителей математики",
))  # fmt: skip

Point = tuple[int | None, str, str, int | None, str | None, str, str | None, str | None, str | None]
"""(question, what, who, school by its place, due, state, done on, result, reason); days are «месяц-день»."""


def fill(store: Store, ids: Mapping[str, int], last: int) -> None:
    """Write documents with their points and the legal base as two operations.

    Args:
        store: the open file.
        ids: keys of the schools.
        last: the last result year; the school year that begins in it is watched.
    """
    schools = list(ids.values())
    with store.operation("Внесены документы с решениями", "demo.decisions") as operation:
        for head, questions, points in _documents(last):
            _document(operation, schools, last, head, questions, points)
    with store.operation("Внесена правовая база", "demo.acts") as operation:
        for act in _acts(last):
            registers.add_in(operation, "acts", {}, **act)


def _document(
    operation: Operation, schools: Sequence[int], year: int, head: Mapping[str, Any],
    questions: Sequence[Mapping[str, Any]], points: Sequence[Point],
) -> None:  # fmt: skip
    key = registers.add_in(operation, "documents", {"school_year": year}, **head)
    scope = {"document_id": key}
    agenda = [registers.add_in(operation, "agenda", scope, **item) for item in questions]
    for question, text, who, school, due, state, done, result, reason in points:
        values = {
            "agenda_id": None if question is None else agenda[question], "text": text, "responsible": who,
            "organisation_id": None if school is None else schools[school % len(schools)],
            "due_on": due, "state": state, "done_on": done, "result": result, "reason": reason,
        }  # fmt: skip
        registers.add_in(operation, "points", scope, **{name: one for name, one in values.items() if one is not None})


def _documents(year: int) -> list[tuple[dict[str, Any], list[dict[str, Any]], list[Point]]]:
    return [
        (
            {"kind": "protocol", "number": "3", "dated": f"{year}-09-18", "title": "Список школ и план помощи на год",
             "body": GROUP, "data_on": f"{year}-08-28", "ground": f"Результаты ВПР и ОГЭ {year} года",
             "place": "управление образования, каб. 12", "chair": CHAIR, "secretary": SECRETARY, "present": PRESENT,
             "next_on": f"{year}-11-06"},
            [
                {"topic": "О школах с низкими результатами", "speaker": "Ракитина Е. В.", "votes_for": 6,
                 "votes_against": 0, "votes_abstained": 0,
                 "heard": "Сопоставили результаты двух лет. Назвали школы, которым нужна помощь, и причины."},
                {"topic": "О плане помощи", "speaker": "Калинин С. О.", "votes_for": 5, "votes_against": 0,
                 "votes_abstained": 1, "heard": "Обсудили, кто из сильных школ может стать донором."},
            ],
            [
                (0, "Направить школам аналитические листы", "Ракитина Е. В.", None, f"{year}-09-30", "done",
                 f"{year}-09-28", "Листы получили все школы", None),
                (0, "Подготовить план устранения пробелов по математике в 5–6 классах", "директор школы", 6,
                 f"{year}-10-20", "done", f"{year}-10-27", "План утверждён педсоветом", None),
                (1, "Закрепить за школами кураторов", "Калинин С. О.", None, f"{year}-10-05", "done",
                 f"{year}-10-02", "Приказ № 214", None),
                (1, "Заключить соглашение с гимназией", "директор школы", 2, f"{year}-11-10", "running", None, None,
                 None),
                (1, "Провести семинар по оценке ответов ВПР", "Плотникова Ю. М.", None, f"{year}-11-14", "not_done",
                 None, None, None),
            ],
        ),
        (
            {"kind": "order", "number": "214", "dated": f"{year}-10-02", "title": "О закреплении кураторов",
             "body": "Управление образования", "data_on": f"{year}-09-18", "ground": "Протокол рабочей группы № 3"},
            [],
            [
                (None, "Посетить школы и составить карты адресной помощи", "кураторы", None, f"{year}-11-27",
                 "running", None, None, None),
                (None, "Представить отчёт о первом посещении", "кураторы", 1, f"{year}-12-15", "open", None, None,
                 None),
            ],
        ),
        (
            {"kind": "protocol", "number": "4", "dated": f"{year}-11-06", "title": "Ход программы за первую четверть",
             "body": GROUP, "data_on": f"{year}-10-30", "ground": "Отчёты школ за первую четверть",
             "place": "управление образования, каб. 12", "chair": CHAIR, "secretary": SECRETARY, "present": PRESENT,
             "next_on": f"{year}-12-18"},
            [
                {"topic": "Об исполнении протокола № 3", "speaker": "Ракитина Е. В.", "votes_for": 4,
                 "votes_against": 0, "votes_abstained": 0, "heard": "Один пункт не выполнен, один просрочен."},
                {"topic": "О работе школы с неуспевающими", "speaker": "директор школы",
                 "heard": "Директор доложил, какие планы составлены и кто за них отвечает."},
            ],
            [
                (0, "Перенести семинар по оценке ответов ВПР на январь", "Плотникова Ю. М.", None,
                 f"{year + 1}-01-20", "open", None, None, None),
                (1, "Сдать планы для неуспевающих по русскому языку", "директор школы", 6, f"{year}-11-20", "part",
                 None, "Сданы планы 6 классов", None),
                (1, "Обсудить планы на методическом объединении", "Плотникова Ю. М.", None, None, "open", None, None,
                 None),
            ],
        ),
    ]  # fmt: skip


def _acts(year: int) -> list[dict[str, Any]]:
    def act(
        level: str, kind: str, number: str | None, dated: str | None, title: str, topic: str, regulates: str | None,
        date_to: str | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        values = {"level": level, "kind": kind, "number": number, "dated": dated, "title": title, "topic": topic,
                  "regulates": regulates, "date_to": date_to}  # fmt: skip
        return {name: value for name, value in values.items() if value is not None}

    return [
        act("regional", "распоряжение", "1102-р", f"{year - 1}-06-11", "О поддержке школ с низкими результатами",
            "порядок отбора школ", "признаки, сроки и порядок отбора школ"),
        act("municipal", "приказ", "358-од", f"{year - 2}-09-15", "О рабочей группе", "рабочая группа",
            "состав группы, порядок её заседаний"),
        act("municipal", "приказ", "214", f"{year}-10-02", "О закреплении кураторов", "кураторы и тьюторы",
            "кто ведёт какую школу и что сдаёт"),
        act("municipal", "приказ", "87-од", f"{year - 1}-03-02", "О порядке мониторинга программы", "мониторинг",
            "показатели, сроки и ответственные", f"{year}-08-31"),
        act("municipal", "приказ", "390-од", f"{year - 1}-10-14", "Об утверждении пар школ", "сетевое партнёрство",
            "школа списка и её школа-лидер"),
        act("municipal", "положение", None, f"{year}-09-01", "О помощи школам списка", "порядок помощи школам", None),
    ]  # fmt: skip
