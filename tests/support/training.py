"""Persons, their training and certificates for tests: identity numbers of division 990001, workbooks as clerks send them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support.workbooks import workbook

CHEMICAL, MACHINES = "示例化工有限公司", "示例机械厂"
"""A unit of the five high-hazard sectors, and one of none."""

E7, E8, E9, E10A, E10B = (
    "990001198503120015", "99000119880815008x", "990001199002290037", "990001200811230056", "990001200811240078",
)  # fmt: skip

WORKERS = ["姓名", "身份证号", "企业名称", "岗位", "是否特种作业", "人员类别", "入职日期", "离岗日期", "复岗日期"]
TRAINING = ["身份证号", "姓名", "培训名称", "培训级别", "开始日期", "结束日期", "学时", "成绩", "是否合格", "上岗日期"]
CERTIFICATES = ["身份证号", "姓名", "证书类别", "作业项目", "证书编号", "初领日期", "有效期起", "有效期至", "复审日期"]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(n: int, born: date = date(1980, 1, 1)) -> str:
    """The n-th sound, fictitious identity number of a birthday (n below 1000)."""
    body = f"990001{born:%Y%m%d}{n:03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


def person_number(n: int) -> str:
    """The n-th person's, any number of them: a thousand a birthday."""
    day = date.fromordinal(date(1970, 1, 1).toordinal() + n // 1000)
    return identity_number(n % 1000, day)


def listed(path: Path, heading: list[str], *rows: dict[str, object]) -> Path:
    """A workbook of these rows by heading; what a row leaves out is an empty cell."""
    return workbook(path, list(heading), *([row.get(name) for name in heading] for row in rows))


def worker(name: str, number: str, unit: str = MACHINES, **more: object) -> dict[str, object]:
    """A row of a list of workers."""
    return {"姓名": name, "身份证号": number, "企业名称": unit, **more}


def took(number: str, level: str, day: str, hours: float, end: str | None = None, **more: object) -> dict[str, object]:
    """A row of a training list, passed with 90 unless said otherwise."""
    return {"身份证号": number, "培训级别": level, "开始日期": day, "结束日期": end, "学时": hours, "成绩": 90, **more}
