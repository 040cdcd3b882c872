"""安监桌面: the township safety office's program; the core, without a window."""

__version__ = "0.1.0"
