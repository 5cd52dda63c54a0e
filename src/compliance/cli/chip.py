"""What `chip` shows: the class of one chip on a day, its numbers, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from compliance.chips import Catalogue, Chip, Classification
from compliance.cli.decisions import pretty
from compliance.cli.terminal import width, write, write_bytes
from compliance.explain.visible import wrapped
from compliance.model.canonical import plain

_OUTSIDE = "outside 3A090"


def show_chip(name: str, as_of: date, rules: Path, *, as_json: bool) -> None:
    """The chip, or the chips of a cloud instance type, written "provider:type".

    Raises:
        UnknownNameError: no such chip or type, or several chips of that name.
    """
    catalogue = Catalogue.load(rules)
    provider, colon, kind = name.partition(":")
    chip, count = catalogue.instance(provider, kind) if colon else (catalogue.find(name), None)
    found = catalogue.classify(chip, as_of=as_of)
    if as_json:
        write_bytes(pretty(_plain(chip, count, found, as_of)))
        return
    lines = wrapped(f"{chip.name}: {_class(found)} on {as_of}", width())
    if count is not None:
        lines += wrapped(f"{provider} {kind}: {count} of these", width(), "  ")
    for text in _facts(chip, found):
        lines += wrapped(text, width(), "  ", "  ")
    write("".join(f"{line}\n" for line in lines))


def _class(found: Classification) -> str:
    if found.determined:
        return found.paragraph or _OUTSIDE
    return f"not determined, {' or '.join(c or _OUTSIDE for c in found.candidates)}"


def _facts(chip: Chip, found: Classification) -> list[str]:
    facts = []
    if found.tpp is not None:
        facts.append(f"TPP: {found.tpp:,} ({found.precision})")
    if found.performance_density is not None:
        facts.append(f"performance density: {float(found.performance_density):.4g} per mm2")
    if found.cite:
        facts.append(f"law: {found.cite}, in force from {found.in_force_from}")
    facts += found.reasons
    if found.undetermined:
        facts.append(f"would settle it: {', '.join(found.undetermined)}")
    facts += [f"market: {chip.specification.market}"] if chip.specification.market else []
    facts += [f"source: {chip.source}"] if chip.source else []
    return facts + ([f"doubt: {chip.doubt}"] if chip.doubt else [])


def _plain(chip: Chip, count: int | None, found: Classification, as_of: date) -> dict[str, Any]:
    return {
        "chip": chip.name,
        "count": count,
        "as_of": as_of.isoformat(),
        "determined": found.determined,
        **plain(found),
    }
