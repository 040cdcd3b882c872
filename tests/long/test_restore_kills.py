"""The same before every single step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.kill_rounds import killed_restores


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_killed_before_every_step_it_is_the_old_store_or_the_new_one(store_folder: Path, tmp_path: Path) -> None:
    told = killed_restores(store_folder, tmp_path, every=1)
    print(told)
    assert told["wrong"] == 0 and told["points"] > 50, told
