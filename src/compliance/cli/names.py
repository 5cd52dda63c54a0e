"""What `names` shows: the listings that a name may mean, and how the words of both agree.

In the picture the words of the name stand above those they agree with: "=" equal, "~" alike and how
much; then, marked "-", the words that only one of both has. Words are shown as they were compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import typer

from compliance.cli.decisions import pretty
from compliance.cli.name_given import checked, shortened
from compliance.cli.options import (
    Accepted,
    Lists,
    NameKind,
    Page,
    PageFormat,
    Rules,
    StoreFolder,
    folder_of,
    watchlists_of,
)
from compliance.cli.terminal import columns, guarded, styled, width, write, write_bytes
from compliance.explain.escape_control import wrapped
from compliance.model.canonical import plain
from compliance.names import REVIEW_THRESHOLD, Explanation, Kind, explain
from compliance.names.scoring import FEATURES
from compliance.watchlists import Hit, NameIndex, Watchlist

KINDS: Final[dict[NameKind, Kind]] = {
    NameKind.ORGANIZATION: "organization",
    NameKind.PERSON: "person",
    NameKind.UNKNOWN: "unknown",
}
_LABELS: Final = ("name", "", "listed")
_PAIR_LABELS: Final = ("A", "", "B")
_INDENT: Final = "    "
_GAP: Final = "  "
_MOST_ALONE: Final = 24  # words of one name only, beyond which they are counted
_LEGEND: Final = "= equal, ~ alike and how much, - in one name only"
_EQUAL, _ALIKE, _ALONE = "green", "yellow", "red"

Column = tuple[str, str, str, str]  # the upper word, the sign, the lower word, a style


@dataclass(frozen=True, slots=True)
class Search:
    """One name to look for; without a threshold the shipped one counts."""

    name: str
    kind: Kind
    threshold: float | None
    limit: int

    def show(self, watchlists: Sequence[Watchlist], *, as_json: bool) -> int:
        """The hits on standard output; 1 when there is one, else 0.

        Raises:
            InputError: a name that says nothing.
            WatchlistError: a threshold outside its range.
        """
        checked(self.name)
        hits = NameIndex.build(watchlists).search(self.name, self.kind, self.threshold)
        (self._show_json if as_json else self._show_text)(watchlists, hits)
        return 1 if hits else 0

    @property
    def _least(self) -> float:
        return REVIEW_THRESHOLD if self.threshold is None else self.threshold

    def _show_text(self, watchlists: Sequence[Watchlist], hits: Sequence[Hit]) -> None:
        entries = sum(len(watchlist.listings) for watchlist in watchlists)
        found = _number(len(hits), "hit") if hits else "no hit"
        told = (
            f"{shortened(self.name)} ({self.kind}): {found} at {self._least:g} or more "
            f"among {entries:,} entries of {_number(len(watchlists), 'list')}"
        )
        lines = wrapped(told, width(), "", _INDENT)
        excerpts = [watchlist.id for watchlist in watchlists if not watchlist.complete]
        if excerpts:
            told = f"only excerpts of {', '.join(excerpts)}: a party not found may still be listed"
            lines += wrapped(told, width(), _INDENT)
        write("".join(f"{line}\n" for line in lines))
        for hit in hits[: self.limit]:
            write("\n")
            _show_hit(hit)
        if len(hits) > self.limit:
            write(f"\n{_number(len(hits) - self.limit, 'hit')} more: --limit\n")
        if hits:
            write(f"\n{_LEGEND}\n")

    def _show_json(self, watchlists: Sequence[Watchlist], hits: Sequence[Hit]) -> None:
        told = {
            "name": self.name,
            "kind": self.kind,
            "threshold": self._least,
            "lists": [
                {
                    "id": watchlist.id,
                    "entries": len(watchlist.listings),
                    "complete": watchlist.complete,
                    "published": plain(watchlist.published),
                }
                for watchlist in watchlists
            ],
            "hits_total": len(hits),
            "hits": [_plain_hit(hit) for hit in hits[: self.limit]],
        }
        write_bytes(pretty(told))


def show_alignment(a: str, b: str, kind: Kind, *, as_json: bool) -> None:
    """How two names align, with the score and what made it.

    Raises:
        InputError: a name that says nothing.
    """
    for name in (a, b):
        checked(name)
    found = explain(a, b, kind)
    if as_json:
        review = found.score >= REVIEW_THRESHOLD
        write_bytes(pretty({"a": a, "b": b, "review": review, **plain(found)}))
        return
    side = "at or above" if found.score >= REVIEW_THRESHOLD else "below"
    told = f"{shortened(a)} | {shortened(b)} ({kind}): {found.score:.3f}"
    lines = wrapped(
        f"{told}, {side} the review threshold {REVIEW_THRESHOLD:g}", width(), "", "    "
    )
    write("".join(f"{line}\n" for line in lines))
    _show_picture(found, _PAIR_LABELS)
    write(f"{_LEGEND}\n")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _show_hit(hit: Hit) -> None:
    listing = hit.listing
    weak = " (an alias that the publisher calls weak)" if hit.weak else ""
    head = f"{hit.score:.3f}  {listing.list_id} {listing.id}: {hit.matched_name}{weak}"
    lines = wrapped(head, width(), "", "       ")
    told = [] if hit.matched_name == listing.name else [f"an alias of {listing.name}"]
    told += [listing.kind, *([listing.citation] if listing.citation else [])]
    lines += wrapped("; ".join(told), width(), _INDENT, _GAP)
    write("".join(f"{line}\n" for line in lines))
    capped = hit.score - hit.explanation.score if hit.weak else 0.0
    _show_picture(hit.explanation, _LABELS, capped)


def _show_picture(found: Explanation, labels: Sequence[str], capped: float = 0.0) -> None:
    for row in _rows(list(_columns(found)), labels):
        for line in row:
            write(styled(line))
    steps = [("agreement", f"{found.agreement:.3f}", "share of the weight of both names")]
    for feature, change in found.contributions:
        steps.append((feature, f"{change:+.3f}", FEATURES[feature]))
    if capped:
        steps.append(("weak alias", f"{capped:+.3f}", "a weak alias is never certain"))
    wide = max(len(feature) for feature, _, _ in steps)
    for feature, value, meaning in steps:
        start = f"{_INDENT}{feature:{wide}}{_GAP}{value:>6}{_GAP}"
        first, *rest = wrapped(meaning, width(), " " * len(start))
        write("".join(f"{line}\n" for line in (start + first.lstrip(), *rest)))


def _columns(found: Explanation) -> Iterator[Column]:
    for pair in found.pairs:
        left, right = shortened(pair.left), shortened(pair.right)
        if pair.similarity == 1.0:
            yield left, "=", right, _EQUAL
        else:
            yield left, f"~ {pair.similarity:.2f}", right, _ALIKE
    for text in _alone(found.unmatched_left):
        yield text, "-", "", _ALONE
    for text in _alone(found.unmatched_right):
        yield "", "-", text, _ALONE


def _alone(words: Sequence[tuple[str, float]]) -> Iterator[str]:
    yield from (shortened(text) for text, _ in words[:_MOST_ALONE])
    if len(words) > _MOST_ALONE:
        yield f"and {len(words) - _MOST_ALONE:,} more"


def _rows(
    found: Sequence[Column], labels: Sequence[str]
) -> Iterator[tuple[list[tuple[str, str]], ...]]:
    """Three lines for as many columns as the width holds, then three for the next ones."""
    margin = max(map(columns, labels))
    for row in _broken(found, width() - len(_INDENT) - margin):
        lines = []
        for place, label in enumerate(labels):
            line = [(_INDENT + _padded(label, margin), "")]
            for column in row:
                cell = _padded(column[place], max(map(columns, column[:3])))
                line.append((_GAP + cell, column[3]))
            lines.append(line)
        yield tuple(lines)


def _broken(found: Iterable[Column], room: int) -> Iterator[list[Column]]:
    row: list[Column] = []
    used = 0
    for column in found:
        wide = len(_GAP) + max(map(columns, column[:3]))
        if row and used + wide > room:
            yield row
            row, used = [], 0
        row.append(column)
        used += wide
    if row:
        yield row


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - columns(text))


def _plain_hit(hit: Hit) -> dict[str, Any]:
    listing = hit.listing
    return {
        "score": hit.score,
        "matched_name": hit.matched_name,
        "weak": hit.weak,
        "listing": {
            field: plain(getattr(listing, field))
            for field in ("list_id", "id", "name", "kind", "citation", "countries", "programmes")
        },
        "explanation": plain(hit.explanation),
    }


@guarded
def names(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The name to look for."),
    ] = None,
    *,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option("--explain", metavar="A B", help="Align two names, instead of a search."),
    ] = None,
    kind: Annotated[NameKind, typer.Option("--kind", help="What NAME names.")] = NameKind.UNKNOWN,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", help="Least score, above 0 up to 1; the shipped one else."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many hits.")] = 20,
    form: Page = PageFormat.TEXT,
    rules: Rules = None,
    lists: Lists,
    accepted: Accepted,
    store: StoreFolder = None,
) -> int:
    """Who on the lists a name may mean, and why. Status: 0 nobody, 1 a hit, 2 error."""
    as_json, what = form is PageFormat.JSON, KINDS[kind]
    if (name is None) == (pair is None):
        raise typer.BadParameter("give NAME or --explain A B, one of them")
    if pair is not None:
        show_alignment(*pair, what, as_json=as_json)
        return 0
    watchlists = watchlists_of(folder_of(rules), lists, accepted, store)
    search = Search(str(name), what, threshold, limit)
    return search.show(watchlists, as_json=as_json)
