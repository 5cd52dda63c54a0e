"""Policy files in one form: the same value always looks the same, and its comments stay with it.

What fits within 120 characters stands on one line, in flow style; what does not is opened one
level, and tried again. Long lists of short values are filled; long texts are folded. Formatting a
formatted file changes nothing, and no formatting changes what `tables.yaml` reads: `formatted`
reads its own work again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, YamlError
from compliance.policy_tools.comments import Comments, comments_of
from compliance.policy_tools.file_layout import Kind, kind_of, ordered, over_lines
from compliance.policy_tools.scalars import WIDTH, filled, key, scalar, text_over_lines
from compliance.tables.yaml import MAXIMUM_DEPTH, Path_, read, read_file

_NOT_POLICIES: Final = frozenset({"data", "sets"})
_STEP: Final = 2
_FILLED_FROM: Final = 7
_SHORT: Final = 40


def formatted(text: str, source: str) -> str:
    """A file of the policy language in its one form; `source` names it in errors.

    Raises:
        YamlError: the text is not strict YAML, or holds a key too long for a line.
    """
    text = text.removeprefix("\ufeff")
    value = read(text, source=source).value
    comments = comments_of(text)
    result = emit(value, comments.above, comments.beside, comments.below)
    again = read(result, source=f"{source} (formatted)").value
    if repr(again) != repr(ordered(value, kind_of(value))):
        message = "formatting would change what is read; please report this file"
        raise YamlError(Problem.at(message, source=source, code="yaml"))
    return result


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """A file as it is and as it should be."""

    before: bytes
    after: bytes
    kind: Kind


def formatted_file(path: Path) -> FormattedFile:
    """Read one file and format it; it is not written.

    Raises:
        InputError: it cannot be opened or is too large.
        YamlError: as `formatted`.
    """
    kind = kind_of(read_file(path).value)  # bounds its size, and knows its encoding
    content = path.read_bytes()
    return FormattedFile(content, formatted(content.decode("utf-8"), str(path)).encode(), kind)


def files_in(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder, sorted, but for its tables and sets of rules."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.relative_to(folder).parts[0] not in _NOT_POLICIES:
            yield path


def emit(
    value: Any,
    above: Mapping[Path_, Sequence[str]] | None = None,
    beside: Mapping[Path_, Sequence[str]] | None = None,
    below: Mapping[Path_, Sequence[str]] | None = None,
) -> str:
    """A parsed tree as text, with comments by the path of the node that they stand above.

    `beside` holds comments behind a node, `below` those after the last part of one. Each comment is
    one line from its `#` on; one that is longer than a line is wrapped, one that does not fit
    beside its node stands above it.

    Raises:
        KeyError: a comment of a path that the tree does not have: it would be lost.
        TypeError: the tree holds a value that strict YAML has not.
        YamlError: it holds a key too long for a line, or is nested too deep.
    """
    text = _written(value, Comments(above or {}, beside or {}, below or {}))
    # A comment that moved out of a block, for want of room, may let the block stand on one line.
    for _ in range(MAXIMUM_DEPTH):
        before = text
        text = _written(read(text, source="<formatted>").value, comments_of(text))
        if text == before:
            break
    return text


def _written(value: Any, comments: Comments) -> str:
    emitter = _Emitter(ordered(value, kind_of(value)), comments)
    return "".join(f"{line}\n" for line in emitter.document())


class _Emitter:
    """Writes one document. Parts are returned as (comments above, lines), fully indented."""

    def __init__(self, value: Any, comments: Comments) -> None:
        self.value = value
        self.kind = kind_of(value)
        self.comments = comments
        self.opened: set[Path_] = set()
        commented = {*comments.above, *comments.beside, *comments.below}
        for path in commented:
            _require(value, path)
            self.opened.update(path[:length] for length in range(len(path)))
        self.opened.update(path for path, lines in comments.below.items() if lines)

    def document(self) -> list[str]:
        above = self._wrapped(self.comments.above.get((), ()), 0)
        above += self._wrapped(self.comments.beside.get((), ()), 0)
        if isinstance(self.value, dict | list) and self.value:
            first, lines = self._block(self.value, (), 0)
            return [*above, *first, *lines]
        above += self._wrapped(self.comments.below.get((), ()), 0)
        opening = self._on_one_line(self.value, ())
        if opening is None or len(opening) > WIDTH:
            opening, rest = text_over_lines(self.value, _STEP, 0)
            return [*above, opening, *rest]
        return [*above, opening]

    def _block(self, value: Any, path: Path_, indent: int) -> tuple[list[str], list[str]]:
        """A container that is not empty; the comments above its first part are apart."""
        first: list[str] = []
        lines: list[str] = []
        for step, part in _entries(value):
            label = f"{key(step)}:" if isinstance(step, str) else "-"
            above, own = self._entry(label, part, (*path, step), indent)
            if lines:
                lines += above
            else:
                first = above
            lines += own
        lines += self._wrapped(self.comments.below.get(path, ()), indent)
        return first, lines

    def _entry(
        self, label: str, value: Any, path: Path_, indent: int
    ) -> tuple[list[str], list[str]]:
        above = self._wrapped(self.comments.above.get(path, ()), indent)
        beside = list(self.comments.beside.get(path, ()))
        lead = " " * indent + label
        is_container = isinstance(value, dict | list)
        flow = self._on_one_line(value, path)
        at = 0
        if flow is not None and len(lead) + 1 + len(flow) <= WIDTH:
            lines = [f"{lead} {flow}"]
        elif is_container and not value:
            lines = [f"{lead} {'{}' if isinstance(value, dict) else '[]'}"]
            above += self._wrapped(self.comments.below.get(path, ()), indent)
        elif not is_container:
            opening, rest = text_over_lines(value, indent + _STEP, len(lead) + 1)
            lines = [f"{lead} {opening}", *rest]
            at = 0 if opening == ">-" else -1
        elif self._is_filled(value, path):
            lines = self._filled(lead, value, indent)
            at = -1
        else:
            first, lines = self._block(value, path, indent + _STEP)
            if label == "-":
                lines[0] = f"{lead} {lines[0][len(lead) + 1 :]}"
                return above + self._wrapped(beside, indent) + first, lines
            lines = [lead, *first, *lines]
        if len(beside) == 1 and len(lines[at]) + 2 + len(beside[0]) <= WIDTH:
            lines[at] += f"  {beside[0]}"
        else:
            above += self._wrapped(beside, indent)
        return above, lines

    def _on_one_line(self, value: Any, path: Path_) -> str | None:
        """A value in flow style; None where a comment or the layout asks for lines of its own."""
        if not isinstance(value, dict | list):
            return scalar(value, flow=False)
        if not value and path not in self.opened:
            return "{}" if isinstance(value, dict) else "[]"
        return self._flow(value, path)

    def _flow(self, value: Any, path: Path_) -> str | None:
        if not isinstance(value, dict | list):
            return scalar(value, flow=True)
        if path in self.opened or (value and over_lines(value, self.kind, path)):
            return None
        parts = []
        for step, part in _entries(value):
            text = self._flow(part, (*path, step))
            if text is None:
                return None
            parts.append(f"{key(step)}: {text}" if isinstance(step, str) else text)
        joined = ", ".join(parts)
        return f"{{{joined}}}" if isinstance(value, dict) else f"[{joined}]"

    def _is_filled(self, value: Any, path: Path_) -> bool:
        return (
            isinstance(value, list)
            and path not in self.opened
            and len(value) >= _FILLED_FROM
            and not any(isinstance(part, dict | list) for part in value)
            and max(len(scalar(part, flow=True)) for part in value) <= _SHORT
        )

    def _filled(self, lead: str, value: list[Any], indent: int) -> list[str]:
        *others, last = [scalar(part, flow=True) for part in value]
        words = [f"{text}," for text in others] + [f"{last}]"]
        words[0] = f"[{words[0]}"
        first, *rest = filled(words, WIDTH - indent - _STEP, WIDTH - len(lead) - 1)
        return [f"{lead} {first}", *(" " * (indent + _STEP) + line for line in rest)]

    @staticmethod
    def _wrapped(comments: Iterable[str], indent: int) -> list[str]:
        """Comments as lines of their own."""
        lines = []
        for comment in comments:
            if indent + len(comment) <= WIDTH:
                lines.append(" " * indent + comment)
                continue
            opening, *words = comment.split(" ")
            pieces = filled([opening, *filter(None, words)], WIDTH - indent - 2, WIDTH - indent)
            lines.append(" " * indent + pieces[0])
            lines += [" " * indent + f"# {piece}" for piece in pieces[1:]]
        return lines


def _entries(value: dict[str, Any] | list[Any]) -> Iterable[tuple[str | int, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _require(value: Any, path: Path_) -> None:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            raise KeyError(f"a comment of {path}, which the tree does not have") from None
