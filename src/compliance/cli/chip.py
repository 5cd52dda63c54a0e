"""What `chip` shows: the class of one chip on a day, its numbers, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from compliance.chips import Catalogue, Chip, Classification, Reading
from compliance.chips.instances import InstanceType
from compliance.cli.decisions import pretty
from compliance.cli.options import AsOf, Page, PageFormat, Rules, folder_of, today_or
from compliance.cli.terminal import guarded, width, write, write_bytes
from compliance.errors import UnknownNameError
from compliance.explain.escape_control import wrapped
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
    if not read.chips:
        provider, _, kind = name.partition(":")
        _show_no_accelerator(catalogue.instance_type(provider, kind), as_of, as_json=as_json)
        return
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
        return _of_type(catalogue, provider, kind)
    try:
        return catalogue.read(name)
    except UnknownNameError:
        if not colon:
            raise
        return _of_type(catalogue, provider, kind)


def _of_type(catalogue: Catalogue, provider: str, kind: str) -> Reading:
    chip, number = catalogue.instance(provider, kind)
    chips = () if chip is None else (chip,)
    return Reading(chips, () if number is None else (number,), system=f"{provider} {kind}")


def _amount(read: Reading) -> list[str]:
    """How many chips one of what is named holds, where it is not one."""
    sizes = " or ".join(map(str, read.sizes)) or "an unknown number"
    if read.system:
        return [f"{read.system}: {sizes} of these"]
    if read.share < 1:
        return [f"a slice: {read.share} of one"]
    return [] if read.sizes == (1,) else [f"counted in the name: {sizes} of these"]


def _show_no_accelerator(row: InstanceType, as_of: date, *, as_json: bool) -> None:
    """An instance type of a family that has none: nothing there to classify."""
    if as_json:
        told = {"chip": None, "count": 0, "as_of": as_of.isoformat(), "determined": True}
        write_bytes(pretty({**told, "paragraph": None, "source": row.source}))
        return
    lines = wrapped(f"{row.provider} {row.type}: no accelerator", width())
    for text in (f"source: {row.source}", *([row.doubt] if row.doubt else [])):
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


@guarded
def chip(
    name: Annotated[str, typer.Argument(help="A chip, or PROVIDER:TYPE such as aws:p5.48xlarge.")],
    as_of: AsOf = None,
    form: Page = PageFormat.TEXT,
    rules: Rules = None,
) -> int:
    """Classify a chip under ECCN 3A090 on a day, with the numbers and the reasons."""
    show_chip(name, today_or(as_of), folder_of(rules), as_json=form is PageFormat.JSON)
    return 0
