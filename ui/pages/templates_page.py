"""模板: the templates at the left; at the right what one asks for, what fills it, which fonts it gets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.domain.layout_kinds import LAYOUT_KINDS
from anjian_desktop.services import layouts, templates
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.template_checks import PlaceFound, TemplateCheck
from anjian_desktop.services.template_names import known_fields
from anjian_desktop.services.templates import TemplateRow, TemplateSaved, kind_label
from ui import messages, theme
from ui.dialogs.add_template_dialog import AddTemplateDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.icons import icon
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel
from ui.navigation import Frame, Page, PageHead
from ui.tasks import run_quiet, run_task
from ui.widgets.outcome_list import OutcomeList
from ui.widgets.quiet_inputs import QuietCombo

_DIALECTS = {"brace": "花括号", "mergefield": "合并域", "blank": "空格处"}
_NOTHING = "（不填，照原样打印）"


class TemplatesPage(Page):
    """The chosen template's check is shown at once; a place is confirmed below its list."""

    title = "模板"
    nav_key = "template"
    icon_name = "agreement"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._rows: list[TemplateRow] = []
        self._check: TemplateCheck | None = None
        self._places: list[PlaceFound] = []
        self._chosen = ""
        self.add_button = self._button("加入模板…(&A)", "add", self._ask_file, primary=True)
        self.check_button = self._button("检查文件…(&C)", "search", self._ask_checked)
        self.preview_button = self._button("预览版面(&V)", "preview", self.preview)
        self.export_button = self._button("存成 Word…(&W)", "export", self._ask_export)
        self.export_button.setToolTip("把选中的模板存成 Word 文件，改好再加入")
        self.use_button = self._button("选用(&U)", "done", self.use)
        self.use_button.setToolTip("以后的证书或表格按选中的模板印；已发的证书仍用原来的")
        head = PageHead(self.title)
        for button in (self.check_button, self.export_button, self.preview_button, self.use_button, self.add_button):
            head.add_action(button)
        self.list = QListWidget()
        self.list.setAccessibleName("模板")
        self.list.setProperty("part", "templates")
        self.list.setMinimumWidth(240)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(theme.SPACE_1)
        self.list.currentRowChanged.connect(self._on_chosen)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)

    def _button(self, label: str, icon_name: str, run: object, *, primary: bool = False) -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(label.split("(&")[0].removesuffix("…"))
        if primary:
            button.setProperty("part", "primary")
        else:
            button.setIcon(icon(icon_name))
        button.clicked.connect(run)
        return button

    def _right(self) -> QWidget:
        self.summary = QLabel("")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.places = OutcomeTableModel(("占位符", "对应", "由什么填、在哪里"), self)
        self.place_list = OutcomeList(self.places, "占位符")
        self.place_list.selectionModel().currentRowChanged.connect(lambda: self._follow_place())
        self.field = QuietCombo("由哪个字段填", [("", _NOTHING), *((name, name) for name in known_fields())])
        self.field.setMinimumWidth(240)
        self.bind_button = QPushButton("确认字段(&F)")
        self.bind_button.setAccessibleName("确认字段")
        self.bind_button.clicked.connect(self._confirm)
        self.all_button = QPushButton("确认全部建议(&L)")
        self.all_button.setAccessibleName("确认全部建议")
        self.all_button.clicked.connect(self._confirm_all)
        words = QLabel("选中的一处由")
        words.setProperty("part", "soft")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for part in (words, self.field, self.bind_button):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.all_button)
        self.findings = OutcomeTableModel(("字体、版面、文件属性", "结果", "说明"), self)
        self.finding_list = OutcomeList(self.findings, "字体检查和版面")
        panel = QFrame()
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_3)
        inside.setSpacing(theme.SPACE_3)
        inside.addWidget(self.summary)
        inside.addWidget(self.place_list, 3)
        inside.addLayout(row)
        self.finding_words = QLabel("字体检查和版面")
        self.finding_words.setTextFormat(Qt.TextFormat.PlainText)
        self.finding_words.setWordWrap(True)
        self.finding_words.setProperty("part", "soft")
        inside.addWidget(self.finding_words)
        inside.addWidget(self.finding_list, 2)
        return panel

    # -- showing -----------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        if change is None or "template" in change.kinds:
            office = self.office
            run_quiet(self, lambda: templates.list_templates(office), self._show, key="templates")

    def counts(self) -> str:
        return f"{len(self._rows)} 个模板"

    def _show(self, rows: list[TemplateRow]) -> None:
        kept = self._chosen
        self._rows = rows
        self.list.blockSignals(True)
        self.list.clear()
        for one in rows:
            told = "随程序提供" if one.id is None else f"第 {one.edition} 版 · {kind_label(one.kind)}"
            item = QListWidgetItem(f"{one.title}\n{told}{' · ● 现用' if one.current else ''}")
            item.setToolTip(one.file_name)
            self.list.addItem(item)
        self.list.blockSignals(False)
        names = [one.name for one in rows]
        self.list.setCurrentRow(names.index(kept) if kept in names else 0)
        self._on_chosen(self.list.currentRow())
        self.frame.show_counts(self.counts())

    def choose(self, name: str) -> None:
        """Show the template of that name."""
        self._chosen = name
        for n, one in enumerate(self._rows):
            if one.name == name:
                self.list.setCurrentRow(n)

    def show_row(self, row_id: int) -> None:
        if found := next((one for one in self._rows if one.id == row_id), None):
            self.choose(found.name)

    def _on_chosen(self, row: int) -> None:
        if not 0 <= row < len(self._rows):
            return
        one = self._rows[row]
        self._chosen = one.name
        self.use_button.setVisible(one.kind in LAYOUT_KINDS)
        self.use_button.setEnabled(not one.current)
        self.summary.setText("正在检查…")
        office = self.office
        run_quiet(
            self,
            lambda: templates.check_stored(office, one.name),
            lambda check: self._show_check(check, one.title, own=one.id is not None and one.kind not in LAYOUT_KINDS),
            self._on_unusable,
            key="check",
        )

    def _on_unusable(self, error: Exception) -> None:
        self.summary.setText(str(error))

    def _show_check(self, check: TemplateCheck, title: str, *, own: bool) -> None:
        self._check = check
        self._places = list(check.placeholders)
        waiting = sum(not one.confirmed and bool(one.field) for one in self._places)
        told = f"“{title}”：{check.pages} 页，{len(self._places)} 处占位符。"
        told += f"{len(check.unknown)} 处认不出。" if check.unknown else "都认得出。"
        told += f"{waiting} 处空格有建议的字段，确认后才会填。" if waiting and own else ""
        self.summary.setText("\n".join([told, *(f"▲ {each}，不能选用。" for each in check.lacking), *check.remarks]))
        nearest = {one.name: one.nearest for one in check.unknown}
        self.places.show([_place_row(one, nearest.get(one.name, "")) for one in self._places])
        self.findings.show(_finding_rows(check))
        self.finding_words.setText("字体检查和版面" + _advice(check))
        for widget in (self.field, self.bind_button):
            widget.setEnabled(own)
            widget.setToolTip("" if own else "只有办公室自己的责任书模板要确认字段")
        self.all_button.setVisible(own and waiting > 0)
        self._follow_place()

    def _follow_place(self) -> None:
        row = self.place_list.currentIndex().row()
        if 0 <= row < len(self._places):
            one = self._places[row]
            nearest = {each.name: each.nearest for each in self._check.unknown} if self._check else {}
            self.field.choose(one.field or nearest.get(one.name, ""))

    # -- acts --------------------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Look at the chosen template's pages; what an agreement fills shows as gaps."""
        office, name = self.office, self._chosen
        if name:
            PreviewDialog(self, "预览版面", lambda: templates.preview_pdf(office, name)).show()

    def use(self) -> None:
        """Print papers of its kind with the chosen layout from now on."""
        office, name = self.office, self._chosen

        def done(change: Change) -> None:
            self.frame.tell_done(f"以后按“{next(one.title for one in self._rows if one.name == name)}”印")
            self.changed.emit(change)
            self.refresh()

        run_task(self, "选用模板", lambda _: layouts.choose(office, name), done)

    def _ask_export(self) -> None:
        if name := self._chosen:
            title = next(one.title for one in self._rows if one.name == name)
            chosen, _ = QFileDialog.getSaveFileName(self, "存成 Word 文件", f"{title}.docx", "Word 文件 (*.docx)")
            if chosen:
                self.export(Path(chosen))

    def export(self, file: Path) -> None:
        """Write the chosen template's Word file."""
        office, name = self.office, self._chosen
        run_task(
            self,
            "存成 Word",
            lambda _: layouts.export(office, name, file),
            lambda written: messages.toast(self, f"已存到“{written.name}”，用 Word 或 WPS 改好再加入。"),
        )

    def _ask_file(self) -> None:
        if file := self._file("选择要加入的 Word 文件"):
            self.ask_add(file)

    def ask_add(self, file: Path) -> AddTemplateDialog:
        """Ask for a name and a kind, then store the file."""
        dialog = AddTemplateDialog(self, file)
        dialog.decided.connect(self.add)
        dialog.show()
        return dialog

    def add(self, file: Path, name: str, kind: str) -> None:
        """Store a Word file as a template and show its check."""
        office = self.office
        run_task(
            self,
            "加入模板",
            lambda step: templates.add_template(office, file, name=name, kind=kind, step=step),
            self._saved,
        )

    def _ask_checked(self) -> None:
        if file := self._file("选择要检查的 Word 文件"):
            self.check_file(file)

    def check_file(self, file: Path) -> None:
        """Show the check of a file that is not stored."""
        run_task(
            self,
            "检查文件",
            lambda step: templates.check_file(file, step=step),
            lambda check: self._show_check(check, f"{file.name}（没有加入）", own=False),
        )

    def _file(self, title: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "Word 文件 (*.docx *.doc *.rtf)")
        return Path(chosen) if chosen else None

    def _confirm(self) -> None:
        row = self.place_list.currentIndex().row()
        if not 0 <= row < len(self._places):
            messages.toast(self, "请先在列表里选中一处。")
            return
        one = self._places[row]
        self._bind({one.place if one.dialect == "blank" else one.name: str(self.field.currentData())})

    def _confirm_all(self) -> None:
        self._bind({one.place: one.field for one in self._places if not one.confirmed and one.field})

    def _bind(self, bindings: dict[str, str]) -> None:
        office, name = self.office, self._chosen
        run_task(self, "确认字段", lambda _: templates.bind(office, name, bindings), self._saved)

    def _saved(self, saved: TemplateSaved) -> None:
        self._chosen = saved.name
        told = f"“{saved.name}”现在是第 {saved.edition} 版" if saved.changed else "和原来一样，没有改动"
        if saved.check.lacking:
            messages.say(self, f"“{saved.name}”已存入，还不能选用。", "；".join(saved.check.lacking), tone="warning")
        self.frame.tell_done(told)
        if saved.changed:
            self.changed.emit(saved.change)
            self.refresh()


