"""The directory of people and bodies: who is responsible, who votes, who signs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.analysis.russian import Case
from app.models.people import Body, Person
from app.operations import directory
from app.texts import count, ru_date
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

PEOPLE = (
    Column("name", "Имя", lambda p: p.full_name, 190, 3, middle=True, strong=True),
    Column("position", "Должность", lambda p: p.position or "", 160, 3, middle=True),
    Column("phone", "Телефон", lambda p: p.phone or "", 120, 1),
    Column("email", "Почта", lambda p: p.email or "", 140, 2, middle=True),
)


def _created(body: Body) -> str:
    return ", ".join(part for part in (body.act, ru_date(body.date_from) if body.date_from else "") if part)


BODIES = (
    Column("name", "Название", lambda b: b.name, 220, 3, middle=True, strong=True),
    Column("kind", "Что это", lambda b: b.kind, 130, 1),
    Column("act", "Создан", _created, 150, 2),
    Column("members", "Состав", lambda b: ", ".join(member[2] for member in b.members), 220, 4,
           tip=lambda b: "\n".join(f"{member[2]} — {member[3]}" for member in b.members)),
)  # fmt: skip


NAME_CASES: tuple[tuple[Case, str, str], ...] = (
    ("genitive", "Имя в родительном падеже (кого)", "пусто — по правилам"),
    ("dative", "Имя в дательном падеже (кому)", "пусто — по правилам"),
    ("instrumental", "Имя в творительном падеже (кем)", "пусто — по правилам"),
)
"""Own forms of a name that is not declined by rule."""


class PeopleWindow(Window):
    """People above, bodies below."""

    guide = ("01-школы", "Карточка")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Люди и группы", parent, size=(940, 620))
        self.people = DataTable(
            "people", PEOPLE, lambda p: p.id, habits=session.habits, title="Люди", searchable=True,
            empty=EmptyState("users", "Никого нет", "Здесь будут ответственные, эксперты, подписывающие.",
                             ("Добавить человека…", self._add_person)),
        )  # fmt: skip
        self.bodies = DataTable(
            "bodies", BODIES, lambda b: b.id, habits=session.habits, title="Группы и комиссии", filters=False,
            empty=EmptyState("users", "Групп нет", "Здесь будут рабочая группа, координационный совет, комиссии.",
                             ("Добавить группу…", self._add_body)),
        )  # fmt: skip
        self.people.activated.connect(lambda _p: self._edit_person())
        self.people.row_actions = self._person_actions
        splitter = split(self.people, self.bodies, stretch=(3, 2), vertical=True, handle=10)
        self.body.addWidget(splitter, 1)
        self.add_buttons(
            Button("Закрыть", self.accept),
            left=[
                Button("Добавить человека…", self._add_person, icon="plus"),
                Button("Добавить группу…", self._add_body, icon="users"),
                Button("Включить в группу…", self._add_member),
            ],
        )
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the directory anew."""
        self.take(self.session.desk.read(directory.people), self._show_people)
        self.take(self.session.desk.read(directory.bodies), self.bodies.set_rows)

    def _show_people(self, found: list[Person]) -> None:
        self.say(count(len(found), "человек", "человека", "человек") + " в справочнике")
        self.people.set_rows(found)

    def _person_fields(self, person: Person | None = None) -> list[Field]:
        def value(name: str) -> str:
            return str(getattr(person, name) or "") if person is not None else ""

        forms = directory.own_forms(person) if person is not None else {}
        return [
            Field("full_name", "Фамилия, имя, отчество", value("full_name"), required=True),
            Field("position", "Должность", value("position")),
            Field("phone", "Телефон", value("phone")),
            Field("email", "Почта", value("email")),
            *(Field(case, title, forms.get(case, ""), hint) for case, title, hint in NAME_CASES),
        ]

    @staticmethod
    def _values(answer: dict[str, str]) -> dict[str, str | None]:
        """Return the columns of a person: forms of the name together, empty lines as nothing."""
        forms = directory.case_forms({case: answer.pop(case, "") for case, _title, _hint in NAME_CASES})
        return {key: value or None for key, value in answer.items()} | {"name_cases": forms}

    def _add_person(self) -> None:
        answer = self.session.dialogs.ask("Новый человек", "", self._person_fields(), "Добавить")
        if answer is not None:
            name = answer.pop("full_name")
            fields = self._values(answer)
            self.take(self.session.written(lambda store: directory.add_person(store, name, **fields)), None)

    def _edit_person(self) -> None:
        person: Person | None = self.people.current()
        if person is None:
            return
        answer = self.session.dialogs.ask("Изменить запись", "", self._person_fields(person), "Сохранить")
        if answer is not None:
            fields = self._values(answer)
            key = person.id
            self.take(self.session.written(lambda store: directory.edit_person(store, key, **fields)), None)

    def _erase_person(self) -> None:
        person: Person | None = self.people.current()
        if person is None:
            return
        chosen = self.session.dialogs.choose(
            "Стереть сведения о человеке",
            f"Сведения о «{person.full_name}» исчезнут из файла, журнала и копий. Вернуть их будет нельзя. "
            "Утверждённые списки и подписанные документы останутся какими были.",
            [Choice("keep", "Не стирать"), Choice("erase", "Стереть навсегда", dangerous=True)],
        )
        if chosen == "erase":
            self.take(
                self.session.written(directory.erase_person, person.id),
                lambda _copies: self.bar.show_message("ok", "Сведения стёрты из файла, журнала и копий."),
            )

    def _add_body(self) -> None:
        answer = self.session.dialogs.ask(
            "Новая группа", "",
            [Field("name", "Название", required=True), Field("kind", "Что это", "рабочая группа", required=True),
             Field("act", "Каким приказом создана"), Field("date_from", "С какого числа", hint="01.09.2026")],
            "Добавить",
        )  # fmt: skip
        if answer is not None:
            future = self.session.written(
                directory.add_body, answer["name"], answer["kind"], answer["act"] or None, answer["date_from"] or None
            )
            self.take(future, None)

    def _add_member(self) -> None:
        person: Person | None = self.people.current()
        body: Body | None = self.bodies.current()
        if person is None or body is None:
            self.bar.show_message("info", "Выберите человека вверху и группу внизу.")
            return
        answer = self.session.dialogs.ask(
            "Включить в группу", f"{person.full_name} — «{body.name}»",
            [Field("role", "В каком качестве", "член группы", required=True)], "Включить",
        )  # fmt: skip
        if answer is not None:
            self.take(self.session.written(directory.add_member, body.id, person.id, answer["role"]), None)

    def _person_actions(self) -> list[RowAction | None]:
        return [
            ("Изменить…", self._edit_person),
            ("Включить в группу…", self._add_member),
            None,
            ("Стереть сведения…", self._erase_person),
        ]
