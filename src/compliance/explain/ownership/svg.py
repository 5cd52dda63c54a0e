"""The picture as SVG: owners above what they own, dark on white, every text escaped.

The drawing stands alone: no script, no link, no font of its own. Words that were cut are whole in
the title of their box or arrow. The same report give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from compliance.explain.ownership.diagram import Arrow, Box, Picture, drawn
from compliance.explain.ownership.layered_drawing import Course, Layout, laid_out
from compliance.explain.ownership.text_metrics import broken, wide
from compliance.screening.ownership_report import OwnershipReport

Told = tuple[str, str]

_NAME: Final = 13.0  # sizes of letters, in pixels
_NOTE: Final = 11.0
_TITLE: Final = 17.0
_FACT: Final = 12.0
_BOLD: Final = 1.12  # how much wider bold letters are
_ROOM: Final = 225.0  # for the words of a box
_PAD: Final = 9.0
_PORT: Final = 14.0  # between arrows along an edge of a box
_ABOVE_WORDS: Final = 30.0
_MARGIN: Final = 26.0
_LEAST: Final = 620.0
_LINES: Final = 3  # of a name or a note
_STYLE: Final = (
    ".own{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1a1a1a}"
    ".own-box{fill:#fff;stroke:#4a4a4a;stroke-width:1.2}"
    ".own-person{fill:#f4f6f8}"
    ".own-asked{stroke:#111;stroke-width:2.6}"
    ".own-listed{fill:#fdecec;stroke:#b00020;stroke-width:2.6}"
    ".own-possible{fill:#fff6e5;stroke:#9a5b00;stroke-width:2;stroke-dasharray:7 3}"
    ".own-line{fill:none;stroke:#4a4a4a;stroke-width:1.3}"
    ".own-other{stroke-dasharray:6 4}"
    ".own-back{stroke:#6a1b9a}"
    ".own-under{fill:#fff;fill-opacity:.92}"
)
_MARKS: Final[Mapping[str, Told]] = {
    "listed": ("own-box own-listed", "listed"),
    "possible": ("own-box own-possible", "possibly listed"),
}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A box with its words broken into lines, and how large it is."""

    box: Box
    name: tuple[str, ...]
    notes: tuple[str, ...]
    width: float
    height: float


def svg(report: OwnershipReport, limit: int) -> str:
    """The drawing of the party and at most `limit` others above it; ends with a newline."""
    picture = drawn(report, limit)
    number = {box.party: place for place, box in enumerate(picture.boxes)}
    words = [[part for w in arrow.words for part in broken(w, _NOTE, _ROOM, _LINES)]
             for arrow in picture.arrows]  # fmt: skip
    courses = [
        Course(*_ends(arrow, number), max((wide(line, _NOTE) for line in lines), default=0.0) + 8)
        for arrow, lines in zip(picture.arrows, words, strict=True)
    ]
    ends = Counter(
        end for course in courses for end in (("upper", course.upper), ("lower", course.lower))
    )
    boxes = [
        _measured(box, max(ends["upper", place], ends["lower", place]))
        for place, box in enumerate(picture.boxes)
    ]
    layout = laid_out([box.width for box in boxes], courses)
    width = max(layout.width + 2 * _MARGIN, _LEAST)
    head, top = _head(picture, width)
    rows, bottom = _rows(layout, boxes, words, top)
    left = (width - layout.width) / 2
    parts = [
        *_arrows(picture.arrows, words, courses, layout, rows, left, boxes),
        *(_box(box, left + layout.center[n], *rows[layout.row[n]]) for n, box in enumerate(boxes)),
    ]
    foot, height = _foot(picture, width, bottom)
    size = f'width="{_n(width)}" height="{_n(height)}"'
    whole = f"{_n(width)} {_n(height)}"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} viewBox="0 0 {whole}">',
            f"<title>{escape(picture.title)}</title>",
            f"<desc>{escape('. '.join(picture.facts))}</desc>",
            f"<style>{_STYLE}</style>",
            *(_marker(name, color) for name, color in (("own-head", "#4a4a4a"),
                                                       ("own-turn", "#6a1b9a"))),
            f'<rect {size} fill="#fff"/>',
            '<g class="own">',
            *head,
            *parts,
            *foot,
            "</g>",
            "</svg>",
            "",
        )
    )  # fmt: skip


def _ends(arrow: Arrow, number: Mapping[str, int]) -> tuple[int, int]:
    """The upper and the lower box of an arrow: one that closes a circle leads upwards."""
    ends = number[arrow.owner], number[arrow.owned]
    return ends[::-1] if arrow.back else ends


