"""What the elements of an XML format may hold, written as the indented outline of a schema.

    Names
      Name+ @id @lang?
        Text
        Note?

Below an element, one step in, stand its children. Behind a name: nothing for exactly one, `?` at
most one, `*` any number, `+` at least one. `@id` is an attribute that must be there, `@lang?` one
that may be; behind `@*` others may be too, which nobody reads. `...` is any content that nobody
reads. Names have no namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from compliance.errors import did_you_mean

_ENTRY: Final = re.compile(
    r"(?P<name>[\w.-]+)(?P<mark>[?*+]?)(?P<more>(?: @[\w.-]+\??)*(?: @\*)?(?: \.\.\.)?)"
)
_STEP: Final = 2
_ANY_ATTRIBUTE: Final = "@*"
_ANY_CONTENT: Final = "..."
# Attributes of XML Schema itself (xsi:schemaLocation, xsi:nil) say nothing of the content.
_SCHEMA: Final = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class Shape:
    """What one element may hold: children and attributes by name, which of them must be there.

    `open` allows other attributes; `unread` any content.
    """

    children: Mapping[str, Shape] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()
    needed_children: frozenset[str] = frozenset()
    needed_attributes: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    open: bool = False
    unread: bool = False

    def stranger(self, name: str, attributes: Mapping[str, str]) -> tuple[str, str]:
        """What is wrong with a child that begins, and a hint; two empty texts where it fits."""
        inside = self.inside(name)
        if inside is None:
            return f"unknown element {name}", _near(name, self.children)
        keys = attributes.keys()
        if inside.needed_attributes <= keys and (inside.open or keys <= inside.attributes):
            return "", ""
        given = {key.rpartition("}")[2] for key in keys if not key.startswith(_SCHEMA)}
        for key in sorted(given - inside.attributes if not inside.open else ()):
            return f"unknown attribute {key} of {name}", _near(key, inside.attributes)
        for key in sorted(inside.needed_attributes - given):
            return f"{name} without its attribute {key}", ""
        return "", ""

    def inside(self, name: str) -> Shape | None:
        """What a child of a name may hold; None where the element has no such child."""
        return _ANYTHING if self.unread else self.children.get(name)

    def lack(self, name: str, found: Mapping[str, int]) -> str:
        """What an element that ends lacks or has twice, by counts of its children; "" if whole."""
        if not self.needed_children <= found.keys():
            return f"{name} without its {min(self.needed_children - found.keys())}"
        if not self.unread:
            for child, count in found.items():
                if count > 1 and child not in self.repeated:
                    return f"{name} with {child} {count} times"
        return ""


_ANYTHING: Final = Shape(open=True, unread=True)


def outline(text: str) -> Shape:
    """The shape of a document whose root is the first line of an outline.

    Raises:
        ValueError: a line that is no entry, or that is further in than a child can be.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValueError("an outline names a root")
    indent = len(lines[0]) - len(lines[0].lstrip())
    entries = [_entry(line, indent) for line in lines]
    if [depth for depth, *_ in entries].count(0) != 1:
        raise ValueError("an outline has one root")
    return _shape(entries, 0, len(entries), -1)


def _entry(line: str, indent: int) -> tuple[int, str, str, tuple[str, ...]]:
    depth, odd = divmod(len(line) - len(line.lstrip()) - indent, _STEP)
    found = _ENTRY.fullmatch(" ".join(line.split()))
    if odd or depth < 0 or found is None:
        raise ValueError(f"not an entry of an outline: {line!r}")
    return depth, found["name"], found["mark"], tuple(found["more"].split())


def _shape(
    entries: list[tuple[int, str, str, tuple[str, ...]]],
    first: int,
    behind: int,
    above: int,
    own: tuple[str, ...] = (),
) -> Shape:
    """The shape of the entry at depth `above` whose children are entries[first:behind]."""
    children: dict[str, Shape] = {}
    needed: set[str] = set()
    repeated: set[str] = set()
    at = first
    while at < behind:
        depth, name, mark, attributes = entries[at]
        if depth != above + 1 or name in children:
            raise ValueError(f"{name} stands in a wrong place, or twice")
        end = next((i for i in range(at + 1, behind) if entries[i][0] <= depth), behind)
        children[name] = _shape(entries, at + 1, end, depth, attributes)
        if mark in ("", "+"):
            needed.add(name)
        if mark in ("*", "+"):
            repeated.add(name)
        at = end
    keys = [key.removeprefix("@") for key in own if key not in (_ANY_ATTRIBUTE, _ANY_CONTENT)]
    return Shape(
        children,
        attributes=frozenset(key.removesuffix("?") for key in keys),
        needed_children=frozenset(needed),
        needed_attributes=frozenset(key for key in keys if not key.endswith("?")),
        repeated=frozenset(repeated),
        open=_ANY_ATTRIBUTE in own,
        unread=_ANY_CONTENT in own,
    )


def _near(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or "the format has changed, or is another"
