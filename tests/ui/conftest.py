"""What the window's tests stand on."""

from __future__ import annotations

from support.windows import answers, no_endless_questions, window  # noqa: F401 - fixtures for every test here
