"""岗位和照片 beside a worker's record: where they worked over time, their photo, their file on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.services import workers
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.workers import EarlierPost
from ui import messages, theme
from ui.navigation import Frame
from ui.tasks import run_quiet, run_task

PHOTO_KINDS = "照片 (*.jpg *.jpeg *.png *.bmp)"
_PHOTO = QSize(100, 140)
"""1寸 is 25 × 35 mm."""


class WorkerPanel(QWidget):
    """What stands beside the fields of one person; the identity number stays where it is, behind its eye."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._worker: int | None = None
        self.photo = QLabel("没有照片")
        self.photo.setFixedSize(_PHOTO)
        self.photo.setFrameShape(QFrame.Shape.Box)
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.photo.setProperty("part", "soft")
        self.photo.setAccessibleName("照片")
        self.photo_button = self._button(
            "换照片…(&H)", self.ask_photo, "选一张照片，自动裁成1寸（25×35毫米）；登记卡和证书上会印出来"
        )
        self.file_button = self._button("打印档案…(&D)", self.print_file, "一人一档：岗位、各级培训、成绩、证书、照片")
        self.list = QListWidget()
        self.list.setAccessibleName("岗位")
        self.list.setWordWrap(True)
        self.list.setProperty("part", "history")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        acts = QVBoxLayout()
        acts.setSpacing(theme.SPACE_2)
        acts.addWidget(self.photo_button)
        acts.addWidget(self.file_button)
        acts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        head.addWidget(self.photo)
        head.addLayout(acts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_2)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(QLabel("以前的岗位"))
        layout.addWidget(self.list, 1)

    def load(self, worker_id: int) -> None:
        """Show one person."""
        office = self._frame.office
        self._worker = worker_id
        run_quiet(
            self,
            lambda: (workers.photo(office, worker_id), workers.posts(office, worker_id)),
            lambda found: self._show(*found),
            key="worker",
        )

    def _show(self, photo: bytes | None, posts: Sequence[EarlierPost]) -> None:
        picture = QPixmap()
        if photo is not None and picture.loadFromData(photo):
            self.photo.setPixmap(
                picture.scaled(_PHOTO, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
        else:
            self.photo.setText("没有照片")
        self.list.clear()
        self.list.addItems([one.text for one in posts] or ["没有。换了企业或岗位以后，原来的记在这里。"])

    def ask_photo(self) -> None:
        """Choose the file."""
        name, _ = QFileDialog.getOpenFileName(self, "选照片（自动裁成1寸）", "", PHOTO_KINDS)
        if name:
            self.set_photo(Path(name))

    def set_photo(self, file: Path) -> None:
        """Store it; what cannot be a photo is refused with words."""
        office, worker = self._frame.office, self._worker
        if worker is None:
            return

        def done(change: Change) -> None:
            self._frame.tell_changed(change)
            messages.toast(self, "照片已存入，裁成1寸，登记卡和以后发的证书上会印出来。")
            self.load(worker)

        run_task(self, "存照片", lambda _step: workers.set_photo(office, worker, file), done)

    def print_file(self) -> None:
        """The person's file, looked at first."""
        from anjian_desktop.services import person_file  # the training rules: not at start
        from ui.pages.actions.print_list import show_printed

        office, worker = self._frame.office, self._worker
        if worker is not None:
            show_printed(
                self,
                "个人培训档案",
                person_file.suggested_name(worker),
                lambda: person_file.print_person_file(office, worker),
                self._frame.memory,
            )

    def _button(self, words: str, run: Callable[[], None], tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.split("(&")[0].removesuffix("…"))
        button.setToolTip(tip)
        button.clicked.connect(lambda _=False: run())
        return button
