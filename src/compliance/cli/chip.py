"""What `chip` shows: the class of one chip on a day, its numbers, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from compliance.chips import Catalogue, Chip, Classification, Reading
from compliance.cli.decisions import pretty
from compliance.cli.terminal import width, write, write_bytes
from compliance.errors import UnknownNameError
from compliance.explain.visible import wrapped
from compliance.model.canonical import plain

_OUTSIDE = "outside 3A090"


def show_chip(name: str, as_of: date, rules: Path, *, as_json: bool) -> None:
    """The chip, or the chips of a system or of a cloud instance type, written "provider:type".

    A name that fits several chips shows each of them.

    Raises:
        UnknownNameError: no such chip or type.
    """
    catalogue = Catalogue.load(rules)
    read = _read(catalogue, name)
    found = [(chip, catalogue.classify(chip, as_of=as_of)) for chip in read.chips]
    if as_json:
        each = [_plain(chip, read, classes, as_of) for chip, classes in found]
        write_bytes(pretty(each[0] if len(each) == 1 else {"name": name, "candidates": each}))
        return
    lines = [] if len(found) == 1 else wrapped(f"{name} fits {len(found)} chips:", width())
    for chip, classes in found:
        lines += wrapped(f"{chip.name}: {_class(classes)} on {as_of}", width())
        if len(found) == 1:
            for text in _amount(read):
                lines += wrapped(text, width(), "  ")
            for text in _facts(chip, classes):
                lines += wrapped(text, width(), "  ", "  ")
    if len(found) > 1:
        for text in _amount(read):
            lines += wrapped(text, width())
    write("".join(f"{line}\n" for line in lines))


def _read(catalogue: Catalogue, name: str) -> Reading:
    provider, colon, kind = name.partition(":")
    if colon and any(each.provider == provider.casefold() for each in catalogue.instances):
        chip, count = catalogue.instance(provider, kind)
        return Reading((chip,), (count,), system=f"{provider} {kind}")
    try:
        return catalogue.read(name)
    except UnknownNameError:
        if not colon:
            raise
        chip, count = catalogue.instance(provider, kind)
        return Reading((chip,), (count,), system=f"{provider} {kind}")


def _amount(read: Reading) -> list[str]:
    """How many chips one of what is named holds, where it is not one."""
    sizes = " or ".join(map(str, read.sizes)) or "an unknown number"
    if read.system:
        return [f"{read.system}: {sizes} of these"]
    if read.share < 1:
        return [f"a slice: {read.share} of one"]
    return [] if read.sizes == (1,) else [f"counted in the name: {sizes} of these"]


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


def _plain(chip: Chip, read: Reading, found: Classification, as_of: date) -> dict[str, Any]:
    sizes = read.sizes
    return {
        "chip": chip.name,
        "count": sizes[0] if len(sizes) == 1 and (read.system or sizes != (1,)) else None,
        "system": read.system or None,
        "sizes": list(sizes),
        "share": str(read.share),
        "as_of": as_of.isoformat(),
        "determined": found.determined,
        **plain(found),
    }