def _measured(box: Box, arrows: int) -> _Drawn:
    """A box as wide as its words, and as the arrows along one of its edges."""
    name = broken(box.name, _NAME * _BOLD, _ROOM, _LINES)
    notes = [line for note in box.notes for line in _note(note)]
    widths = [wide(line, _NAME * _BOLD) for line in name] + [wide(line, _NOTE) for line in notes]
    height = len(name) * 17 + len(notes) * 14 + 2 * _PAD
    return _Drawn(
        box, tuple(name), tuple(notes), max(*widths, 70.0, arrows * _PORT) + 2 * _PAD, height
    )


def _note(note: str) -> list[str]:
    """A note in lines; one that is too long is rather broken behind its colon."""
    said, colon, what = note.partition(": ")
    if not colon or wide(note, _NOTE) <= _ROOM:
        return broken(note, _NOTE, _ROOM, _LINES)
    return broken(f"{said}:", _NOTE, _ROOM, _LINES) + broken(what, _NOTE, _ROOM, _LINES)


def _rows(
    layout: Layout, boxes: list[_Drawn], words: list[list[str]], top: float
) -> tuple[dict[int, tuple[float, float]], float]:
    """The upper and lower edge of every row, and the lower edge of all."""
    heights = dict.fromkeys(range(max(layout.row) + 1), 0.0)
    for row, box in zip(layout.row, boxes, strict=True):
        heights[row] = max(heights[row], box.height)
    for slots, lines in zip(layout.slots, words, strict=True):
        heights[slots[0][0]] = max(heights[slots[0][0]], len(lines) * 14.0)
    rows, y = {}, top
    for row in sorted(heights, reverse=True):
        rows[row] = (y, y + heights[row])
        y += heights[row] + (_ABOVE_WORDS if row else 0)
    return rows, y


def _box(drawn_: _Drawn, x: float, top: float, bottom: float) -> str:
    box = drawn_.box
    y = (top + bottom - drawn_.height) / 2
    classes = ["own-box"]
    classes += ["own-person"] if box.person else []
    classes += ["own-asked"] if box.asked else []
    classes += [_MARKS[box.mark][0].split()[1]] if box.mark else []
    round_ = 14 if box.person else 3
    lines = [
        f"<g><title>{escape(box.detail)}</title>",
        _rectangle(
            " ".join(classes), (x - drawn_.width / 2, y), (drawn_.width, drawn_.height), round_
        ),
    ]
    at = y + _PAD - 4
    for line in drawn_.name:
        at += 17
        lines.append(_text(line, x, at, _NAME, bold=True))
    at += 2
    for line in drawn_.notes:
        at += 14
        lines.append(_text(line, x, at, _NOTE))
    return "".join((*lines, "</g>"))


def _arrows(
    arrows: Iterable[Arrow],
    words: list[list[str]],
    courses: list[Course],
    layout: Layout,
    rows: Mapping[int, tuple[float, float]],
    left: float,
    boxes: list[_Drawn],
) -> Iterator[str]:
    """Lines first, then the words on them."""
    ports = _ports(courses, layout, boxes)
    labels = []
    for place, (arrow, course, lines) in enumerate(zip(arrows, courses, words, strict=True)):
        points = [(left + ports[place][0], _edge(course.upper, layout, rows, boxes)[1])]
        for row, center in layout.slots[place]:
            points += [(left + center, rows[row][0]), (left + center, rows[row][1])]
        points.append((left + ports[place][1], _edge(course.lower, layout, rows, boxes)[0]))
        if arrow.back:
            points.reverse()
        classes = "own-line" + ("" if arrow.firm else " own-other")
        classes += " own-back" if arrow.back else ""
        head = "own-turn" if arrow.back else "own-head"
        yield f'<path class="{classes}" marker-end="url(#{head})" d="{_curve(points)}"/>'
        row, center = layout.slots[place][0]
        labels.append(_label(arrow, lines, left + center, *rows[row]))
    yield from labels


def _ports(courses: list[Course], layout: Layout, boxes: list[_Drawn]) -> list[tuple[float, float]]:
    """Where each course leaves its upper box and enters its lower one, spread along their edges."""
    found = [[0.0, 0.0] for _ in courses]
    for end in (0, 1):
        sides: dict[int, list[tuple[float, int]]] = {}
        for place, course in enumerate(courses):
            box = (course.upper, course.lower)[end]
            slot = layout.slots[place][0 if end == 0 else -1]
            sides.setdefault(box, []).append((slot[1], place))
        for box, ends in sides.items():
            room = boxes[box].width - 24
            for at, (_, place) in enumerate(sorted(ends), start=1):
                found[place][end] = layout.center[box] + room * (at / (len(ends) + 1) - 0.5)
    return [(upper, lower) for upper, lower in found]


