"""A small list of our own, dated or not, its publication, and a store that holds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from compliance.watchlists.snapshots import (
    Guards,
    Imported,
    Publication,
    PublishedFile,
    Received,
    Sentinel,
    Store,
    accept,
)

MORNING = datetime(2024, 3, 1, 8, 30, tzinfo=UTC)
EVENING = datetime(2024, 3, 2, 20, 0, tzinfo=UTC)
NAMES = ("Qorvex Trading", "Fjordlys ApS", "Ruritania Minerals", "Zembla Optics")
DATED = """\
schema: 1
id: own
title: Own list
publisher: the house
published: {published}
url: ""
note: ""
complete: true
entries_total: null
stale_after_days: null
entries:
"""


def own(form: str = "csv", **changes: Any) -> Publication:
    """The publication; `changes` are of its guards."""
    guards = Guards(
        minimum_entries=2,
        maximum_entries=6,
        largest_share_vanished=Decimal("0.25"),
        smallest_share_filled={"countries": Decimal("0.5")},
        sentinels=(Sentinel(id="1", name="QORVEX trading"),),
    )
    columns = ("id", "name") if form == "csv" else ()
    file = PublishedFile(
        name=f"own.{form}",
        url=f"https://lists.example/own.{form}",
        content_types=("text/csv",),
        maximum_bytes=100_000,
        columns=columns,
    )
    return Publication(
        schema=1,
        id="own",
        title="Own list",
        publisher="the house",
        page="https://lists.example/",
        licence="ours",
        format=form,
        files=(file,),
        guards=replace(guards, **changes),
        stale_after_days=10,
    )


def table(*names: str, country: str = "DK") -> bytes:
    """The undated list as CSV; entries are numbered from 1, an empty name leaves its number out."""
    numbered = enumerate(names, start=1)
    rows = "".join(f"{number},{name},{country}\n" for number, name in numbered if name)
    return f"id,name,country\n{rows}".encode()


def dated(published: str, *names: str) -> bytes:
    """The dated list as YAML, numbered as `table`."""
    numbered = enumerate(names, start=1)
    rows = [
        f'  - {{id: "{number}", name: {name}, countries: [DK]}}\n'
        for number, name in numbered
        if name
    ]
    return (DATED.format(published=published) + "".join(rows)).encode()


def give(
    store: Store,
    content: bytes,
    at: datetime = MORNING,
    publication: Publication | None = None,
    **options: Any,
) -> Imported:
    """Import these bytes; the file itself is gone afterwards."""
    known = publication or own()
    path = store.path.parent / "given"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    received = {known.files[0].name: Received(path, "given")}
    try:
        return accept(store, known, received, retrieved_at=at, **options)
    finally:
        path.unlink()


def store_in(folder: Path) -> Store:
    """A store with the four entries of `NAMES`, retrieved in the morning."""
    store = Store(folder / "store")
    give(store, table(*NAMES))
    return store
