"""«Экспертная оценка»: who answered what, largest disagreement first, what was agreed and why, the protocol."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.forms.answers import shown
from app.forms.item_types import NO, YES
from app.models.form_protocols import ProtocolMember
from app.models.store import Connection
from app.operations import form_group, form_group_papers
from app.operations.form_group import ROLE_WORDS, FormGroup, GroupItem, Voice
from app.texts import count, ru_date, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.form_summary_columns import TONES
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window
from app.ui.windows.form_paper import Chosen

SKIPPED = "@"
"""What the choice of an agreed answer calls «не применимо»."""
TABLES = frozenset({"form_case", "form_answer", "form_protocol", "form_protocol_member", "form_round"})


def _votes(pair: tuple[GroupItem, FormGroup]) -> str:
    one, found = pair
    said = [
        f"{vote.text}: {', '.join(found.experts[place].name for place in vote.who)}" for vote in one.spread.votes
    ]  # fmt: skip
    if one.spread.silent:
        said.append(f"нет ответа: {', '.join(found.experts[place].name for place in one.spread.silent)}")
    return "; ".join(said)


def _spread(pair: tuple[GroupItem, FormGroup]) -> str:
    spread = pair[0].spread
    if not spread.answered:
        return "нет ответов"
    if spread.disputed:
        return f"разошлись на {spread.spread}" if spread.spread else "разошлись"
    return "единогласно" if spread.unanimous else "не все ответили"


def _spread_kind(pair: tuple[GroupItem, FormGroup]) -> Kind:
    spread = pair[0].spread
    return "warn" if spread.disputed else "ok" if spread.unanimous else "none"


def _agreed(pair: tuple[GroupItem, FormGroup]) -> str:
    one = pair[0]
    return shown(one.item, one.agreed) if one.agreed is not None else ""


def _own(pair: tuple[GroupItem, FormGroup]) -> str:
    one = pair[0]
    return shown(one.item, one.own) + (" ≠" if one.differs_from_own else "") if one.own is not None else ""


def _reason(pair: tuple[GroupItem, FormGroup]) -> str:
    return pair[0].agreed.comment if pair[0].agreed is not None else ""


ITEMS: tuple[Column, ...] = (
    Column("number", "№", lambda pair: pair[0].item.number or pair[0].item.id, 50, strong=True),
    Column("text", "Показатель", lambda pair: " ".join(pair[0].item.text.split()), 230, 3, 150,
           tip=lambda pair: pair[0].item.text.strip()),
    Column("votes", "Кто как ответил", _votes, 210, 3, 150, tip=_votes),
    Column("spread", "Расхождение", _spread, 138, kind="chip", chip=_spread_kind,
           sort=lambda pair: tuple(-float(part) for part in pair[0].spread.weight)),
    Column("agreed", "Согласовано", _agreed, 120, 1, 90, strong=True),
    Column("reason", "Причина", _reason, 130, 2, 80, tip=_reason),
    Column("own", "Самооценка", _own, 110, 1, 84,
           tip=lambda pair: "Эксперты ответили иначе" if pair[0].differs_from_own else ""),
)  # fmt: skip


def _points(voice: Voice) -> str:
    counts = form_group_papers.counts(voice.result)
    return f"{counts[0]} из {counts[1]}" if counts is not None else ""


WHO: dict[str, str] = {"self": "Самооценка", "agreed": "Согласованная оценка"}
VOICES: tuple[Column, ...] = (
    Column("who", "Кто оценивал", lambda voice: WHO.get(voice.case.role, voice.name), 220, 2, 150, strong=True),
    Column("done", "Заполнено", lambda voice: f"{voice.answered} из {voice.of}", 100, kind="number",
           sort=lambda voice: voice.answered),
    Column("points", "Баллов", _points, 100, kind="number"),
    Column("level", "Уровень", lambda voice: voice.level.text if voice.level is not None else "", 180, 1, 130,
           kind="chip", chip=lambda voice: TONES[voice.level.tone] if voice.level is not None else "none"),
    Column("reason", "Почему такой уровень", lambda voice: voice.case.level_reason or "", 190, 2, 120,
           tip=lambda voice: voice.case.level_reason or ""),
)  # fmt: skip


class FormGroupWindow(Window):
    """The experts on one subject.

    Args:
        session: the session.
        case_id: any case of the subject in the round.
        parent: the window.
    """

    guide = ("09-чек-листы", "Экспертная оценка")

    def __init__(self, session: Session, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Экспертная оценка", parent, size=(1180, 700))
        self._case_id = case_id
        self.found: FormGroup | None = None
        px = theme.current().px
        self.voices = DataTable(
            "form_voices", VOICES, lambda voice: voice.case.id, habits=session.habits, title="Оценки", filters=False,
            empty=EmptyState("users", "Экспертов пока нет", "Добавьте экспертов: у каждого будет своя форма.",
                             ("Добавить эксперта…", self.add_expert)),
        )  # fmt: skip
        self.items = DataTable(
            "form_votes", ITEMS, lambda pair: pair[0].item.id, habits=session.habits, title="Голоса по пунктам",
            filters=True,
        )  # fmt: skip
        self.items.lead.addWidget(Label("Сначала те пункты, где мнения разошлись сильнее", "muted"))
        self.items.row_actions = self._row_actions
        self.items.activated.connect(lambda _pair: self.agree())
        self.voices.activated.connect(lambda voice: self._open(voice.case.id))
        parts = split(self.voices, self.items, stretch=(1, 4), sizes=(px(160), px(420)), vertical=True, handle=8)
        self.body.addWidget(parts, 1)
        self.adding = Button("Добавить эксперта…", self.add_expert, icon="plus")
        self.levelling = Button("Уровень…", self.name_level)
        self.protocolling = Button("Протокол…", self.write_protocol, icon="edit")
        self.printing = Button("Печать протокола…", self.show_paper, icon="printer")
        self.unanimous = Button("Принять единогласные", self.accept_unanimous, icon="circle-check", kind="primary")
        self.add_buttons(
            self.printing, self.unanimous, Button("Закрыть", self.accept),
            left=(self.adding, self.levelling, self.protocolling),
        )  # fmt: skip
        self.refresh()

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the assessment anew."""
        case_id = self._case_id

        def read(connection: Connection) -> FormGroup:
            return form_group.of_case(connection, case_id)

        self.take(self.session.desk.read(read), self._show)

    def touched(self, tables: object) -> None:
        """Another place changed answers or cases."""
        if isinstance(tables, set | frozenset) and tables & TABLES:
            self.refresh()

    def _show(self, found: FormGroup) -> None:
        self.found = found
        others = [voice for voice in (found.agreed, found.own) if voice is not None]
        self.voices.set_rows([*found.experts, *others] if found.experts else [])
        self.items.set_rows([(one, found) for one in found.disputed])
        self.items.setVisible(bool(found.experts))
        disputed = sum(one.spread.disputed for one in found.items)
        agreed = len(found.items) - len(found.to_agree)
        ready = sum(one.spread.unanimous for one in found.to_agree)
        said = [
            f"{found.subject.shown} · {found.round.title}, {school_year(found.round.school_year)}",
            count(len(found.experts), "эксперт", "эксперта", "экспертов") if found.experts else "экспертов пока нет",
        ]
        if found.experts:
            said.append(f"разошлись по {disputed} из {len(found.items)}, согласовано {agreed}")
        self.say(" · ".join(said))
        locked = found.agreed is not None and found.agreed.case.locked
        writable = not self.session.desk.read_only
        self.adding.setEnabled(writable)
        self.protocolling.setEnabled(writable and bool(found.experts))
        self.printing.setEnabled(bool(found.experts))
        self.unanimous.setEnabled(writable and ready > 0 and not locked)
        has_levels = any(score.levels for score in found.form.scores)
        self.levelling.setVisible(has_levels)
        self.levelling.setEnabled(writable and found.agreed is not None and not locked)

    # --- acting --------------------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        if self.session.desk.read_only or self.items.current() is None:
            return []
        made: list[RowAction | None] = [("Согласовать ответ…", self.agree)]
        return made

    def _open(self, case_id: int) -> None:
        self.session.go("forms", ("fill", case_id))
        self.accept()

    def add_expert(self) -> None:
        """Ask for the name of one more expert."""
        found = self.found
        if found is None:
            return
        given = self.session.dialogs.ask(
            "Добавить эксперта", "У эксперта будет своя форма: заполните её на экране или отправьте ему бланк.",
            [Field("name", "Фамилия и инициалы", required=True, hint="Кедрова О. В.")], "Добавить",
        )  # fmt: skip
        if given is not None:
            self.take(
                self.session.written(form_group.add_expert, found.round.id, found.subject.id, given["name"]), self._done
            )

    def accept_unanimous(self) -> None:
        """Take over what all experts answered alike."""
        found = self.found
        if found is not None:
            self.take(
                self.session.written(form_group.accept_unanimous, found.round.id, found.subject.id), self._accepted
            )

    def _accepted(self, number: int) -> None:
        self.bar.show_message("ok", f"Принято единогласных: {count(number, 'ответ', 'ответа', 'ответов')}.")
        self.refresh()

    def _done(self, _answer: object) -> None:
        self.refresh()

    def agree(self) -> None:
        """Ask what was agreed on the current item, and why."""
        pair = self.items.current()
        found = self.found
        if pair is None or found is None or self.session.desk.read_only:
            return
        one: GroupItem = pair[0]
        leading = one.spread.leading
        kept = one.agreed.value or "" if one.agreed is not None else leading.value if leading is not None else ""
        if one.agreed is not None and one.agreed.not_applicable:
            kept = SKIPPED
        choices = answer_choices(one)
        fields = [
            Field("value", "Согласованный ответ", kept or (choices[0][1] if choices else ""), choices=choices),
            Field("reason", "Причина", _reason(pair), hint="почему принят этот ответ", long=True),
        ]
        given = self.session.dialogs.ask(
            f"Пункт {one.item.number or one.item.id}", f"{' '.join(one.item.text.split())} {_votes(pair)}.", fields,
            "Согласовать",
        )  # fmt: skip
        if given is None:
            return
        skipped = given["value"] == SKIPPED
        future = self.session.written(
            form_group.agree, found.round.id, found.subject.id, one.item.id, "" if skipped else given["value"],
            given["reason"], not_applicable=skipped,
        )  # fmt: skip
        self.take(future, self._done)

    def name_level(self) -> None:
        """Ask for a level instead of that of the points, with a reason that is printed."""
        found = self.found
        if found is None or found.agreed is None:
            return
        levels = [(level.text, level.id) for score in found.form.scores for level in score.levels]
        case = found.agreed.case
        given = self.session.dialogs.ask(
            "Уровень согласованной оценки", "Причину напечатают в протоколе и в форме.",
            [Field("level", "Уровень", case.level or "", choices=(("по баллам", ""), *levels)),
             Field("reason", "Причина", case.level_reason or "", long=True)], "Записать",
        )  # fmt: skip
        if given is not None:
            future = self.session.written(
                form_group.override_level, found.round.id, found.subject.id, given["level"] or None, given["reason"]
            )
            self.take(future, self._done)

    def write_protocol(self) -> None:
        """Ask for number, date, body, members and decision."""
        found = self.found
        if found is None:
            return
        kept = found.protocol
        bodies = (("не из справочника", ""), *((name, str(key)) for key, name in found.bodies))
        fields = [
            Field("number", "Номер", (kept.number or "") if kept else "", hint="4"),
            Field("dated", "Дата", ru_date(kept.dated) if kept and kept.dated else "", hint="28.11.2026"),
            Field("place", "Место", (kept.place or "") if kept else ""),
            Field("body_id", "Чьё заседание", str(kept.body_id or "") if kept else "", choices=bodies),
            Field("members", "Кто присутствовал", members_text(kept.members if kept else ()), long=True,
                  hint="по одному в строке: имя; должность; председатель"),
            Field("decision", "Решили", (kept.decision or "") if kept else "", long=True),
            Field("opinion", "Особое мнение", (kept.opinion or "") if kept else "", long=True),
        ]  # fmt: skip
        given = self.session.dialogs.ask(
            "Протокол экспертной оценки", "Если участники не вписаны, они берутся из выбранной группы.", fields,
            "Записать",
        )  # fmt: skip
        if given is None:
            return
        body = int(given["body_id"]) if given["body_id"] else None
        values = {name: given[name] for name in ("number", "dated", "place", "decision", "opinion")}
        members = members_of(given["members"])
        future = self.session.written(
            form_group.put_protocol, found.round.id, found.subject.id, values | {"body_id": body}, members or None
        )
        self.take(future, self._done)

    def show_paper(self) -> None:
        """Show the protocol as a paper."""
        found = self.found
        if found is not None:
            self.session.go(
                "print_form_paper", Chosen("protocol", round_id=found.round.id, subject_id=found.subject.id)
            )


