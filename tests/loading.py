"""Rule folders that are loaded once for a run of tests, as long as no file of theirs changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from compliance.tables.embedded import rules_path

_known: dict[Any, Any] = {}


def once(load: Callable[..., Any]) -> Callable[..., Any]:
    """A loader of rule folders that gives back what it gave for the same files and options.

    Only for what is never changed once it is loaded. Options that cannot be compared are not kept.
    """

    def loaded(rules: Path | str | None = None, *given: Any, **options: Any) -> Any:
        folder = rules_path() if rules is None else Path(rules)
        if any(given) or options.get("watchlists"):
            return load(rules, *given, **options)
        key = (load, str(rules), _stamp(folder), repr(options))
        if key not in _known:
            _known[key] = load(rules, *given, **options)
        return _known[key]

    return loaded


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The files of a folder with their sizes and when they were written."""
    return tuple(
        (str(path), found.st_size, found.st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
        for found in (path.stat(),)
    )
