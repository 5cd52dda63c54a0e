"""Elements of an XML file, one at a time, by a parser that refuses types and entities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from compliance.distribution import installation
from compliance.errors import InputError, Problem
from compliance.files.opening import Bounded, Refuse, opened

_DEEPEST: Final = 200  # elements inside each other; whoever reads them may use recursion


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
    open_: list[Any] = []
    with opened(path, refuse, maximum=maximum, longest=longest) as stream:
        for event, element in _events(stream, path, refuse):
            if event == "start":
                element.tag = element.tag.rpartition("}")[2]
                open_.append(element)
                if len(open_) > _DEEPEST:
                    raise refuse(path, f"more than {_DEEPEST} elements inside each other")
                continue
            open_.pop()
            if element.tag in names:
                stream.record()
                yield element
                element.clear()
                if open_:
                    open_[-1].remove(element)


def root(
    path: Path, refuse: Refuse, *, maximum: int, longest: int = 0
) -> tuple[str, dict[str, str]]:
    """The local name and the attributes of the root; nothing behind it is parsed.

    With `longest`, no more bytes than that are read for it.

    Raises:
        ComplianceError, InputError: as `elements`.
    """
    with opened(path, refuse, maximum=maximum, longest=longest) as stream:
        _, element = next(_events(stream, path, refuse))
        return str(element.tag).rpartition("}")[2], dict(element.attrib)


def _events(stream: Bounded, path: Path, refuse: Refuse) -> Iterator[tuple[str, Any]]:
    """The start and the end of each element."""
    try:
        from defusedxml import DefusedXmlException, ElementTree  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = f"reading XML needs the extra: {installation('fetch')}"
        raise InputError(Problem.at(message, source=str(path), code="input")) from error
    try:
        yield from ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True)
    except ElementTree.ParseError as error:
        raise refuse(path, f"not XML: {error.msg}", line=error.position[0]) from error
    except DefusedXmlException as error:
        raise refuse(path, "a document type or an entity; these are refused") from error
    except (LookupError, ValueError) as error:  # an encoding that the parser does not know
        raise refuse(path, f"not XML that can be read: {error}") from error
