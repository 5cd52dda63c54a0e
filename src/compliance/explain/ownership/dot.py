r"""The picture in the DOT language of Graphviz, deterministic and quoted.

Nodes are numbered, so that no id can be taken for a keyword or a port. In a quoted text a quote and
a backslash are escaped, and "&" is written "&amp;": Graphviz reads entities and escapes in labels.
"""

from __future__ import annotations

from typing import Final

from compliance.explain.ownership.diagram import Arrow, Box, drawn
from compliance.screening.ownership_report import OwnershipReport

_HEAD: Final = (
    'graph [rankdir=TB, fontname="sans-serif", labelloc=t]',
    'node [shape=box, style="rounded", fontname="sans-serif", fontsize=11]',
    'edge [fontname="sans-serif", fontsize=10]',
)


def dot(report: OwnershipReport, limit: int) -> str:
    """The directed graph, from owners to what they own; ends with a newline."""
    picture = drawn(report, limit)
    number = {box.party: place for place, box in enumerate(picture.boxes)}
    lines = [*_HEAD, f"label={_quoted(picture.title, *picture.facts)}"]
    lines += [_node(number[box.party], box) for box in picture.boxes]
    lines += [_edge(number[arrow.owner], number[arrow.owned], arrow) for arrow in picture.arrows]
    for left, noun in ((picture.boxes_left, "parties"), (picture.arrows_left, "interests")):
        if left:
            words = _quoted(f"\u2026 and {left:,} more {noun} above")
            lines.append(f"left_{noun} [shape=plaintext, label={words}]")
    return "\n".join(["digraph ownership {", *(f"  {line};" for line in lines), "}", ""])


def _node(number: int, box: Box) -> str:
    style = "bold" if box.asked else "rounded"
    color = {"listed": ", color=red", "possible": ", color=orange", "": ""}[box.mark]
    shape = ", shape=ellipse" if box.person else ""
    label, tooltip = _quoted(box.name, *box.notes), _quoted(*box.detail.split("\n"))
    return f'n{number} [label={label}, tooltip={tooltip}, style="{style}"{shape}{color}]'


def _edge(owner: int, owned: int, arrow: Arrow) -> str:
    style = "" if arrow.firm else ", style=dashed"
    back = ", constraint=false, color=purple" if arrow.back else ""
    return f"n{owner} -> n{owned} [label={_quoted(*arrow.words)}{style}{back}]"


def _quoted(*lines: str) -> str:
    escaped = (
        line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines
    )
    return '"' + "\\n".join(escaped) + '"'
