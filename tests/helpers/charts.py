"""One chart of each kind, invented."""

from __future__ import annotations

from app.reports.charts import (
    BarChart,
    Bullet,
    BulletChart,
    ChartSpec,
    Dot,
    HeatCell,
    HeatChart,
    Level,
    LineChart,
    Point,
    RadarChart,
    ScatterChart,
    Series,
    StackedChart,
    Tone,
)

_RISK_TONES: tuple[tuple[int, Tone], ...] = ((3, "bad"), (2, "warn"), (1, "accent"))
_MARK_TONES: tuple[Tone, ...] = ("bad", "warn", "accent", "ok")

THRESHOLD = Level(30, "порог 30 %")

LINE = LineChart(
    "Ниже минимума по математике, 6 класс, СОШ № 3",
    "%",
    (
        Series(
            "СОШ № 3",
            (
                Point("2022", 28.1, 15.6, 45.4, "9 из 32, 28,1 %"),
                Point("2023", 31.0, 17.3, 49.2, "9 из 29, 31 %"),
                Point("2024", None),
                Point("2025", 38.7, 23.7, 56.2, "12 из 31, 38,7 %", link=5),
                Point("2026", 44.4, 18.9, 73.3, "4 из 9, 44,4 %", small=True, link=5),
            ),
        ),
    ),
    (THRESHOLD,),
    "Интервал 95 %. Пустой значок — мало детей, вывод ненадёжен.",
)


def _line(name: str, values: tuple[float | None, ...], half: float) -> Series:
    points = [
        Point(str(2022 + place), value, value and value - half, value and value + half, f"{value} %" if value else "")
        for place, value in enumerate(values)
    ]
    return Series(name, tuple(points))


LINES = LineChart(
    "Доля «2» по русскому языку и математике, школы Лесогорского муниципального округа",
    "%",
    (
        _line("русский язык, 6 класс", (28, 31, 34, 38.7), 7),
        _line("математика, 6 класс", (40, 38, None, 35.5), 6),
        _line("муниципалитет", (22, 25, 30, 32.1), 2),
    ),
    (THRESHOLD, Level(33, "регион 33 %")),
    "Интервал 95 %.",
)

_FACTORS = (
    "Низкий уровень оснащения школы",
    "Дефицит педагогических кадров",
    "Недостаточная предметная и методическая компетентность педагогов",
    "Риски низкой адаптивности учебного процесса",
    "Низкая учебная мотивация обучающихся",
    "Низкий уровень вовлечённости родителей",
)
_WORDS = {1: "низкая", 2: "средняя", 3: "высокая"}
_LEVELS = (1, 3, 2, 1, 3, None)
STEPS = ((1.0, "низкая"), (2.0, "средняя"), (3.0, "высокая"))