def _edge(
    box: int, layout: Layout, rows: Mapping[int, tuple[float, float]], boxes: list[_Drawn]
) -> tuple[float, float]:
    top, bottom = rows[layout.row[box]]
    y = (top + bottom - boxes[box].height) / 2
    return y, y + boxes[box].height


def _curve(points: list[tuple[float, float]]) -> str:
    (x, y), *rest = points
    steps = [f"M{_n(x)} {_n(y)}"]
    for to_x, to_y in rest:
        if abs(to_x - x) < 0.5:
            steps.append(f"L{_n(to_x)} {_n(to_y)}")
        else:
            middle = (y + to_y) / 2
            steps.append(f"C{_n(x)} {_n(middle)} {_n(to_x)} {_n(middle)} {_n(to_x)} {_n(to_y)}")
        x, y = to_x, to_y
    return "".join(steps)


def _label(arrow: Arrow, lines: list[str], x: float, top: float, bottom: float) -> str:
    broad = max((wide(line, _NOTE) for line in lines), default=0.0) + 4
    high = len(lines) * 14.0
    y = (top + bottom - high) / 2
    said = escape("; ".join(arrow.words))
    return "".join(
        (
            f"<g><title>{said}</title>",
            _rectangle("own-under", (x - broad / 2, y), (broad, high), 0),
            *(_text(line, x, y + 11 + 14 * at, _NOTE) for at, line in enumerate(lines)),
            "</g>",
        )
    )


def _head(picture: Picture, width: float) -> tuple[list[str], float]:
    room = width - 2 * _MARGIN
    y, parts = _MARGIN, []
    for line in broken(picture.title, _TITLE * _BOLD, room, _LINES):
        y += 20
        parts.append(_text(line, _MARGIN, y, _TITLE, bold=True, anchor="start"))
    y += 4
    for fact in picture.facts:
        for line in broken(fact, _FACT, room, _LINES):
            y += 16
            parts.append(_text(line, _MARGIN, y, _FACT, anchor="start"))
    return parts, y + 24


def _foot(picture: Picture, width: float, y: float) -> tuple[list[str], float]:
    """What the lines and marks that are drawn mean, and what was left out."""
    kinds = {(arrow.firm, arrow.back) for arrow in picture.arrows}
    parts, x = [], _MARGIN
    y += 30
    for classes, said in _legend(kinds, {box.mark for box in picture.boxes}):
        room = 36 + wide(said, _NOTE)
        if x > _MARGIN and x + room > width - _MARGIN:
            x, y = _MARGIN, y + 18
        if classes.startswith("own-line"):
            parts.append(f'<path class="{classes}" d="M{_n(x)} {_n(y - 4)}H{_n(x + 30)}"/>')
        else:
            parts.append(_rectangle(classes, (x + 4, y - 10), (22, 12), 3))
        parts.append(_text(said, x + 36, y, _NOTE, anchor="start"))
        x += room + 18
    for left, noun in ((picture.boxes_left, "parties"), (picture.arrows_left, "interests")):
        if left:
            y += 18
            said = f"\u2026 and {left:,} more {noun} above, not drawn"
            parts.append(_text(said, _MARGIN, y, _FACT, anchor="start"))
    return parts, y + _MARGIN


def _legend(kinds: Collection[tuple[bool, bool]], marks: Collection[str]) -> Iterator[Told]:
    """The classes of what is drawn, and what they mean."""
    if any(firm for firm, _ in kinds):
        yield "own-line", "shares or votes"
    if any(not firm for firm, _ in kinds):
        yield "own-line own-other", "control by other means"
    if any(back for _, back in kinds):
        yield "own-line own-back", "closes a circle of owners"
    yield from (told for mark, told in _MARKS.items() if mark in marks)


def _marker(name: str, color: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="{color}"/></marker>'
    )


def _rectangle(
    classes: str, corner: tuple[float, float], size: tuple[float, float], round_: int
) -> str:
    (x, y), (width, height) = corner, size
    return (
        f'<rect class="{classes}" x="{_n(x)}" y="{_n(y)}" '
        f'width="{_n(width)}" height="{_n(height)}" rx="{round_}"/>'
    )


def _text(
    text: str, x: float, y: float, size: float, *, bold: bool = False, anchor: str = "middle"
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{weight} '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _n(value: float) -> str:
    """A number with at most one decimal, so that the drawing does not hang on the last bit."""
    return f"{value:.1f}".removesuffix(".0")
