"""What must hold of every import, whatever the file was."""

from __future__ import annotations

from pathlib import Path
from random import Random

from support.calls import CommandLine
from support.hostile_files import hostile_file

COUNTED = ("new", "updated", "same", "refused")


def import_whatever(anjian: CommandLine, folder: Path, random: Random) -> str:
    """Import one hostile file and check what was answered; what became of it: refused, read."""
    name, data = hostile_file(random)
    file = folder / name
    file.write_bytes(data)
    before = _count(anjian)
    done = anjian(
        "--json", "import", "organizations", file, *random.choice(((), (), ("--dry-run",), ("--all-or-nothing",)))
    )
    assert done.code in (0, 1, 2), done
    assert "Traceback" not in done.err
    told = done.json
    if done.code == 2:
        error = told["error"]
        assert name in error["message"], error
        assert error["message"].endswith("。") and "Error" not in error["message"]
        assert _count(anjian) == before
        return "refused"
    assert told["read"] == sum(told[key] for key in COUNTED)
    refused = [one for one in told["rows"] if one["verdict"] == "refused"]
    assert len({(one["sheet"], one["row"]) for one in refused}) == told["refused"]
    assert (done.code == 1) == bool(refused)
    for one in told["rows"]:
        assert one["sheet"] and one["row"] >= 1 and one["column"] and one["problem"], one
    data_rows = {(one["sheet"], one["row"]) for one in refused}
    assert not data_rows & {(one["sheet"], one["row"]) for one in told["skipped"]}
    assert all(one["sheet"] and one["row"] >= 1 and one["reason"] for one in told["skipped"])
    written = told["new"] if told["applied"] else 0
    assert _count(anjian) == before + written, told
    return "read"


def _count(anjian: CommandLine) -> int:
    total = anjian.json("list", "enterprise", "--limit", 1)["total"]
    assert isinstance(total, int)
    return total
