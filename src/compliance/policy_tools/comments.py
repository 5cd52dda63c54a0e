"""Where comments of a YAML file belong: above a node, beside it, or below the last of its parts.

A comment alone on its line belongs to the node that follows. Where the next node stands further
left, it is the last word of the block whose column it keeps. A comment behind something belongs to
what ends there, or to the key that opens a block there. A parser throws comments away, so they are
found here in what lies between the scalars, where `#` can be nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml as pyyaml

from compliance.tables.yaml import LINE_BREAK, Path_

_PARSER: Any = getattr(pyyaml, "CLoader", pyyaml.Loader)
_ONLY_INDICATORS: Final = frozenset("-? ")
_Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments by the path of their node, each as it is written from its `#` on."""

    above: Mapping[Path_, Sequence[str]] = field(default_factory=dict)
    beside: Mapping[Path_, Sequence[str]] = field(default_factory=dict)
    below: Mapping[Path_, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Node:
    """An entry of a mapping (from its key on), an item of a sequence, or the whole document."""

    path: Path_
    start: _Mark
    end: _Mark
    parent: int | None
    column: int = 0
    """Where its parts stand, if it is a block."""
    container: bool = False
    flow: bool = False


def comments_of(text: str) -> Comments:
    """The comments of a text that `compliance.tables.yaml.read` has read without an error."""
    nodes, gaps = _structure(text)
    lines = LINE_BREAK.split(text)
    above: defaultdict[Path_, list[str]] = defaultdict(list)
    beside: defaultdict[Path_, list[str]] = defaultdict(list)
    below: defaultdict[Path_, list[str]] = defaultdict(list)
    starts = [node.start for node in nodes]
    for (line, column), comment in _found(lines, gaps):
        at = bisect_left(starts, (line, column))
        if set(lines[line][:column]) <= _ONLY_INDICATORS:
            path, last = _alone(nodes, at, (line, column))
            (below if last else above)[path].append(comment)
        else:
            beside[_ending(nodes, at - 1, (line, column))].append(comment)
    return Comments(above, beside, below)


def _found(lines: list[str], gaps: list[tuple[_Mark, _Mark]]) -> Iterator[tuple[_Mark, str]]:
    for (line, column), (last, until) in gaps:
        for number in range(line, last + 1):
            start = column if number == line else 0
            end = until if number == last else len(lines[number])
            at = lines[number].find("#", start, end)
            if at >= 0:
                yield (number, at), lines[number][at:].rstrip()


def _alone(nodes: list[_Node], at: int, where: _Mark) -> tuple[Path_, bool]:
    """The node of a comment alone on its line, and whether it stands below its last part."""
    following = nodes[at] if at < len(nodes) else None
    for node in _outward(nodes, at - 1):
        if not node.container:
            if node.end > where:
                return node.path, False
        elif following is not None and following.path[: len(node.path)] == node.path:
            break
        elif node.flow:
            if node.end > where:
                return node.path, True
        elif node.column == where[1] == _column(nodes, node) and node.path:
            continue  # dashes right below their key: the block around both ends here
        elif node.column <= where[1] and (
            following is None or where[1] > _column(nodes, following)
        ):
            return node.path, True
    return (following.path if following is not None else ()), False


def _ending(nodes: list[_Node], last: int, where: _Mark) -> Path_:
    """The outermost node that ends before a comment behind it, or the one that begins there."""
    chain = _outward(nodes, last)
    ending = next(chain)
    for node in chain:
        if node.end > where:
            break
        ending = node
    return ending.path


def _outward(nodes: list[_Node], index: int) -> Iterator[_Node]:
    at: int | None = index if index >= 0 else None
    while at is not None:
        yield nodes[at]
        at = nodes[at].parent


def _column(nodes: list[_Node], node: _Node) -> int:
    parent = nodes[node.parent] if node.parent is not None else None
    return parent.column if parent is not None and not parent.flow else node.start[1]


def _structure(text: str) -> tuple[list[_Node], list[tuple[_Mark, _Mark]]]:
    """Every node in the order written, and the stretches of text between the scalars."""
    outline = _Outline()
    for event in pyyaml.parse(text, Loader=_PARSER):
        outline.take(event)
    return outline.nodes, outline.gaps


class _Outline:
    """Builds the nodes from parser events."""

    def __init__(self) -> None:
        self.nodes: list[_Node] = []
        self.gaps: list[tuple[_Mark, _Mark]] = []
        self._position: _Mark = (0, 0)
        self._open: list[int] = []
        self._steps: list[int | tuple[str, _Mark] | None] = []
        """Of each open container the next index, or the key whose value comes next."""

    def take(self, event: Any) -> None:
        start = (event.start_mark.line, event.start_mark.column)
        end = (event.end_mark.line, event.end_mark.column)
        if isinstance(event, pyyaml.ScalarEvent):
            # The line that opens a block scalar may end in a comment; what follows is text.
            until = (start[0] + 1, 0) if event.style in {"|", ">"} else start
            self.gaps.append((self._position, until))
            self._position = end
        if isinstance(event, pyyaml.StreamEndEvent):
            self.gaps.append((self._position, end))
        elif isinstance(event, pyyaml.CollectionEndEvent):
            self.nodes[self._open.pop()].end = end
            self._steps.pop()
        elif isinstance(event, pyyaml.NodeEvent):
            expects_key = bool(self._steps) and self._steps[-1] is None
            if expects_key and isinstance(event, pyyaml.ScalarEvent):
                self._steps[-1] = (event.value, start)
            else:
                self._enter(event, start, end)

    def _enter(self, event: Any, start: _Mark, end: _Mark) -> None:
        parent = self._open[-1] if self._open else None
        node = _Node((), start, end, parent, start[1])
        if parent is not None:
            path, step = self.nodes[parent].path, self._steps[-1]
            if isinstance(step, int):
                node.path = (*path, step)
                self._steps[-1] = step + 1
            elif step is not None:
                node.path, node.start = (*path, step[0]), step[1]
                self._steps[-1] = None
        self.nodes.append(node)
        if isinstance(event, pyyaml.CollectionStartEvent):
            node.container, node.flow = True, bool(event.flow_style)
            self._open.append(len(self.nodes) - 1)
            self._steps.append(0 if isinstance(event, pyyaml.SequenceStartEvent) else None)
