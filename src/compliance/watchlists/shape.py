"""What a publisher's format is made of, so that a file that changed is refused and not half read.

A renamed element is to a reader one that is missing: 721 persons lose a name and nothing fails. So
each reader of XML states every element, attribute and coded word that the format has, used or not;
whatever else stands in a file refuses it, and so does what should always be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from compliance.errors import WatchlistError
from compliance.watchlists.source import problem, words

_REFUSED = "the format changed; nothing of the file is read"


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of each element, by its path: "INDIVIDUAL/INDIVIDUAL_ALIAS" -> its parts.

    A part is the name of a child, or of an attribute with "@" before it. `always` are those that
    every such element has. `coded` are the words that a part may hold, in lower case, by its path.
    `holders` are the elements around the entries, the root among them: nothing else is in them.
    """

    parts: Mapping[str, frozenset[str]]
    always: Mapping[str, frozenset[str]]
    coded: Mapping[str, frozenset[str]]
    holders: tuple[str, ...]

    @classmethod
    def of(
        cls, outline: Mapping[str, str], coded: Mapping[str, Iterable[str]], *holders: str
    ) -> Self:
        """A shape from an outline: path -> the names of its parts, one marked "!" always there.

        Shape.of({"ENTRY": "uid! name! aka", "ENTRY/aka": "@quality"}, {})
        """
        named = {path: names.split() for path, names in outline.items()}
        return cls(
            {path: frozenset(name.removesuffix("!") for name in n) for path, n in named.items()},
            {path: frozenset(x[:-1] for x in n if x.endswith("!")) for path, n in named.items()},
            {path: frozenset(map(str.lower, said)) for path, said in coded.items()},
            holders,
        )

    def checked(self, path: Path, found: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """The entries of a file as they come, each with its place; refuses the file at its end.

        `found` are its elements of the tags of entries and holders.

        Raises:
            WatchlistError: every kind of part that is unknown or missing, and every unknown word,
                with its first place and how many there are.
        """
        defects = _Defects(self)
        for at, element in found:
            if element.tag in self.holders:
                defects.take_holder(element)
                continue
            defects.take(at, element.tag, element)
            yield at, element
        if defects.first:
            raise WatchlistError(
                problem(path, f"{message}{defects.times(message)}", where=at, hint=_REFUSED)
                for message, at in defects.first.items()
            )


@dataclass(slots=True)
class _Defects:
    """Each defect with its first place, and how often it was met."""

    shape: Shape
    first: dict[str, str] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)

    def take(self, at: str, path: str, element: Any) -> None:
        children = [str(child.tag) for child in element]
        has = {*children, *(f"@{_local(name)}" for name in element.keys())}  # noqa: SIM118 - an Element
        known = self.shape.parts.get(path, frozenset())
        for name in sorted(has - known):
            self._note(at, f"{path}: {_kind(name)} is not known")
        for name in sorted(self.shape.always.get(path, frozenset()) - has):
            self._note(at, f"{path}: {_kind(name)} is missing")
        for name in has & known:
            self._word(at, f"{path}/{name}", element)
        for child, name in zip(element, children, strict=True):
            if name in known:
                self.take(at, f"{path}/{name}", child)

    def take_holder(self, element: Any) -> None:
        """An element around entries at its end: the entries were taken out of it as they came."""
        for child in element:
            if child.tag not in self.shape.holders:
                self._note(element.tag, f"{element.tag}: {_kind(str(child.tag))} is not known")

    def _word(self, at: str, path: str, element: Any) -> None:
        coded = self.shape.coded.get(path)
        if coded is None:
            return
        name = path.rpartition("/")[2]
        said = [element.get(name[1:])] if name[0] == "@" else [x.text for x in element.iter(name)]
        for word in said:
            if (plain := words(word)).lower() not in coded:
                self._note(at, f"{path}: {plain!r} is not known")

    def _note(self, at: str, message: str) -> None:
        self.first.setdefault(message, at)
        self.count[message] = self.count.get(message, 0) + 1

    def times(self, message: str) -> str:
        """How often, where it is more than once."""
        return f" ({self.count[message]} times)" if self.count[message] > 1 else ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _kind(name: str) -> str:
    return f"attribute {name[1:]!r}" if name[0] == "@" else f"element {name!r}"
