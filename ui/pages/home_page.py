"""今日待办: what waits, with a number and a verb; then the year's progress by kind; then the backup's state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from anjian_desktop.domain.dates import chinese_date
from anjian_desktop.domain.rates import show_percent
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.reminders import Home, Todo
from anjian_desktop.services.standing import KindStatus
from ui import theme
from ui.icons import icon
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.import_list import begin_import

_WEEKDAYS = "一二三四五六日"
_ICONS = {
    "unsaved": "edit",
    "import": "import",
    "draft": "draft",
    "print": "print",
    "chase": "sign",
    "waiting_scans": "file",
    "re_sign": "warning",
    "no_village": "village",
    "certificate": "warning",
    "backup": "backup",
}
_FIGURES = (
    ("应签", "due", ()),
    ("已起草", "drafted", ("drafted", "issued", "signed", "archived")),
    ("已打印", "issued", ("issued", "signed", "archived")),
    ("已签", "signed", ("signed", "archived")),
    ("已归档", "archived", ("archived",)),
)


class HomePage(Page):
    """Its figures come from the window, which counts them after every change."""

    title = "首页"
    nav_key = "home"
    icon_name = "home"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.todo_buttons: list[QPushButton] = []
        self.import_button = QPushButton("导入Excel(&I)")
        self.import_button.setAccessibleName("导入Excel")
        self.import_button.setIcon(icon("import"))
        self.import_button.clicked.connect(self._import)
        today = self.office.today
        head = PageHead("首页")
        day = QLabel(f"{chinese_date(today)}　星期{_WEEKDAYS[today.weekday()]}")
        day.setProperty("part", "soft")
        head.add_left(day)
        head.add_action(self.import_button)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_5)
        self._body.setSpacing(theme.SPACE_5)
        self._body.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._body)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(scroll, 1)
        self._parts: list[QWidget] = []
        self._shown: Home | None = None

    def show_figures(self, figures: Home) -> None:
        """Show what was counted; nothing moves when nothing changed."""
        if figures == self._shown:
            return
        self._shown = figures
        for part in self._parts:
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [self._todos(figures), self._progress(figures), self._backup(figures)]
        for n, part in enumerate(self._parts):
            self._body.insertWidget(n, part)

    def refresh(self, change: Change | None = None) -> None:
        """The window counts and calls `show_figures`."""

    def todo_texts(self) -> list[str]:
        """The sentences of 今日待办."""
        return [todo.text for todo in self._shown.todos] if self._shown else []

    # -- today --------------------------------------------------------------------------------------------------

    def _todos(self, figures: Home) -> QWidget:
        box, layout = _section("今日待办")
        self.todo_buttons = []
        card = QFrame()
        card.setProperty("part", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for n, todo in enumerate(figures.todos):
            if n:
                rows.addWidget(_rule())
            rows.addWidget(self._todo(todo, primary=n == 0))
        if not figures.todos:
            rows.addWidget(_line("done", theme.OK, "今天没有要办的事。", None))
        layout.addWidget(card)
        return box

    def _todo(self, todo: Todo, *, primary: bool) -> QWidget:
        button = QPushButton(todo.verb)
        button.setAccessibleName(f"{todo.verb}：{todo.text}")
        if primary:
            button.setProperty("part", "primary")
        button.setMinimumWidth(96)
        button.clicked.connect(lambda _=False: self._do(todo))
        self.todo_buttons.append(button)
        colour = theme.LATE if "已过" in todo.text else theme.INK_SOFT
        return _line(_ICONS.get(todo.kind, "ledger"), colour, todo.text, button)

    def _do(self, todo: Todo) -> None:
        if todo.kind == "import":
            self._import()
        elif todo.kind == "backup":
            self.frame.back_up()
        elif todo.form is not None:
            ledger, row_id = todo.form
            self.frame.start(ledger, "new") if row_id is None else self.frame.open_row(ledger, row_id)
        elif todo.kind == "certificate":
            self.frame.open_page("certificate_expiry")
        elif todo.query is not None:
            self.frame.open_ledger(todo.query, year=todo.year)
        else:
            self.frame.start("agreement", todo.kind)

    def _import(self) -> None:
        begin_import(self, self.frame, self.office, self.changed.emit)

    # -- the year -----------------------------------------------------------------------------------------------

    def _progress(self, figures: Home) -> QWidget:
        progress = figures.progress
        box, layout = _section(f"{progress.year}年度签订进度")
        if not progress.kinds:
            empty = QLabel("还没有起草今年的责任书。")
            empty.setProperty("part", "soft")
            layout.addWidget(empty)
            return box
        card = QFrame()
        card.setProperty("part", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(2)
        titles = ["", *(label for label, _, _ in _FIGURES), "按期签订率", "累计签订率", "逾期未签", ""]
        for column, title in enumerate(titles):
            label = QLabel(title)
            label.setProperty("part", "soft")
            label.setAlignment(Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label, 0, column)
        kinds = [*progress.kinds, progress.total] if len(progress.kinds) > 1 else list(progress.kinds)
        for row, kind in enumerate(kinds, start=1):
            self._add_kind(grid, row, kind, progress.year, is_total=row > len(progress.kinds))
        grid.setColumnStretch(len(titles) - 1, 1)
        layout.addWidget(card)
        return box

    def _add_kind(self, grid: QGridLayout, row: int, kind: KindStatus, year: int, *, is_total: bool) -> None:
        grid.addWidget(QLabel("合计" if is_total else kind.label), row, 0)
        for column, (label, key, states) in enumerate(_FIGURES, start=1):
            where = [Condition("year", "=", str(year))]
            if not is_total:
                where.append(Condition("kind", "=", kind.kind))
            if states:
                where.append(Condition("state", "in", "\n".join(states)))
            query = Query("agreement", where=tuple(where))
            figure = _figure(f"{getattr(kind, key):,}", f"{'合计' if is_total else kind.label} {label}")
            figure.clicked.connect(lambda _=False, q=query: self.frame.open_ledger(q, year=year))
            grid.addWidget(figure, row, column, Qt.AlignmentFlag.AlignRight)
        for column, rate in enumerate((kind.on_time_rate, kind.cumulative_rate), start=len(_FIGURES) + 1):
            grid.addWidget(_number(show_percent(rate)), row, column)
        late = _number(f"▲ {kind.overdue:,}" if kind.overdue else "0")
        if kind.overdue:
            late.setProperty("part", "late")
        grid.addWidget(late, row, len(_FIGURES) + 3)
        grid.addWidget(_Bar(kind), row, len(_FIGURES) + 4)

    # -- the backup ---------------------------------------------------------------------------------------------

    def _backup(self, figures: Home) -> QWidget:
        box, layout = _section("备份")
        card = QFrame()
        card.setProperty("part", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 0, 0, 0)
        tone = theme.TONES[figures.backup.tone]
        button = QPushButton("立即备份")
        button.setAccessibleName("立即备份")
        button.setMinimumWidth(96)
        button.clicked.connect(self.frame.back_up)
        line = _line("backup", tone.colour, f"{tone.shape} {figures.backup.text}", button, colour_text=True)
        inner.addWidget(line)
        layout.addWidget(card)
        return box


class _Bar(QWidget):
    """Signed, printed and the rest of what is due, as one bar; the words stand beside it."""

    def __init__(self, kind: KindStatus) -> None:
        super().__init__()
        self._parts = ((kind.signed, theme.OK), (max(kind.issued - kind.signed, 0), "#D4A72C"))
        self._whole = max(kind.due, kind.issued, 1)
        self.setFixedHeight(10)
        self.setMinimumWidth(120)
        self.setToolTip(f"绿：已签 {kind.signed:,}　黄：已打印未签 {max(kind.issued - kind.signed, 0):,}　灰：其余")
        self.setAccessibleName(f"应签 {kind.due}，已签 {kind.signed}，已打印 {kind.issued}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.HOVER))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        x = 0.0
        for count, colour in self._parts:
            width = self.width() * count / self._whole
            if width:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(x, 0, width, self.height()), 4, 4)
                x += width
        painter.end()


def _section(title: str) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE_2)
    label = QLabel(title)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.15)
    label.setFont(font)
    layout.addWidget(label)
    return box, layout


def _line(icon_name: str, colour: str, text: str, button: QPushButton | None, *, colour_text: bool = False) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
    row.setSpacing(theme.SPACE_3)
    sign = QLabel()
    sign.setPixmap(icon(icon_name, colour).pixmap(QSize(20, 20)))
    words = QLabel(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    if colour_text:
        words.setStyleSheet(f"color: {colour};")
    row.addWidget(sign)
    row.addWidget(words, 1)
    if button is not None:
        row.addWidget(button)
    return line


def _figure(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("part", "link")
    button.setAccessibleName(f"{name} {text}")
    button.setFont(theme.numbers(button.font()))
    button.setToolTip("打开这些责任书")
    return button


def _number(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.numbers(label.font()))
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("part", "rule")
    return rule
