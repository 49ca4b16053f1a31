"""«Вставить список…»: what was copied in Word or Excel, and what it was understood as, before it goes in."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.forms import clipboard
from app.forms.drafting import Draft, usual_scale
from app.forms.from_table import Told, Understood, understand
from app.forms.schema import Item, Scale
from app.ui import theme
from app.ui.habits import Habits
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.form_editor_fields import scale_title

_WORDS = {"head": "заголовки", "section": "раздел", "item": "вопрос", "skipped": "пропущено"}
_KINDS: dict[str, Kind] = {"head": "info", "section": "info", "item": "ok", "skipped": "warn"}
COLUMNS = (
    Column("what", "Понято как", lambda row: _WORDS[row[1].meaning], 112, kind="chip",
           chip=lambda row: _KINDS[row[1].meaning]),
    Column("text", "Строка", lambda row: row[1].text, 220, 3, 160, tip=lambda row: row[1].text),
    Column("words", "Как отвечают", lambda row: row[1].words, 150, 2, 110, tip=lambda row: row[1].words),
)  # fmt: skip


class PasteEdit(QPlainTextEdit):
    """A text that says where it came from.

    Signals:
        pasted(text, html): something was pasted into the empty text.
    """

    pasted = Signal(str, str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Into an empty text goes everything that the clipboard knows, else the plain text."""
        if self.toPlainText().strip():
            super().insertFromMimeData(source)
        else:
            self.pasted.emit(source.text(), source.html())


class PasteWindow(QDialog):
    """The text at the left, what was understood at the right."""

    def __init__(self, draft: Draft, habits: Habits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Вставить список вопросов")
        self._html = ""
        self.anew = False
        self.found = Understood((), (), ())
        self._scales = draft.scales or (usual_scale(),)
        empty = not any(item.text.strip() for item in draft.form.items())
        px = theme.current().px
        self.text = PasteEdit()
        self.text.pasted.connect(self.put)
        self.text.setAccessibleName("Вставленный текст")
        self.text.setPlaceholderText("Скопируйте в Word или Excel таблицу или список вопросов и вставьте сюда: Ctrl+V")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._typed)
        self.usual = Combo("Как отвечают, если не сказано")
        self.usual.fill(
            [(f"из шкалы {scale_title(one)}", ("choice", one)) for one in self._scales]
            + [("отметка: да или нет", ("flag", None)), ("целое число", ("whole", None)), ("текст", ("text", None))]
        )
        self.usual.currentIndexChanged.connect(lambda _i: self.read())
        self.said = Label("", "strong", wrap=True)
        self.table = DataTable(
            "form_paste", COLUMNS, lambda row: row[0], habits=habits, title="Что понято", filters=False,
            empty=EmptyState("table", "Здесь будет видно, что понято",
                             "Каждая строка станет разделом или вопросом. Ничего не пропадает молча."),
        )  # fmt: skip
        self.table.setMinimumWidth(px(420))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(200)
        self._rest.timeout.connect(self.read)
        self.take = Button("Добавить в конец", self._add, kind="normal" if empty else "primary")
        self.instead = Button("Заменить все вопросы" if not empty else "Вставить", self._replace,
                              kind="primary" if empty else "normal")  # fmt: skip
        self.take.setVisible(not empty)
        self._lay_out()
        self.resize(px(980), px(560))
        self.read_clipboard()

    def _lay_out(self) -> None:
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(14))
        column.setSpacing(px(8))
        column.addWidget(Label("Вставить список вопросов", "title"))
        hint = (
            "Подойдёт таблица со столбцами «№», «Раздел», «Вопрос», «Вид», «Шкала», нумерованный список или просто "
            "вопросы, каждый в своей строке."
        )
        column.addWidget(Label(hint, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.text, 2)
        row.addWidget(self.table, 3)
        column.addLayout(row, 1)
        column.addLayout(beside(Label("Если не сказано, как отвечать:", "muted"), self.usual, QWidget(),
                                stretch=(0, 0, 1)))  # fmt: skip
        column.addWidget(self.said)
        again = Button("Взять из буфера обмена", self.read_clipboard, icon="copy")
        column.addLayout(
            beside(again, QWidget(), Button("Отмена", self.reject), self.instead, self.take, stretch=(0, 1, 0, 0, 0))
        )

    # --- reading -------------------------------------------------------------------------------------------------

    def read_clipboard(self) -> None:
        """Take what was copied, with the HTML that tells joined cells and headings."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not (data.hasText() or data.hasHtml()):
            self.read()
            return
        self.put(data.text() if data.hasText() else "", data.html() if data.hasHtml() else "")

    def put(self, text: str, html: str = "") -> None:
        """Show a text and read it; ``html`` is the same from the program it came from."""
        self.text.blockSignals(True)
        shown = text if text.strip() else "\n".join("\t".join(line.cells) for line in clipboard.lines("", html))
        self.text.setPlainText(shown)
        self.text.blockSignals(False)
        self._html = html
        self.read()

    def _typed(self) -> None:
        # what was typed over is no longer what the program had copied
        self._html = ""
        self._rest.start()

    def read(self) -> None:
        """Understand the text anew."""
        self._rest.stop()
        kind, scale = self.usual.currentData() or ("choice", self._scales[0])
        self.found = understand(clipboard.lines(self.text.toPlainText(), self._html), _item(kind, scale))
        rows: list[tuple[int, Told]] = list(enumerate(self.found.told))
        self.table.set_rows(rows)
        self.said.setText(self.found.sentence if rows else "")
        for button in (self.take, self.instead):
            button.setEnabled(bool(self.found.items))

    def _add(self) -> None:
        self.anew = False
        self.accept()

    def _replace(self) -> None:
        self.anew = True
        self.accept()


def _item(kind: str, scale: Scale | None) -> Item:
    match kind:
        case "flag":
            return Item("q", "", "flag")
        case "whole":
            return Item("q", "", "whole", least=0)
        case "text":
            return Item("q", "", "text")
        case _:
            return Item("q", "", "choice", scale=scale)
