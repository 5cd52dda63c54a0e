"""Elements of an XML file, one at a time, by a parser that refuses types and entities.

With the shape of its format (compliance.files.shape) a file is refused at the line and column of
what the format does not know, or of the element that lacks something.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import TreeBuilder  # builds only; the parser is the safe one

from compliance.distribution import installation
from compliance.errors import ComplianceError, InputError, Problem
from compliance.files.opening import Bounded, Refuse, opened
from compliance.files.shape import Shape

_DEEPEST: Final = 200  # elements inside each other; whoever reads them may use recursion
_CHUNK: Final = 16_384
_ROOT: Final = Shape()


class Placed(NamedTuple):
    """An element, and the line and column at which it begins, counted from 1."""

    line: int
    column: int
    element: Any


def elements(
    path: Path, refuse: Refuse, *names: str, maximum: int, longest: int = 0
) -> Iterator[Any]:
    """Each element with one of these local names, in document order, then forgotten.

    Names lose their namespace. With `longest`, an element that is longer is refused.

    Raises:
        ComplianceError: by `refuse`: as `opened`; not XML, with its line; a document type or an
            entity; elements inside each other without end.
        InputError: the extra that reads XML safely is not installed.
    """
    for found in placed(path, refuse, *names, maximum=maximum, longest=longest):
        yield found.element


def placed(
    path: Path,
    refuse: Refuse,
    *names: str,
    maximum: int,
    longest: int = 0,
    shape: Shape | None = None,
    member: str = "",
) -> Iterator[Placed]:
    """As `elements`, each with its place; with `shape`, of a document that has it.

    With `member`, of that file in a ZIP.

    Raises:
        ComplianceError, InputError: as `elements`; by `refuse`, with line and column: what the
            shape does not know, or what an element lacks.
    """
    open_: list[_Open] = []
    with opened(path, refuse, maximum=maximum, longest=longest, member=member) as stream:
        for begins, found in _events(stream, path, refuse):
            element = found.element
            if begins:
                element.tag = element.tag.rpartition("}")[2]
                above = open_[-1] if open_ else None
                open_.append(_begun(path, refuse, found, above, shape))
                if len(open_) > _DEEPEST:
                    raise refuse(path, f"more than {_DEEPEST} elements inside each other")
                continue
            begun = open_.pop()
            if shape is not None and (fault := begun.shape.lack(element.tag, begun.children)):
                place = begun.place
                raise refuse(path, fault, line=place.line, column=place.column)
            if element.tag in names:
                stream.record()
                yield begun.place
                element.clear()
                if open_:
                    open_[-1].place.element.remove(element)


def root(
    path: Path, refuse: Refuse, *, maximum: int, longest: int = 0
) -> tuple[str, dict[str, str]]:
    """The local name and the attributes of the root; nothing behind it is parsed.

    With `longest`, no more bytes than that are read for it.

    Raises:
        ComplianceError, InputError: as `elements`.
    """
    with opened(path, refuse, maximum=maximum, longest=longest) as stream:
        _, found = next(_events(stream, path, refuse))
        return str(found.element.tag).rpartition("}")[2], dict(found.element.attrib)


class _Open:
    """An element that has begun, what it may hold, and how many children of each name it has."""

    __slots__ = ("children", "place", "shape")

    def __init__(self, place: Placed, shape: Shape) -> None:
        self.place = place
        self.shape = shape
        self.children: dict[str, int] = {}


def _begun(
    path: Path, refuse: Refuse, found: Placed, above: _Open | None, shape: Shape | None
) -> _Open:
    """The element with its shape, where a shape is asked for.

    Raises:
        ComplianceError: by `refuse`: the element does not belong there.
    """
    if shape is None:
        return _Open(found, _ROOT)
    name = found.element.tag
    around = above.shape if above else shape
    message, hint = around.stranger(name, found.element.attrib)
    if message:
        where = f" in {above.place.element.tag}" if above else ""
        raise refuse(path, message + where, line=found.line, column=found.column, hint=hint)
    if above:
        above.children[name] = above.children.get(name, 0) + 1
    return _Open(found, around.inside(name) or _ROOT)


class _Target:
    """What the parser reports: each beginning and end of an element, with its place."""

    __slots__ = ("_builder", "_open", "_position", "events")

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._open: list[Placed] = []
        self._position: Any = None
        self.events: deque[tuple[bool, Placed]] = deque()

    def of(self, parser: Any) -> None:
        """Ask this parser (of expat) for places."""
        self._position = parser

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = self._builder.start(tag, attributes)
        line, column = self._position.CurrentLineNumber, self._position.CurrentColumnNumber
        self._open.append(Placed(line, column + 1, element))
        self.events.append((True, self._open[-1]))

    def data(self, text: str) -> None:
        self._builder.data(text)

    def end(self, tag: str) -> None:
        self._builder.end(tag)
        self.events.append((False, self._open.pop()))

    def close(self) -> None:
        """The document has ended."""


def _events(stream: Bounded, path: Path, refuse: Refuse) -> Iterator[tuple[bool, Placed]]:
    """The beginning (True) and the end of each element."""
    try:
        from defusedxml import DefusedXmlException, ElementTree  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = f"reading XML needs the extra: {installation('fetch')}"
        raise InputError(Problem.at(message, source=str(path), code="input")) from error
    target = _Target()
    parser: Any = ElementTree.XMLParser(target=target, forbid_dtd=True)
    target.of(parser.parser)
    while True:
        content = stream.read(_CHUNK)
        fault: ComplianceError | None = None
        try:
            parser.feed(content) if content else parser.close()
        except ElementTree.ParseError as error:
            fault = refuse(path, f"not XML: {error.msg}", line=error.position[0])
        except DefusedXmlException:
            fault = refuse(path, "a document type or an entity; these are refused")
        except (LookupError, ValueError) as error:  # an encoding that the parser does not know
            fault = refuse(path, f"not XML that can be read: {error}")
        while target.events:  # what stands before a fault is seen before it
            yield target.events.popleft()
        if fault is not None:
            raise fault
        if not content:
            return
