"""A page of plain text: titles, labeled values, lists and traces, wrapped as they are written."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.explain.escape_control import wrapped
from compliance.explain.trace import STEP, text_of_trace
from compliance.model.decision import Trace


class Page:
    """Lines of text, wrapped as they are written."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def line(self, text: str, indent: str = "", hanging: str = STEP) -> None:
        """One paragraph, hanging below its first line."""
        self.lines += wrapped(text, self.width, indent, hanging)

    def section(self, title: str) -> None:
        """An empty line, then a title where there is one."""
        if self.lines:
            self.lines.append("")
        if title:
            self.line(title)

    def points(self, texts: Iterable[str], indent: str = STEP) -> None:
        """A list, each text with a dash."""
        for text in texts:
            self.line(f"- {text}", indent)

    def labeled(self, label: str, text: str, indent: str = STEP) -> None:
        """One labeled value; nothing where there is no value."""
        if text:
            self.line(f"{label}: {text}", indent)

    def tree(self, trace: Trace, indent: str) -> None:
        """A trace, each condition below the one that holds it."""
        for text in text_of_trace(trace):
            bare = text.lstrip(" ")
            self.line(bare, indent + text[: len(text) - len(bare)], STEP * 2)
