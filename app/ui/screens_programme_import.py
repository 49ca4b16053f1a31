"""The screens of «Загрузить план»: empty, understood with marks, findings, where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour

_HEAD = ["№ п/п", "Наименование мероприятия", "Сроки исполнения", "Ответственный", "Ожидаемый результат", "Место"]
_ROWS = [
    ["Задача 1. Обновить методическую работу"],
    ["1", "Выявление школ, которым нужна методическая помощь, по результатам двух лет", "август – сентябрь 2026 года",
     "УО Ракитина Е. В., ММС Ким О. В.", "1. Список школ с основаниями. 2. Справка о причинах", "ММС"],
    ["2", "Семинары для директоров о переходе школы в эффективный режим", "октябрь 2026, февраль и апрель 2027 года",
     "ММС Ким О. В.", "Три семинара; сборник материалов", "СОШ № 4"],
    ["3", "Консультации тьюторов в школах списка", "", "руководители ММО", "Журнал консультаций", ""],
    ["Задача 2. Усилить кадры"],
    ["4", "Стажировки школьных команд в школах-донорах", "сентябрь – декабрь 2027", "ММС Ким О. В., руководители ОО",
     "Отчёты о стажировках", ""],
    ["5", "Совещания с руководителями школ", "В течение года", "УО Ракитина Е. В.", "Принятые решения", ""],
    ["6", "Наставничество молодых учителей", "по отдельному плану", "руководители ОО", "Пары наставников", ""],
]  # fmt: skip
_MONEY = [
    ["№", "Мероприятие", "Источник финансирования", "2026", "2027"],
    ["2", "Семинары для директоров о переходе школы в эффективный режим", "Местный бюджет", "40 000", "85 000"],
    ["4", "Стажировки школьных команд в школах-донорах", "Областной бюджет", "", "120 000"],
]
_TITLE = "Комплекс мер по поддержке школ Лесогорского округа на 2026-2027 учебный год"


def shoot_programme_import(tour: Tour) -> None:
    """Walk through the wizard with a plan of two tables."""
    from app.ui.windows.programme_import import ProgrammeImportWizard

    tour.window.go("import_plan", None)
    tour.wait()
    wizard = tour.window.workspace.windows[-1]
    if not isinstance(wizard, ProgrammeImportWizard):
        return
    tour.shoot("plan-import-empty", wizard)
    wizard.read(_document(tour.folder / "Комплекс мер.txt"))
    tour.wait()
    tour.shoot("plan-import-rows", wizard)
    wizard.tabs.setCurrentIndex(1)
    tour.shoot("plan-import-findings", wizard)
    wizard.go_on()
    tour.shoot("plan-import-where", wizard)
    wizard.close()


def _document(path: Path) -> Path:
    """Write the plan as a text with tabs: what is saved out of Word or Excel."""
    parts = [_TITLE, *("\t".join([*row, *[""] * (len(_HEAD) - len(row))]) for row in [_HEAD, *_ROWS])]
    parts += ["Финансовое обеспечение", *("\t".join(row) for row in _MONEY)]
    path.write_text("\n".join(parts), "utf-8")
    return path
