"""Line charts as SVG: a grid of small panels that share their axes. Same figures, same bytes.

Readable on light and dark pages (each has its own ground and colors), with a title and a
description for those who do not see them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_STYLE: Final = """
  .ground { fill: #ffffff } .frame { fill: none; stroke: #c4ccd4 } .grid { stroke: #e6eaee }
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2933 }
  .small { font-size: 11px; fill: #52606d } .head { font-weight: 600 }
  .mark { stroke: #b54708; stroke-dasharray: 4 3 } .point { fill: #b54708 } .value { fill: #b54708 }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  .a { stroke: #0b5fa5 } .b { stroke: #7a3e9d } .ta { fill: #0b5fa5 } .tb { fill: #7a3e9d }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #14181d } .frame { stroke: #48525c } .grid { stroke: #262d34 }
    text { fill: #e4e9ee } .small { fill: #a8b3bd }
    .mark { stroke: #f5a662 } .point { fill: #f5a662 } .value { fill: #f5a662 }
    .a { stroke: #6cb6f5 } .b { stroke: #cf9bea } .ta { fill: #6cb6f5 } .tb { fill: #cf9bea }
  }
"""
_LEFT, _TOP, _RIGHT, _BOTTOM = 56, 46, 16, 44
_GAP_X, _GAP_Y = 18, 34


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured, its ticks with their labels, and whether it counts in powers of ten."""

    title: str
    ticks: tuple[tuple[float, str], ...]
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where a value stands, 0.0 at the first tick and 1.0 at the last; kept within them."""
        first, last = self._scaled(self.ticks[0][0]), self._scaled(self.ticks[-1][0])
        value = self._scaled(max(value, self.ticks[0][0]))
        return min(1.0, max(0.0, (value - first) / (last - first)))

    def _scaled(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value


@dataclass(frozen=True, slots=True)
class Line:
    """Points in order, the marked one, and a label where a panel has several lines."""

    points: tuple[tuple[float, float], ...]
    marked: tuple[float, float] | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart: what it is of, its lines, and the text at its marked point."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Panels in a grid; `upright` is a value of x that is marked in each."""

    title: str
    description: str
    x: Axis
    y: Axis
    panels: tuple[Panel, ...]
    across: int
    size: tuple[int, int]
    upright: float | None = None

    def svg(self) -> str:
        """The picture."""
        wide, high = self.size
        down = -(-len(self.panels) // self.across)
        width = _LEFT + self.across * wide + (self.across - 1) * _GAP_X + _RIGHT
        height = _TOP + down * high + (down - 1) * _GAP_Y + _BOTTOM
        parts = [
            _svg(width, height),
            f'<title id="title">{escape(self.title)}</title>',
            f'<desc id="desc">{escape(self.description)}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{width}" height="{height}"/>',
            _text(_LEFT, 18, self.title, "head"),
        ]
        for number, panel in enumerate(self.panels):
            row, column = divmod(number, self.across)
            x, y = _LEFT + column * (wide + _GAP_X), _TOP + row * (high + _GAP_Y)
            lowest = number + self.across >= len(self.panels)
            parts += self._panel(panel, (x, y), first=column == 0, lowest=lowest)
        middle = _LEFT + (width - _LEFT - _RIGHT) / 2
        parts.append(_text(middle, height - 8, self.x.title, "small", "middle"))
        across = _TOP + (height - _TOP - _BOTTOM) / 2
        parts.append(
            f'<text class="small" text-anchor="middle" transform="translate(13 {_n(across)}) '
            f'rotate(-90)">{escape(self.y.title)}</text>'
        )
        return "\n".join([*parts, "</svg>", ""])

    def _panel(
        self, panel: Panel, corner: tuple[int, int], *, first: bool, lowest: bool
    ) -> list[str]:
        (left, top), (wide, high) = corner, self.size
        parts = [_text(left, top - 7, panel.title)]
        for value, label in self.y.ticks:
            y = top + high * (1 - self.y.place(value))
            parts.append(_rule(left, y, left + wide, y, "grid"))
            if first:
                parts.append(_text(left - 6, y + 4, label, "small", "end"))
        for value, label in self.x.ticks:
            x = left + wide * self.x.place(value)
            parts.append(_rule(x, top, x, top + high, "grid"))
            if lowest:
                parts.append(_text(x, top + high + 15, label, "small", self._anchor(value)))
        parts.append(f'<rect class="frame" x="{left}" y="{top}" width="{wide}" height="{high}"/>')
        if self.upright is not None:
            x = left + wide * self.x.place(self.upright)
            parts.append(_rule(x, top, x, top + high, "mark"))
        for number, line in enumerate(panel.lines):
            parts += self._line(line, corner, "ab"[number])
        if panel.note:
            parts.append(_text(left + 8, top + high - 8, panel.note, "small value"))
        return parts

    def _anchor(self, value: float) -> str:
        """Labels at the ends stay within their panel, clear of the neighbors'."""
        if value == self.x.ticks[0][0]:
            return "start"
        return "end" if value == self.x.ticks[-1][0] else "middle"

    def _line(self, line: Line, corner: tuple[int, int], letter: str) -> list[str]:
        places = [self._place(point, corner) for point in line.points]
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in dict.fromkeys(places))
        parts = [f'<polyline class="line {letter}" points="{path}"/>']
        if line.marked is not None:
            x, y = self._place(line.marked, corner)
            parts.append(f'<circle class="point" cx="{_n(x)}" cy="{_n(y)}" r="3.5"/>')
        if line.label:
            x, y = places[len(places) // 4]
            parts.append(_text(x + 8, y - 6, line.label, f"t{letter}"))
        return parts

    def _place(self, point: tuple[float, float], corner: tuple[int, int]) -> tuple[float, float]:
        (left, top), (wide, high) = corner, self.size
        x = left + wide * self.x.place(point[0])
        return round(x, 1), round(top + high * (1 - self.y.place(point[1])), 1)


def _svg(width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc">'
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rule(x: float, y: float, x_end: float, y_end: float, style: str) -> str:
    return f'<line class="{style}" x1="{_n(x)}" y1="{_n(y)}" x2="{_n(x_end)}" y2="{_n(y_end)}"/>'


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text{kind} x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def shares(title: str, first: float = 0.0, steps: int = 4) -> Axis:
    """An axis of shares, from one to all."""
    values: Sequence[float] = [first + (1 - first) * step / steps for step in range(steps + 1)]
    return Axis(title, tuple((value, f"{value:.0%}") for value in values))