def _place_row(one: PlaceFound, nearest: str) -> OutcomeRow:
    where = f"{one.place} · {_DIALECTS[one.dialect]}"
    name = one.name or "（空格）"
    if one.field and one.confirmed:
        return OutcomeRow(name, "已对应", f"{one.field} · {where}", "ok")
    if one.field:
        return OutcomeRow(name, "待确认", f"建议 {one.field} · {where}", "due")
    if one.dialect == "blank":
        return OutcomeRow(name, "不填", f"照原样打印 · {where}", "off")
    hint = f"是不是“{nearest}”？" if nearest else "没有相近的字段"
    return OutcomeRow(name, "认不出", f"{hint} · {where}", "late")


def _advice(check: TemplateCheck) -> str:
    """What the findings mean for the print, in a sentence or two."""
    missing = sum(asked != used for asked, used in check.fonts)
    told = []
    if missing:
        told.append(f"{missing} 种字体这台电脑没有，用相近的代替；要和 Word 里一模一样，请装上它们。")
    if check.not_laid_out:
        told.append(f"{len(check.not_laid_out)} 处排不出来或从简，打印前请看一眼预览。")
    return "：" + "".join(told) if told else "：都没有问题。"


def _finding_rows(check: TemplateCheck) -> list[OutcomeRow]:
    rows = [OutcomeRow(feature, "排不出来", place, "late") for feature, place in check.not_laid_out]
    for asked, used in check.fonts:
        same = asked == used
        rows.append(
            OutcomeRow(
                f"字体 {asked}", "有" if same else "代替", "" if same else f"用“{used}”代替", "ok" if same else "due"
            )
        )
    rows += [OutcomeRow(f"文件属性：{name}", "会带出", value, "due") for name, value in check.properties]
    return rows
