"""A CUPS of the tests' own: two queues that put what reaches them into files."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType

_DRIVERS = {"Plain": "Generic-PDF_Printer-PDF.ppd", "Office": "Ricoh-PDF_Printer-PDF.ppd"}
QUEUES = tuple(_DRIVERS)


class Cups:
    """cupsd in `folder`, listening on a socket of its own and, when asked, a port of this machine; a context manager.

    The commands that ask a printer for its trays do not get through to a socket in another than the usual place.
    """

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.folder = folder
        self.socket = folder / "cups.sock"
        self._port = port
        self._daemon: subprocess.Popen[bytes] | None = None

    def paper(self, queue: str) -> Path:
        """Where the queue's pages come out."""
        return self.folder / f"{queue}.pdf"

    @property
    def server(self) -> str:
        """What CUPS_SERVER must say to reach it."""
        return f"localhost:{self._port}" if self._port is not None else str(self.socket)

    def __enter__(self) -> Cups:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("root/ppd", "spool/tmp", "state/certs", "cache", "log"):
            (self.folder / name).mkdir(parents=True)
        here = self.folder
        # CUPS turns pages into other formats as a user of its own.
        here.parent.chmod(0o755)
        port = f"Listen localhost:{self._port}\n" if self._port is not None else ""
        (here / "cupsd.conf").write_text(
            f"LogLevel info\nListen {self.socket}\n{port}Browsing No\nWebInterface No\nDefaultAuthType None\nPreserveJobFiles Yes\n"
            "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n",
            encoding="utf-8",
        )
        (here / "cups-files.conf").write_text(
            f"ServerRoot {here}/root\nRequestRoot {here}/spool\nTempDir {here}/spool/tmp\nStateDir {here}/state\n"
            f"CacheDir {here}/cache\nErrorLog {here}/log/error\nAccessLog {here}/log/access\nPageLog {here}/log/page\n"
            "FileDevice Yes\nSandboxing Relaxed\nSystemGroup root\n",
            encoding="utf-8",
        )
        self._daemon = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", str(here / "cupsd.conf"), "-s", str(here / "cups-files.conf")]
        )
        for _ in range(50):
            if self.socket.exists():
                break
            time.sleep(0.2)
        for queue, driver in _DRIVERS.items():
            self._admin(
                "lpadmin", "-h", str(self.socket), "-p", queue, "-v", f"file://{self.paper(queue)}",
                "-P", f"/usr/share/ppd/cupsfilters/{driver}", "-o", "PageSize=A4", "-E",
            )  # fmt: skip
        self._admin("lpadmin", "-h", str(self.socket), "-d", QUEUES[0])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(10)

    def jobs(self) -> list[bytes]:
        """What was handed over so far, job by job, as it came from the driver."""
        return [file.read_bytes() for file in sorted((self.folder / "spool").glob("d*-001"))]

    def settle(self) -> None:
        """Until every job is done."""
        for _ in range(120):
            asked = subprocess.run(
                ["lpstat", "-h", str(self.socket), "-W", "not-completed", "-o"],
                capture_output=True,
                text=True,
                check=False,
            )
            if not asked.stdout.strip():
                return
            time.sleep(0.5)

    def log(self) -> str:
        """What the daemon wrote, for a failure."""
        return (self.folder / "log" / "error").read_text(encoding="utf-8", errors="replace")[-4000:]

    def _admin(self, *command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{command[0]}: {done.stderr}")
