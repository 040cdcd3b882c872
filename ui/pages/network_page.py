"""责任网络: the tree 镇→管区→村→单位 at the left, the nodes without a person or phone at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.domain.kinds import IN_OPERATION
from anjian_desktop.services import network
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.network import LEVELS, Gap, Network, Node
from anjian_desktop.services.outcomes import Change
from ui import messages, theme
from ui.icons import icon
from ui.keys import bind
from ui.models.plain_table import Column, PlainTableModel
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.print_list import show_printed
from ui.tasks import run_quiet, run_task
from ui.widgets.plain_table import PlainTable

_GAPS: tuple[Column[Gap], ...] = (
    Column("层级", 4, lambda one: LEVELS[one.node.level]),
    Column("名称", 14, lambda one: one.node.name),
    Column("缺什么", 13, lambda one: one.words, tone=lambda one: "late"),
    Column("上级", 14, lambda one: one.above),
)
_OF_INTEREST = frozenset({"enterprise", "village", "department", "area", "leader_duty", "office"})
_HEADINGS = ("名称", "责任人", "电话", "联系领导", "缺什么")


class NetworkPage(Page):
    """A node opens its record by Enter or a double click."""

    title = "责任网络"
    nav_key = "network"
    icon_name = "village"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._found: Network | None = None
        head = PageHead(self.title)
        for words, key in (
            ("管区(&A)", "area"),
            ("领导分工(&L)", "leader_duty"),
            ("安委会成员(&C)", "committee_member"),
        ):
            head.add_action(self._button(words, "", lambda _=False, k=key: self.frame.open_page(k)))
        self.export_button = self._button("导出Excel(&E)", "export", lambda: self._ask_export())
        self.print_button = self._button("打印(&P)", "print", lambda: self._print(gaps_only=False))
        self.print_gaps_button = self._button("打印缺人清单(&G)", "print", lambda: self._print(gaps_only=True))
        for button in (self.export_button, self.print_button, self.print_gaps_button):
            head.add_action(button)
        bind(self, "Ctrl+P", lambda: self._print(gaps_only=False))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("责任网络")
        self.tree.setHeaderLabels(list(_HEADINGS))
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        wide = self.tree.fontMetrics().horizontalAdvance("国")
        for column, width in enumerate((17, 6, 8, 6, 13)):
            self.tree.setColumnWidth(column, wide * width + 2 * theme.SPACE_3)
        self.tree.itemActivated.connect(lambda item, _column: self._open(item.data(0, Qt.ItemDataRole.UserRole)))
        self.told = QLabel("")
        self.told.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        self.told.setWordWrap(True)
        self.gaps: PlainTable[Gap] = PlainTable(PlainTableModel(_GAPS, self), "缺人清单")
        self.gaps.opened.connect(lambda gap: self._open(gap.node))
        right = QWidget()
        column_right = QVBoxLayout(right)
        column_right.setContentsMargins(0, 0, 0, 0)
        column_right.setSpacing(0)
        column_right.addWidget(self.told)
        column_right.addWidget(self.gaps, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)

    def _button(self, words: str, icon_name: str, run: object) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.split("(&")[0])
        if icon_name:
            button.setIcon(icon(icon_name))
        button.clicked.connect(run)
        return button

    def refresh(self, change: Change | None = None) -> None:
        if change is not None and not change.kinds & _OF_INTEREST:
            return
        office = self.office
        run_quiet(self, lambda: network.responsibility_network(office), self._show, key="network")

    def counts(self) -> str:
        return f"{self._found.town.units:,} 个单位，{len(self._found.gaps):,} 个节点缺人或电话" if self._found else ""

    def _show(self, found: Network) -> None:
        self._found = found
        opened = self._opened()
        self.tree.clear()
        top = _item(found.town)
        self.tree.addTopLevelItem(top)
        top.setExpanded(True)
        for number in range(top.childCount()):
            child = top.child(number)
            child.setExpanded(child.text(0) in opened)
        self.gaps.lines.show(found.gaps)
        self.told.setText(
            f"{len(found.gaps):,} 个节点没有负责人或电话，双击可以补上："
            if found.gaps
            else "每个节点都有负责人和电话。"
        )
        self.frame.show_counts(self.counts())

    def _opened(self) -> set[str]:
        top = self.tree.topLevelItem(0)
        children = [top.child(number) for number in range(top.childCount())] if top is not None else []
        return {child.text(0) for child in children if child.isExpanded()}

    def _open(self, node: Node) -> None:
        """The node's record, the cursor where something is missing; where there is none yet, a new one with the name typed;
        for units without a village or area, the list of them."""
        key = "principal" if not node.person else "principal_phone" if node.missing else ""
        if node.ledger == "office":
            self.frame.open_page("office")
        elif node.id is not None or (node.level == "area" and node.ledger == "area"):
            self.frame.fill_in(node.ledger, node.id, {} if node.id is not None else {"name": node.name}, key)
        elif node.level == "area" and node.ledger == "village":
            self.frame.open_ledger(Query("village", where=(Condition("area", "=", ""),)))
        elif node.level == "village":
            where = (Condition("village", "=", ""), Condition("status", "=", IN_OPERATION))
            self.frame.open_ledger(Query("enterprise", where=where))
        else:
            self.frame.open_page(node.ledger)

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "导出责任网络", f"责任网络 {self.office.today}.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if name:
            office, path = self.office, Path(name)
            run_task(
                self,
                "导出责任网络",
                lambda _step: network.export_network(office, path),
                lambda done: messages.toast(self, f"已导出 {done.rows:,} 行到“{done.file.name}”。"),
            )

    def _print(self, *, gaps_only: bool) -> None:
        office = self.office
        words = "打印缺人清单" if gaps_only else "打印责任网络"
        name = "责任网络缺人清单.pdf" if gaps_only else "责任网络.pdf"
        show_printed(self, words, name, lambda: network.print_network(office, gaps_only=gaps_only), self.frame.memory)


def _item(node: Node) -> QTreeWidgetItem:
    words = f"{node.name}（{node.units:,}）" if node.children else node.name
    missing = "、".join(node.missing)
    tone = theme.TONES["late"]
    item = QTreeWidgetItem([words, node.person, node.phone, node.leader, f"{tone.shape} {missing}" if missing else ""])
    item.setData(0, Qt.ItemDataRole.UserRole, node)
    if missing:
        item.setForeground(4, QColor(tone.colour))
    item.addChildren([_item(child) for child in node.children])
    return item
