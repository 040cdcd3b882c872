"""A restore killed before any of its steps leaves the old store or the new one, whole, and never a mixture."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.kill_rounds import killed_restores


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_killed_before_its_steps_it_is_the_old_store_or_the_new_one(store_folder: Path, tmp_path: Path) -> None:
    told = killed_restores(store_folder, tmp_path, every=4)
    assert told["wrong"] == 0 and told["old"] > 5 and told["new"] > 3, told
