"""Every refusal the program foresees; the texts are for the clerk and stand where they are raised."""

from __future__ import annotations


class UserError(Exception):
    """Foreseen: bad input or a call that cannot be used. Nothing was changed.

    `message` says in Chinese what happened, `next_step` what to do now; `code` names the case for programs.
    The command line answers exit code 2.
    """

    exit_code = 2
    code = "unusable"

    def __init__(self, message: str, *, next_step: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return self.message + (f" {self.next_step}" if self.next_step else "")


class Refused(UserError):
    """A rule forbids this single act; nothing was changed. The command line answers exit code 1.

    `item` is what was refused (a number, a unit's name), `rule` the rule's short name.
    """

    exit_code = 1
    code = "refused"

    def __init__(self, message: str, *, item: str = "", rule: str = "", next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.item = item
        self.rule = rule

    @property
    def refusals(self) -> list[dict[str, str]]:
        """What was refused, one by one, as programs read it."""
        return [{"item": self.item, "rule": self.rule, "problem": self.message}]


class StoreError(UserError):
    """The store cannot be opened: held by another, damaged, lost, newer, full or read-only (exit code 3)."""

    exit_code = 3
    code = "store"


class NoStore(UserError):
    """There is no store in the folder yet (exit code 2)."""

    code = "no_store"


class Cancelled(Exception):
    """The clerk asked a long piece of work to stop; what was finished stays finished."""
