"""Facts are known once, lazily: a mapping that computes a fact when it is first asked for.

Knowing never judges: a fact says what is so, where it comes from, and what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Final, TypeVar

from compliance.model.evidence import Stated
from compliance.model.party import Address
from compliance.places import AddressTexts
from compliance.policies.fact import Fact
from compliance.policies.fields import Field
from compliance.screening.knowledge import Knowledge

SUSPECTED: Final = "suspected"
HOW: Final[Mapping[Any, str]] = {True: "known", SUSPECTED: SUSPECTED, False: "denied"}
"""How knowledge of something is told."""
NOT_GIVEN: Final = "not given"
F = TypeVar("F", bound="Facts")
R = TypeVar("R")


class Facts(dict[str, Fact]):
    """Facts by field name without its scope; a missing one is computed and kept."""

    functions: ClassVar[Mapping[str, Callable[[Any], Fact]]]
    fields: ClassVar[Mapping[str, Field]]
    path: str
    know: Knowledge
    as_of: date

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, str] = {}
        self._said: dict[str, str] = {}

    def __missing__(self, name: str) -> Fact:
        fact = self[name] = self.functions[name](self)
        return fact

    def shown(self, name: str) -> str:
        """A field's value in words with its note, as traces show it; kept, for flags repeat it."""
        words = self._shown.get(name)
        if words is None:
            known = self[name]
            text = known.text
            words = self._shown[name] = f"{text} ({known.note})" if known.note else text
        return words

    def said(self, name: str, kind: str) -> str:
        """A field's value in words, countries by name, as messages say it."""
        words = self._said.get(name)
        if words is None:
            known = self[name]
            by_name = kind in {"country", "countries"}
            words = known.spelled(self.know.gazetteer.name) if by_name else known.text
            if known.status == "absent" and known.note == NOT_GIVEN:
                words += f" ({NOT_GIVEN})"
            if kind in {"choice", "choices"}:
                words = words.replace("_", " ")
            self._said[name] = words
        return words

    def unread(self, name: str) -> str:
        """Why a field that somebody gave is not known: its text, and near spellings; else ""."""
        known = self[name]
        if known.known or known.partial or known.possible:
            return ""
        return known.note if known.status in ("unknown", "refused") else ""

    def at(self, field: str) -> str:
        """The contract path of a field of this subject."""
        return f"{self.path}.{field}" if self.path else field

    def country(self, stated: Stated[str] | str | None, field: str) -> Fact:
        """A country text as a fact: its ISO code, or unknown with the text and near spellings."""
        path = self.at(field)
        if stated is None:
            return not_given(path)
        if isinstance(stated, str):
            return self.know.place(stated, path, path)
        if stated.value is None:
            return without_value(stated, path)
        return self.know.place(stated.value, path, sourced(stated, path))

    def value(self, stated: Stated[Any] | None, field: str) -> Fact:
        """A stated value as it is."""
        path = self.at(field)
        if stated is None or stated.value is None:
            return without_value(stated, path)
        return Fact.of(stated.value, sourced(stated, path), status="stated")

    def knowledge(self, stated: Stated[Any] | None, field: str) -> Fact:
        """Whether something is so, as far as it is known: a suspicion is neither yes nor no."""
        if stated is not None and stated.value == SUSPECTED:
            path = self.at(field)
            return Fact.unknown(
                path, status="unknown", note=SUSPECTED, source=sourced(stated, path)
            )
        return self.value(stated, field)

    def how_known(self, stated: Stated[Any] | None, field: str) -> Fact:
        """How something is known: known, suspected or denied."""
        found = self.value(stated, field)
        return found._replace(value=HOW[found.value]) if found.known else found

    def given(self, value: Any, field: str) -> Fact:
        """A value that carries no evidence of its own; None was not given."""
        path = self.at(field)
        return not_given(path) if value is None else Fact.of(value, path, status="stated")


@lru_cache(8192)
def not_given(path: str) -> Fact:
    """The fact that nobody gave; the same for every contract."""
    return Fact.unknown(path, note=NOT_GIVEN, source=path)


def without_value(stated: Stated[Any] | None, path: str) -> Fact:
    """Why there is no value: nobody gave it, or it was stated as unknown or refused."""
    if stated is None:
        return not_given(path)
    if stated.status == "refused":
        note = "the customer refused to say"
        return Fact.unknown(path, status="refused", note=note, source=path)
    return Fact.unknown(path, status="unknown", note="stated as unknown", source=path)


def sourced(stated: Stated[Any], path: str) -> str:
    """Where a stated value comes from, in words."""
    words = f"{path}, {stated.status}"
    if stated.source:
        words += f": {stated.source}"
    return f"{words} ({stated.as_of})" if stated.as_of else words


def texts_of(address: Address) -> AddressTexts:
    """What an address says of where it lies."""
    return AddressTexts(address.country, address.region, address.city, address.text)


def once(compute: Callable[[F], R]) -> Callable[[F], R]:
    """Keep what a function says of a subject; several facts rest on it."""
    name = f"_{compute.__name__}"

    def kept(subject: F) -> R:
        known = subject.__dict__
        if name not in known:
            known[name] = compute(subject)
        return known[name]  # type: ignore[no-any-return]

    return kept
