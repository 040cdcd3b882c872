"""Put right what can be made again from the rows (indexes, the search index); say plainly what cannot."""

from __future__ import annotations

from dataclasses import dataclass

from anjian_desktop.errors import StoreError
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.storage import search_index
from anjian_desktop.storage.backup import backup
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.integrity import OK, CheckReport, check
from anjian_desktop.storage.seals import stored_rows
from anjian_desktop.storage.statements import Execute, statements_on


@dataclass(frozen=True)
class RepairReport:
    """`done` and `left`: sentences; `after` what the check finds now."""

    done: tuple[str, ...]
    left: tuple[str, ...]
    after: CheckReport


def repair(db: Database, *, actor: str = "", full: bool = False) -> RepairReport:
    """After a verified backup make every index and the search index anew, in one transaction; then check again.

    Rows, audit and scans are never touched: what is wrong with them is said. A store whose rows cannot be read is left
    as it is, for there is nothing to make them from. Raises StoreError (`held`, `full`, `readonly`).
    """
    done: list[str] = []
    try:
        made = backup(db, label="before-repair")
        done.append(f"修复之前已备份：{made.file.name}")
        with db.transaction("修复索引", actor=actor) as tx:
            execute = statements_on(tx.session.connection())
            execute("REINDEX")
            rows = _search_anew(execute)
            tx.note(f"重建全部索引和搜索索引，{rows} 行")
        db.renew_readers()
        done.append(f"已重建全部索引和搜索索引（{rows} 行）。")
    except StoreError as error:
        if error.code not in {"damaged", "foreign"}:
            raise
    after = check(db, full=full)
    return RepairReport(tuple(done), tuple(what_is_wrong(after, readable=len(done) == 2)), after)


def _search_anew(execute: Execute) -> int:
    """Empty the search index, whatever is in it, and fill it from the rows; gives how many."""
    execute("INSERT INTO search_text (search_text) VALUES ('delete-all')")
    execute("DELETE FROM search_code")
    count = 0
    for ledger in all_ledgers():
        rows = list(stored_rows(execute, ledger))
        search_index.rebuild(execute, ledger, rows)
        count += len(rows)
    return count


def what_is_wrong(after: CheckReport, *, readable: bool = True) -> list[str]:
    """What the check found, in sentences with what to do; nothing for a sound store."""
    said = []
    if after.integrity != OK or not readable:
        said.append("数据文件里有内容读不出来，不能就地修复，没有改动它。请从最近的备份恢复（anjian restore --list）。")
    if after.foreign_keys != OK:
        said.append(f"{after.foreign_keys}，程序不能猜测它原来指向哪里。请从备份恢复，或联系维护人员。")
    if not after.audit.ok:
        said.append(
            f"修改记录从第 {after.audit.first_bad} 条起对不上（{after.audit.problem}）：记录不能重写，请保留现状备查。"
        )
    if after.rows_changed_outside:
        said.append(
            f"有 {len(after.rows_changed_outside)} 行被程序以外改动过（见 rows_changed_outside）：程序不知道哪个值是对的，"
            "请逐行核对，改正并保存一次。"
        )
    if after.attachments.missing or after.attachments.changed:
        said.append(
            f"附件缺失 {len(after.attachments.missing)} 个、被改动 {len(after.attachments.changed)} 个："
            "请从备份或打包文件里找回，或重新扫描。"
        )
    if after.attachments.orphans:
        said.append(f"有 {len(after.attachments.orphans)} 个附件文件没有登记在用，不影响使用，没有删除。")
    return said
