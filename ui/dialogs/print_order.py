"""What the clerk decides about a print run, and the words a plan is told in; no widgets."""

from __future__ import annotations

from dataclasses import dataclass, field

from anjian_desktop.services.printing import PrintPlan, PrintRequest
from ui.printing.backend import PrintChoices, Printer


@dataclass(frozen=True)
class Choice:
    """One answer to 打印什么: a sentence and the part of the request it stands for."""

    key: str
    label: str
    ids: tuple[int, ...] | None = None
    kind: str | None = None
    again: bool = False


@dataclass(frozen=True)
class PrintOrder:
    """What the clerk decided: the request, and the printer to send it to afterwards, if any."""

    request: PrintRequest
    printer: Printer | None = None
    choices: PrintChoices = field(default_factory=PrintChoices)


def plan_words(plan: PrintPlan) -> tuple[str, str]:
    """The counts with the numbers, and remarks on what cannot be printed or prints with a gap."""
    many = plan.new + plan.again
    if not many:
        return f"没有可打印的责任书。{_failed_words(plan)}", ""
    words = f"{many:,} 份，{plan.pages:,} 页，双面 {plan.sheets:,} 张纸。"
    if plan.new and plan.again:
        words += f"其中 {plan.new:,} 份新取编号，{plan.again:,} 份按原编号重打。"
    elif plan.again:
        words += "按原编号重打。"
    numbers = plan.first_number if many == 1 else f"{plan.first_number} 至 {plan.last_number}"
    remarks = [_failed_words(plan)] if plan.failed else []
    if plan.gaps:
        names = "、".join(dict.fromkeys(name for _, gaps in plan.gaps for name in gaps))
        remarks.append(f"{len(plan.gaps):,} 份缺{names}，打印时留空，可以手写。")
    return f"{words}\n编号 {numbers}。", "\n".join(remarks)


def _failed_words(plan: PrintPlan) -> str:
    if not plan.failed:
        return ""
    first = plan.failed[0]
    others = f" 等 {len(plan.failed):,} 份" if len(plan.failed) > 1 else ""
    return f"不能打印：“{first.unit}”{others}，{first.problem}。"