RISKS = BarChart(
    "Рисковый профиль",
    "",
    tuple(
        Series(
            f"{_WORDS[step]} значимость",
            tuple(
                Point(label, step if level == step else None, told=_WORDS[step] if level == step else "")
                for label, level in zip(_FACTORS, _LEVELS, strict=True)
            ),
            tone,
        )
        for step, tone in _RISK_TONES
    ),
    STEPS,
    note="Получен 14.10.2025.",
)
CONTRIBUTIONS = BarChart(
    "Вклад показателей в индекс",
    "",
    (
        Series(
            "",
            (
                Point("доля детей из малоимущих семей", -0.62),
                Point("дети с ОВЗ", -0.11),
                Point("высшее образование родителей", 0.4),
            ),
        ),
    ),
    levels=(Level(0.3, "верхняя четверть"),),
)
_COUNTS = {"2023": (9, 11, 8, 2), "2024": (0, 0, 0, 0), "2025": (12, 9, 8, 2), "муниципалитет": (203, 511, 322, 101)}
STACKED = StackedChart(
    "Отметки за ВПР по математике, 6 класс",
    tuple(
        Series(f"«{place + 2}»", tuple(Point(label, counts[place]) for label, counts in _COUNTS.items()), tone)
        for place, tone in enumerate(_MARK_TONES)
    ),
    "Доли от числа участников.",
)
HEAT = HeatChart(
    "Ниже минимума, 2026 год, %",
    ("СОШ № 1", "СОШ № 2", "Верхнеключевская основная общеобразовательная школа"),
    ("ВПР, русский язык, 5 класс", "ВПР, математика, 5 класс", "ОГЭ, математика"),
    (
        (HeatCell(9.9, "3 из 30"), HeatCell(30.0, "9 из 30"), HeatCell(55.5, "5 из 9", small=True)),
        (HeatCell(12.0, "3 из 25"), HeatCell(0.0, "0 из 20"), HeatCell(None)),
        (HeatCell(25.0, "1 из 4", small=True), HeatCell(49.9, "12 из 24"), HeatCell(20.0, "4 из 20")),
    ),
    links=(11, 12, 13),
)
SCATTER = ScatterChart(
    "Контекст и результаты",
    "социальный контекст",
    "результаты",
    (
        Dot(-1.2, 32, "СОШ № 1", "disadvantaged", "2 из 9", named=True, link=1),
        Dot(-1.15, 33, "СОШ № 2", "disadvantaged", "", named=True, link=2),
        Dot(-1.1, 61, "СОШ № 3", "resilient", "", named=True, link=3),
        Dot(0.1, 50, "СОШ № 4", "middle", "", link=4),
        Dot(1.2, 64, "Гимназия № 1", "successful", "", named=True, link=5),
        Dot(1.21, 64, "Лицей № 2", "successful", "", named=True, link=6),
    ),
    (
        ("disadvantaged", "неблагополучные"), ("resilient", "резильентные"), ("successful", "успешные"),
        ("middle", "не отнесены"),
    ),
    (-0.6, 0.6),
    (45, 55),
    ("", "", "", ""),
    tuple((place / 4, 50 + place * 3, 45 + place * 3, 55 + place * 3) for place in range(-5, 6)),
    "6 школ.",
)  # fmt: skip
RADAR = RadarChart(
    "Рисковый профиль",
    (
        Series("2024", tuple(Point(label, level) for label, level in zip(_FACTORS, (1, 3, 2, 1, 0, 3), strict=True))),
        Series("2025", tuple(Point(label, level) for label, level in zip(_FACTORS, (1, 2, 2, 1, 0, 2), strict=True))),
    ),
    STEPS,
)
BULLETS = BulletChart(
    "Показатели: факт и цель, 2026 год",
    (
        Bullet("1.1 Доля школ с низкими результатами, %", 29.2, 30, 37.5, "ok", "29,2 %, цель 30 %", "достигнуто"),
        Bullet("1.2 Доля учителей, прошедших адресные курсы по предмету", 36.4, 40, 18, "warn", "36,4 %, цель 40 %",
               "почти: −3,6"),
        Bullet("1.3 Школ с соглашением", 5, 9, 4, "bad", "5, цель 9", "отстаёт: −4"),
        Bullet("2.1 Средний балл самооценки", None, 27, 21, "none", "цель 27", "нет данных"),
        Bullet("2.2 Решений исполнено в срок", 11, None, None, "none", "11, цели нет", "нет цели"),
        Bullet("2.3 Отклонение от плана", -4, -2, -6, "bad", "−4, цель −2", "отстаёт: −2"),
    ),
    "Показаны 6 из 60 показателей: отстающие первыми.",
)  # fmt: skip
ALL: dict[str, ChartSpec] = {
    "line": LINE, "lines": LINES, "risks": RISKS, "contributions": CONTRIBUTIONS, "stacked": STACKED, "heat": HEAT,
    "scatter": SCATTER, "radar": RADAR, "bullets": BULLETS,
}  # fmt: skip
