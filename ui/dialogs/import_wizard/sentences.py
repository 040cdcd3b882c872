"""What the import wizard says: what was found, what would happen, what happened."""

from __future__ import annotations

from ui.dialogs.import_wizard.flow import ImportFlow, counter, label_of

_NAMED = 5


def found_sentences(flow: ImportFlow) -> list[str]:
    """Which sheets were read and how, what else the file holds, what came from memory."""
    if flow.plan is None:
        return []
    said = []
    several = len(flow.sheets) > 4
    if several:
        columns = max(len(sheet.columns) for sheet in flow.sheets)
        said.append(f"读取了 {len(flow.sheets)} 张工作表，每张最多认出 {columns} 列。")
    for sheet in flow.sheets[:0] if several else flow.sheets:
        unmatched = len(sheet.heading.unmatched)
        rest = f"，{unmatched} 列没有对应、不导入" if unmatched else ""
        said.append(f"“{sheet.name}”：标题在第 {sheet.heading.row_number} 行，认出 {len(sheet.columns)} 列{rest}。")
    if flow.waiting:
        kinds = "、".join(label_of(kind) for kind in flow.waiting)
        said.append(f"这个文件里还有{kinds}，导入{label_of(flow.kind)}以后接着导入。")
    others = flow.plan.other_kinds
    said.extend(f"“{name}”：没有找到标题行，不读取。" for name in flow.plan.plan.without_heading if name not in others)
    return said


def remembered_sentence(flow: ImportFlow) -> str:
    """按上次的对应: which headings the program remembered from an earlier file; empty without any."""
    if flow.plan is None or not flow.plan.remembered:
        return ""
    labels = {one.key: one.label for sheet in flow.sheets for one in sheet.heading.columns.values()}
    pairs = [f"{heading}→{labels.get(key, key) if key else '不导入'}" for heading, key in flow.plan.remembered.items()]
    return "按上次的对应：" + _some(pairs, "、") + "。"


def preview_sentences(flow: ImportFlow) -> list[str]:
    """The counts, adding up, then what else will happen."""
    if flow.plan is None:
        return []
    counts, plan = flow.counts, flow.plan.plan
    said = [
        f"共 {counts['read']:,} 行：新增 {counts['new']:,}，更新 {counts['updated']:,}，"
        f"相同 {counts['same']:,}，拒收 {counts['refused']:,}。"
    ]
    for ledger, names in plan.created.items():
        said.append(
            f"会同时建立{label_of(ledger)} {len(names):,} {counter(ledger)}（{_some(names, '、')}），请导入后核对。"
        )
    if plan.skipped:
        said.append(f"跳过空行、标题、合计等 {len(plan.skipped):,} 处。")
    if plan.missing and flow.block is None:
        said.append(
            f"名册里另有 {len(plan.missing):,} {counter(flow.kind)}不在这个文件里，导入不会改动，导入以后可以逐家处理。"
        )
    said.extend(plan.notes)
    if flow.plan.seen_before:
        said.append(f"这个文件在 {flow.plan.seen_before:%Y-%m-%d %H:%M} 导入过。")
    return said


def done_sentences(flow: ImportFlow) -> list[str]:
    """What was written."""
    if flow.outcome is None:
        return []
    counts, unit = flow.outcome.counts, counter(flow.kind)
    said = [
        f"{counts['new']:,} {unit}新增，{counts['updated']:,} {unit}更新，"
        f"{counts['same']:,} 行相同，{counts['refused']:,} 行拒收。"
    ]
    if flow.outcome.import_id is None:
        said.append("名册没有变化。")
    for ledger, many in flow.outcome.created.items():
        if many:
            said.append(f"同时建立了{label_of(ledger)} {many:,} {counter(ledger)}，备注里写着“待核对”。")
    if counts["refused"]:
        said.append("拒收的行没有导入：在下面点一行回去改，或者导出来改好再导入，已经导入的不会重复。")
    earlier = [(kind, outcome) for kind, outcome in flow.imported if outcome is not flow.outcome]
    if earlier:
        parts = [
            f"{label_of(kind)}新增 {outcome.counts['new']:,}、更新 {outcome.counts['updated']:,}"
            for kind, outcome in earlier
        ]
        said.append(f"这次之前已导入：{'；'.join(parts)}。")
    return said


def _some(names: list[str], separator: str) -> str:
    return separator.join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
