"""One holder at a time; a killed one leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from anjian_desktop.errors import StoreError
from anjian_desktop.storage import lock
from anjian_desktop.storage.upgrade import open_store


def test_a_second_holder_is_told_who_and_since_when(store_folder: Path) -> None:
    with lock.hold(store_folder, "文员甲的窗口"):
        with pytest.raises(StoreError, match=r"文员甲的窗口，从.*起") as refused, lock.hold(store_folder, "乙"):
            pass
        assert refused.value.code == "held"
        present = lock.holder(store_folder)
        assert present is not None and present.who == "文员甲的窗口"
    assert lock.holder(store_folder) is None
    with lock.hold(store_folder, "乙"):
        pass


def test_beside_a_window_the_store_opens_but_not_beside_maintenance(store_folder: Path) -> None:
    with lock.hold(store_folder, "窗口"):
        open_store(store_folder).close()
    with lock.hold(store_folder, "恢复备份", purpose="maintenance"), pytest.raises(StoreError, match="正在维护数据"):
        open_store(store_folder)


def test_a_killed_holder_leaves_no_lock(store_folder: Path) -> None:
    program = (
        "import sys,time;from pathlib import Path;from anjian_desktop.storage import lock\n"
        "with lock.hold(Path(sys.argv[1]),'别的程序'):\n print('held',flush=True);time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, store_folder], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == b"held"
        with pytest.raises(StoreError, match="别的程序"), lock.hold(store_folder, "窗口"):
            pass
        other.kill()
        other.wait()
    with lock.hold(store_folder, "窗口"):
        pass


def test_a_lock_file_with_nonsense_in_it_still_says_that_it_is_held(store_folder: Path) -> None:
    with lock.hold(store_folder, "窗口"):
        (store_folder / "lock").write_bytes(b"\xff{")
        with pytest.raises(StoreError, match="另一个程序"), lock.hold(store_folder, "乙"):
            pass
