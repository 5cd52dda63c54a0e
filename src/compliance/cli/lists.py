"""`compliance lists`: import, fetch, status, diff and verify. Each parses, calls and renders.

The clock and the environment (COMPLIANCE_STORE, XDG_DATA_HOME, the proxies) are read here only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import (
    AsOf,
    Page,
    PageFormat,
    Rules,
    StoreFolder,
    day,
    folder_of,
    repeated,
    today_or,
)
from compliance.cli.snapshots import compared, show_delta, show_imported, show_status, show_verified
from compliance.cli.terminal import complain, guarded
from compliance.errors import ComplianceError
from compliance.watchlists.snapshots import (
    ENGINE,
    Imported,
    Network,
    Proxies,
    Store,
    catalogue,
    fetch,
    import_path,
    publication,
    status,
    verify,
)

_SETTINGS = {"help_option_names": ["-h", "--help"]}

lists = typer.Typer(
    help="Keep snapshots of published lists: import, fetch, compare, verify.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_SETTINGS,
)

ListId = Annotated[str, typer.Argument(metavar="LIST", help="A list of the catalogue.")]
AcceptGuard = Annotated[
    list[str],
    repeated("--accept-guard", "NAME", "Accept what this guard finds; repeatable."),
]
FormatIn = Annotated[
    str | None,
    typer.Option("--format-in", metavar="FORMAT", help="Instead of the catalogue's format."),
]
Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="TEXT", help="Why it is accepted; kept in the manifest."),
]


@lists.command("import")
@guarded
def lists_import(
    list_id: ListId,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file, or the set's folder.")],
    *,
    reader: FormatIn = None,
    retrieved_on: Annotated[
        date | None,
        typer.Option("--retrieved-on", parser=day, metavar="DATE", help="Today (UTC) by default."),
    ] = None,
    accept_guard: AcceptGuard,
    reason: Reason = None,
    store: StoreFolder = None,
    rules: Rules = None,
) -> int:
    """Make a publisher's file the current snapshot of a list. Status 2 when it is refused."""
    kept = store_at(store)
    found = import_path(
        kept,
        publication(list_id, folder_of(rules)),
        path,
        retrieved_at=_retrieval(retrieved_on),
        accepted=_accepted(accept_guard, reason),
        format=reader,
    )
    show_imported(kept, found)
    return 0


@lists.command("fetch")
@guarded
def lists_fetch(
    list_ids: Annotated[list[str], typer.Argument(metavar="LIST...", help="Lists to fetch.")],
    *,
    url: Annotated[
        list[str],
        repeated("--url", "[FILE=]URL", "Another address; one list only."),
    ],
    allow_http: Annotated[
        bool, typer.Option("--allow-http", help="Allow plain http beyond this machine.")
    ] = False,
    reader: FormatIn = None,
    accept_guard: AcceptGuard,
    reason: Reason = None,
    store: StoreFolder = None,
    rules: Rules = None,
) -> int:
    """Fetch lists that are newer than their snapshots. Status 2 when one failed or is refused."""
    if url and len(list_ids) > 1:
        raise typer.BadParameter("--url is for one list")
    accepted = _accepted(accept_guard, reason)
    agent = f"{ENGINE.replace(' ', '/')} (watchlist snapshots)"
    network = Network(agent, Proxies.of(os.environ), plain_http=allow_http)
    wanted = [publication(list_id, folder_of(rules)) for list_id in dict.fromkeys(list_ids)]
    kept = store_at(store)
    failed = False
    for known in wanted:
        urls = _addresses(url, [file.name for file in known.files])
        try:
            found: Imported = fetch(
                kept,
                known,
                network,
                retrieved_at=_now(),
                urls=urls,
                accepted=accepted,
                format=reader,
            )
        except ComplianceError as error:  # the other lists are still fetched
            complain(error)
            failed = True
        else:
            show_imported(kept, found)
    return 2 if failed else 0


@lists.command("status")
@guarded
def lists_status(
    list_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LIST]...", help="Only these lists."),
    ] = None,
    *,
    as_of: AsOf = None,
    history: Annotated[bool, typer.Option("--history", help="Earlier snapshots too.")] = False,
    form: Page = PageFormat.TEXT,
    store: StoreFolder = None,
    rules: Rules = None,
) -> int:
    """How the lists of the store stand on a day. Status 3 when one is stale."""
    kept, as_of = store_at(store), today_or(as_of)
    found = status(kept, as_of, list_ids or ())
    known = () if list_ids else tuple(catalogue(folder_of(rules)))
    show_status(kept, found, known, as_of, history=history, as_json=form is PageFormat.JSON)
    return 3 if any(line.stale for line in found) else 0


@lists.command("diff")
@guarded
def lists_diff(
    list_id: ListId,
    old: Annotated[
        str | None,
        typer.Argument(metavar="[OLD]", help="First digits of a snapshot; else the one before."),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="As OLD; the current one by default."),
    ] = None,
    *,
    form: Page = PageFormat.TEXT,
    store: StoreFolder = None,
) -> int:
    """What changed from one snapshot of a list to another: entries and their fields."""
    show_delta(compared(store_at(store), list_id, old, new), as_json=form is PageFormat.JSON)
    return 0


@lists.command("verify")
@guarded
def lists_verify(*, store: StoreFolder = None) -> int:
    """Count every hash of the store again. Status 2 when something was changed or lost."""
    return show_verified(verify(store_at(store)))


def store_at(given: Path | None) -> Store:
    """The store in the folder given, or in the user's data folder."""
    return Store(given or data_folder())


def data_folder() -> Path:
    """Where this platform keeps a user's data: XDG_DATA_HOME, ~/Library, or ~/.local/share."""
    base = os.environ.get("XDG_DATA_HOME", "")
    if not Path(base).is_absolute():  # the specification: a relative path is ignored
        inside = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
        base = str(Path.home() / inside)
    return Path(base) / "compliance"


def _now() -> datetime:
    return datetime.now(UTC)


def _retrieval(day_given: date | None) -> datetime:
    if day_given is None:
        return _now()
    if day_given > today_or(None):
        raise typer.BadParameter(f"--retrieved-on {day_given} is yet to come")
    return datetime.combine(day_given, time(), UTC)


def _accepted(names: Sequence[str], reason: str | None) -> dict[str, str]:
    said = (reason or "").strip()
    if names and not said:
        raise typer.BadParameter("--accept-guard needs --reason")
    if said and not names:
        raise typer.BadParameter("--reason needs --accept-guard")
    return dict.fromkeys(names, said)


def _addresses(given: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        bare = text.lower().startswith(("http://", "https://"))
        name, _, url = ("", "", text) if bare else text.partition("=")
        if bare and len(names) > 1:
            raise typer.BadParameter(f"--url is FILE=URL; files: {', '.join(names)}")
        name = name or names[0]
        if not url or name in found:
            raise typer.BadParameter(f"--url is [FILE=]URL, each file once, not {text!r}")
        found[name] = url
    return found
