"""Authorizations as policies ask for them: in date, and by whom they were given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """An authorization in date on the day, for the items of this contract.

    `given_by` are the authorities that its text names (`authorities.yaml`), None where none can be
    read; whoever asks for an authority is then not answered.
    """

    kind: str
    authority: str
    given_by: frozenset[str] | None
    number: str
    policies: tuple[str, ...]
    parties: tuple[str, ...]
    until: date | None = None

    def __str__(self) -> str:
        named = "" if self.given_by is not None else " (authority not in the table)"
        return f"{self.authority} {self.kind} {self.number}".strip() + named