def answer_choices(one: GroupItem) -> tuple[tuple[str, str], ...]:
    """Return the answers that may be agreed on; () where it is typed."""
    made: list[tuple[str, str]] = []
    if one.item.kind == "choice" and one.item.scale is not None:
        made = [(choice.text, choice.value) for choice in one.item.scale.choices]
    elif one.item.kind == "flag":
        made = [("есть", YES), ("нет", NO)]
    if made and one.item.not_applicable:
        made.append(("не применимо", SKIPPED))
    return tuple(made)


def members_text(members: Sequence[ProtocolMember]) -> str:
    """Return members as lines «имя; должность; кто в группе»."""
    return "\n".join(
        "; ".join(part for part in (one.name, one.post, ROLE_WORDS[one.role] if one.role != "member" else "") if part)
        for one in members
    )


def members_of(text: str) -> tuple[ProtocolMember, ...]:
    """Return the members that lines name; a last part that is no role belongs to the post."""
    roles = {word: role for role, word in ROLE_WORDS.items()}
    made = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(";") if part.strip()]
        if not parts:
            continue
        role = roles.get(parts[-1].casefold()) if len(parts) > 1 else None
        rest = parts[1:-1] if role is not None else parts[1:]
        made.append(ProtocolMember(parts[0], "; ".join(rest), role or "member"))
    return tuple(made)
