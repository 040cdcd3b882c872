"""What a file-reading child may use: memory, no core file, no writing; on Windows it also dies with the program."""

from __future__ import annotations

import subprocess
import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("Basic", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _PROCESS_MEMORY, _KILL_ON_CLOSE, _EXTENDED_INFORMATION = 0x100, 0x2000, 9

    def confine(process: subprocess.Popen[bytes], memory: int) -> object:
        """Put the child into a job with `memory` bytes that ends with this program; keep what is returned.

        A Windows that refuses the job leaves the child without it: the time limits still hold.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        wanted = _Extended()
        wanted.Basic.LimitFlags = _PROCESS_MEMORY | _KILL_ON_CLOSE
        wanted.ProcessMemoryLimit = memory
        if job and kernel.SetInformationJobObject(
            job, _EXTENDED_INFORMATION, ctypes.byref(wanted), ctypes.sizeof(wanted)
        ):
            kernel.AssignProcessToJobObject(job, wintypes.HANDLE(int(process._handle)))  # type: ignore[attr-defined]
        return job

    def limit_myself(memory: int) -> None:
        """The parent's job does it."""

else:
    import resource

    def confine(process: subprocess.Popen[bytes], memory: int) -> object:
        """The child limits itself before it looks at any file."""
        return None

    def limit_myself(memory: int) -> None:
        """At most `memory` bytes of address space, no core file, not one byte written to any file."""
        for which, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
            hard = resource.getrlimit(which)[1]
            if hard == resource.RLIM_INFINITY or hard > most:
                resource.setrlimit(which, (most, most))
