"""Offices of the sample town for tests: empty, or with a few villages, departments and enterprises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from anjian_desktop.domain.identity import credit_code_check, organization_check
from anjian_desktop.services import records
from anjian_desktop.services.office import Office, create_office, open_office

NEW_YEAR = date(2026, 1, 5)
"""The day a test's office takes for today unless it says otherwise."""


def credit_code(n: int) -> str:
    """A sound, fictitious 统一社会信用代码 of division 990001."""
    body = f"MA{n:06d}"
    first = f"91990001{body}{organization_check(body)}"
    return first + credit_code_check(first)


@pytest.fixture(scope="session")
def _empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    create_office(folder, name="示例镇安监办", today=NEW_YEAR).close()
    return folder


@pytest.fixture
def office(_empty_office: Path, tmp_path: Path) -> Iterator[Office]:
    """A fresh office of 示例镇 on 5 January 2026."""
    folder = tmp_path / "data"
    shutil.copytree(_empty_office, folder)
    with open_office(folder, today=NEW_YEAR) as opened:
        yield opened


def on(office: Office, today: date) -> Office:
    """The same office on another day."""
    return Office(office.db, office.folder, today=today, actor=office.actor)


def village(office: Office, name: str = "东河村", **values: str) -> int:
    """A village of that name."""
    return records.add(
        office, "village", {"name": name, "principal": "王示例", "principal_phone": "13900000001", **values}
    ).id


def enterprise(office: Office, n: int = 1, **values: str) -> int:
    """The n-th enterprise, sound in every field."""
    given = {
        "name": f"示例{n}号机械有限公司",
        "credit_code": credit_code(n),
        "principal": f"赵{'甲乙丙丁戊己庚辛壬癸'[n % 10]}",
        "principal_phone": f"139{n:08d}",
        "address": f"示例路{n}号",
        **values,
    }
    return records.add(office, "enterprise", given).id


def enterprises(office: Office, count: int, **values: str) -> list[int]:
    """Several of them."""
    return [enterprise(office, n, **values) for n in range(1, count + 1)]
