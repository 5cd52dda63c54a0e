"""The drawing of docs/architecture.md: rooms, what each knows, and who imports whom.

`python -m bench.architecture` prints it, `--write` puts it into the page. The rooms and their order
come from the import contract in pyproject.toml, the arrows from the import statements of the
source, the words from the first line of each room's docstring. Only arrows that no longer way
implies are drawn (transitive reduction).
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "compliance"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawing: python -m bench.architecture --write -->", "<!-- end of drawing -->"
Arrows = Mapping[str, frozenset[str]]


def rooms() -> list[str]:
    """The rooms that stand, from the bottom (which imports nothing) to the top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    names = [name.strip() for layer in layers for name in re.split(r"[|:]", layer)]
    return [name for name in reversed(names) if not name.startswith("(")]


def _files(room: str) -> Iterator[Path]:
    module = SOURCE / f"{room}.py"
    return iter([module]) if module.is_file() else (SOURCE / room).rglob("*.py")


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "compliance" and rest:
                yield rest.partition(".")[0]


def arrows() -> dict[str, frozenset[str]]:
    """Which rooms each room imports."""
    known = rooms()
    found = {}
    for room in known:
        imported = {name for file in _files(room) for name in _imported(file)}
        found[room] = frozenset(imported & set(known) - {room})
    return found


def reduced(graph: Arrows) -> dict[str, frozenset[str]]:
    """The transitive reduction of an acyclic graph: an arrow stays where no longer way leads."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for target in graph[todo.pop()] - seen:
                seen.add(target)
                todo.append(target)
        return seen

    beyond = {room: reach(room) for room in graph}
    return {
        room: frozenset(
            target
            for target in targets
            if not any(target in beyond[other] for other in targets - {target})
        )
        for room, targets in graph.items()
    }


def purpose(room: str) -> str:
    """The first line of a room's docstring."""
    module = SOURCE / f"{room}.py"
    file = module if module.is_file() else SOURCE / room / "__init__.py"
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return text.partition("\n")[0].rstrip(".")


def drawing() -> str:
    """A Mermaid flowchart of the rooms, and a table of what each knows."""
    known = rooms()
    lines = ["```mermaid", "flowchart TD"]
    graph = reduced(arrows())
    for room in reversed(known):
        lines += [f"  {room} --> {target}" for target in known if target in graph[room]]
    lines += ["```", "", "| room | what it is |", "|---|---|"]
    lines += [f"| `{room}` | {purpose(room)} |" for room in reversed(known)]
    return "\n".join(lines)


def with_drawing(page: str) -> str:
    """The page with its drawing made anew."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{drawing()}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    if "--write" in sys.argv[1:]:
        PAGE.write_text(with_drawing(PAGE.read_text("utf-8")), "utf-8")
    else:
        print(drawing())


if __name__ == "__main__":
    main()
