"""The one way the window says something, asks something, or mentions it in passing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop import __version__
from anjian_desktop.errors import UserError
from ui import theme
from ui.icons import icon

UNDO_SECONDS = 10
"""How long 撤销 stays after something was moved to the recycle bin."""
_TOAST_SECONDS = 5
_TOAST_WIDTH = 640


def say(
    parent: QWidget | None,
    text: str,
    next_step: str = "",
    *,
    tone: str = "done",
    details: Sequence[str] = (),
    code: str = "",
) -> None:
    """Say what happened and what to do now; `tone` is done, warning or error; `details` are lines below.

    What is no good news can be copied, with the program's version and `code`, for whoever is asked for help.
    """
    MessageDialog(
        parent, text, next_step, tone=tone, details=details, choices=(("ok", "知道了(&K)"),),
        code=None if tone == "done" else code,
    ).exec()  # fmt: skip


def say_error(parent: QWidget | None, error: UserError) -> None:
    """Say a foreseen refusal in its own words."""
    say(parent, error.message, error.next_step, tone="warning", code=error.code)


def ask(
    parent: QWidget | None, question: str, *, act: str, keep: str, explain: str = "", details: Sequence[str] = ()
) -> bool:
    """Ask before an act that cannot be undone; both buttons are verbs and the safe one is the default."""
    chosen = choose(parent, question, (("act", act), ("keep", keep)), safe="keep", explain=explain, details=details)
    return chosen == "act"


def choose(
    parent: QWidget | None,
    question: str,
    choices: Sequence[tuple[str, str]],
    *,
    safe: str,
    explain: str = "",
    details: Sequence[str] = (),
    default: str = "",
) -> str:
    """Ask with several verbs; Esc and closing mean `safe`, Enter means `default` (the safe one unless said)."""
    dialog = MessageDialog(
        parent, question, explain, tone="warning", details=details, choices=choices, safe=safe, default=default or safe
    )
    dialog.exec()
    return dialog.chosen


def toast(
    parent: QWidget, text: str, *, undo: Callable[[], None] | None = None, verb: str = "撤销", seconds: int = 0
) -> Toast:
    """Mention something at the lower edge of the window; with `undo` a button stays for ten seconds."""
    window = parent.window()
    for old in window.findChildren(Toast):
        old.close()
    shown = Toast(window, text, undo, verb, seconds or (UNDO_SECONDS if undo else _TOAST_SECONDS))
    shown.place()
    shown.show()
    shown.raise_()
    return shown


class MessageDialog(QDialog):
    """A sentence, what to do next, and buttons named by verbs. `chosen` is the key of the button pressed.

    With `code` (it may be empty) a button copies all that is said, with the program's version, the time and the code.
    """

    def __init__(
        self,
        parent: QWidget | None,
        text: str,
        explain: str,
        *,
        tone: str,
        details: Sequence[str],
        choices: Sequence[tuple[str, str]],
        safe: str = "",
        default: str = "",
        code: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = safe or choices[0][0]
        self.setWindowTitle("安监桌面")
        self.setModal(True)
        self.text = _label(text, "", 400)
        self.explain = _label(explain, "soft", 400)
        self.explain.setVisible(bool(explain))
        sign = QLabel()
        colour = {"done": theme.OK, "warning": theme.DUE, "error": theme.LATE}[tone]
        sign.setPixmap(icon(tone, colour).pixmap(QSize(24, 24)))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_2)
        words.addWidget(self.text)
        words.addWidget(self.explain)
        if details:
            words.addWidget(_label("\n".join(details), "soft", 400))
        body = QHBoxLayout()
        body.setSpacing(theme.SPACE_3)
        body.addWidget(sign)
        body.addLayout(words, 1)
        foot = QHBoxLayout()
        if code is not None:
            foot.addWidget(self._copy_button([one for one in (text, explain, *details) if one], code))
        foot.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for key, label in choices:
            button = QPushButton(label)
            button.setAccessibleName(label.split("(&")[0])
            button.clicked.connect(lambda _=False, chosen=key: self._choose(chosen))
            button.setAutoDefault(False)
            foot.addWidget(button)
            self.buttons[key] = button
        first = self.buttons[default or choices[0][0]]
        first.setDefault(True)
        first.setFocus()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(body)
        layout.addLayout(foot)
        self.setMinimumWidth(380)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _copy_button(self, said: Sequence[str], code: str) -> QPushButton:
        when = f"{datetime.now():%Y-%m-%d %H:%M}"
        facts = " · ".join(one for one in (f"安监桌面 {__version__}", when, code) if one)
        self.copy_button = QPushButton("复制这些话(&C)")
        self.copy_button.setAccessibleName("复制这些话")
        self.copy_button.setToolTip("粘贴到微信里，问别人时用")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(lambda: copy_text("\n".join((*said, facts))))
        return self.copy_button

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.accept()


class Toast(QFrame):
    """News at the lower edge of its window; goes by itself."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], None] | None, verb: str, seconds: int) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self._undo = undo
        self.text = QLabel(text)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        if self.text.sizeHint().width() > _TOAST_WIDTH:
            # Cut off it would be no warning any more.
            self.text.setWordWrap(True)
            self.text.setFixedSize(_TOAST_WIDTH, self.text.heightForWidth(_TOAST_WIDTH))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        layout.addWidget(self.text)
        self.undo_button = QPushButton(verb)
        self.undo_button.setAccessibleName(verb)
        self.undo_button.setVisible(undo is not None)
        self.undo_button.clicked.connect(self._on_undo)
        layout.addWidget(self.undo_button)
        self.setAccessibleName(text)
        window.installEventFilter(self)
        self._timer = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._timer.timeout.connect(self.close)
        self._timer.start()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def place(self) -> None:
        """Stand centred above the status bar."""
        window = self.parentWidget()
        self.adjustSize()
        low = theme.STATUS_BAR_HEIGHT if isinstance(window, QMainWindow) else 0
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - low - theme.SPACE_4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self.place()
        return False

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.close()
        if undo is not None:
            undo()


def copy_text(text: str) -> None:
    """Put text on the clipboard."""
    QApplication.clipboard().setText(text)


def _label(text: str, part: str, width: int) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(width)
    label.setMaximumWidth(max(width, 480))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if part:
        label.setProperty("part", part)
    return label
