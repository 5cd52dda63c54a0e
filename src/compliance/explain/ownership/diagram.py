"""What is drawn of the ownership of a party: boxes, arrows, and the words on both.

A picture is bounded: of a large register the nearest parties are drawn and the rest is counted.
All its words are visible text; whoever writes them escapes them for its own format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from compliance.explain.escape_control import visible
from compliance.explain.ownership.regime_text import state_of
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.interests import UNSTATED
from compliance.screening.ownership_report import OwnershipReport, Verdict

ARROWS: Final = 100
"""How many interests are drawn at most; those that connect the boxes come first."""
_FIRM: Final[frozenset[str]] = frozenset({"shareholding", "voting_rights"})
_WORDS: Final[Mapping[str, str]] = {
    "shareholding": "shares",
    "voting_rights": "votes",
    "board_appointment": "board",
    "agreement": "agreement",
    "consolidation": "consolidated",
    "other": "other influence",
}
_ANSWER: Final[Mapping[Verdict, str]] = {
    "affected": "Affected",
    "caution": "Caution",
    "would_be_affected": "Would be affected",
    "unknown": "Perhaps affected",
}

Mark = Literal["", "listed", "possible"]
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """A party: its name, what is said below it, and `detail`, everything in full."""

    party: str
    name: str
    notes: tuple[str, ...]
    detail: str
    asked: bool
    mark: Mark
    person: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """What an owner has in a party; not `firm`: control by other means than shares and votes.

    `back`: the arrow that closes a circle of owners.
    """

    owner: str
    owned: str
    words: tuple[str, ...]
    firm: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, the party asked about first, then the nearest; what is left out is counted."""

    title: str
    facts: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    boxes_left: int
    arrows_left: int


def drawn(report: OwnershipReport, limit: int) -> Picture:
    """The picture of the party and at most `limit` others above it."""
    parties = (report.party, *report.above[:limit])
    rows = {party: report.direct[party].owners for party in parties}
    held: dict[Edge, dict[str, Share]] = {}
    for owned in parties:
        for owner, share, kind in rows[owned]:
            if owner in rows and owner != owned:
                held.setdefault((owner, owned), {})[kind] = share
    edges = _connecting_first(parties, held)
    kept = edges[:ARROWS]
    backs = _closing(report.party, parties, kept)
    return Picture(
        title=f"Who owns {visible(report.short(report.party))} on {report.as_of}",
        facts=tuple(visible(fact) for fact in _facts(report)),
        boxes=tuple(_box(report, party, rows) for party in parties),
        arrows=tuple(arrow for edge in kept for arrow in _arrows(edge, held[edge], edge in backs)),
        boxes_left=len(report.above) - len(parties) + 1,
        arrows_left=len(edges) - len(kept),
    )


def _connecting_first(parties: Sequence[str], held: Iterable[Edge]) -> list[Edge]:
    """The edges, one that connects each box with a nearer one first, then from the nearest."""
    place = {party: number for number, party in enumerate(parties)}
    ordered = sorted(held, key=lambda edge: (place[edge[1]], place[edge[0]]))
    seen = {parties[0]}
    first: list[Edge] = []
    for edge in ordered:
        if edge[0] not in seen:
            seen.add(edge[0])
            first.append(edge)
    chosen = set(first)
    return first + [edge for edge in ordered if edge not in chosen]


def _closing(start: str, parties: Sequence[str], edges: Iterable[Edge]) -> set[Edge]:
    """The edges that close a circle, going up from the party asked about; the fewest not sought."""
    place = {party: number for number, party in enumerate(parties)}
    above: dict[str, list[str]] = {party: [] for party in parties}
    for owner, owned in edges:
        above[owned].append(owner)
    closing = set[Edge]()
    done, open_ = set[str](), {start}
    stack = [(start, iter(sorted(above[start], key=place.__getitem__)))]
    while stack:
        owned, owners = stack[-1]
        owner = next(owners, "")
        if not owner:
            stack.pop()
            open_.discard(owned)
            done.add(owned)
        elif owner in open_:
            closing.add((owner, owned))
        elif owner not in done:
            open_.add(owner)
            stack.append((owner, iter(sorted(above[owner], key=place.__getitem__))))
    return closing


def _arrows(edge: Edge, kinds: Mapping[str, Share], back: bool) -> Iterator[Arrow]:  # noqa: FBT001 - a condition
    """One arrow for shares and votes, and one for control by other means."""
    for firm, words in ((True, tuple(_held(kinds))), (False, tuple(_declared(kinds)))):
        if words:
            yield Arrow(*edge, words, firm, back)


def _held(kinds: Mapping[str, Share]) -> Iterator[str]:
    """What is held of shares and votes, as one where they are equal."""
    capital, votes = kinds.get("shareholding"), kinds.get("voting_rights")
    if capital is not None and votes is not None and capital == votes:
        yield _amount(capital, "shares and votes")
        return
    if capital is not None:
        yield _amount(capital, "shares") if capital == UNSTATED else str(capital)
    if votes is not None:
        yield _amount(votes, "votes")


def _declared(kinds: Mapping[str, Share]) -> Iterator[str]:
    for kind in sorted(kinds.keys() - _FIRM):
        share = kinds[kind]
        yield _WORDS[kind] if share == UNSTATED else f"{_WORDS[kind]} {share}"


def _amount(share: Share, noun: str) -> str:
    return f"{noun}: not stated" if share == UNSTATED else f"{share} of {noun}"


def _box(
    report: OwnershipReport, party: str, rows: Mapping[str, Sequence[tuple[str, Share, str]]]
) -> Box:
    stated = report.stated(party)
    listed = {found.party: found for found in report.listed}.get(party)
    mark: Mark = ""
    notes = [words for words in (_where(report, party),) if words]
    if party in report.looked_through:
        notes.append(f"looked through: {report.looked_through[party]}")
    if listed is not None:
        mark = "listed" if listed.certain else "possible"
        lists = ", ".join(listed.lists) or "as given"
        notes.append(f"{'listed' if listed.certain else 'possibly listed'}: {lists}")
    holders = {owner for owner, _, _ in rows[party]}
    own = [share for owner, share, kind in rows[party] if owner == party and kind in _FIRM]
    notes += [f"holds {share} of itself" for share in own[:1]]
    rest = report.direct[party].unstated
    if rest is not None and rest.maximum:
        notes.append(f"no holder stated: {rest}")
    notes += [f"owner not named: {reason}" for reason in report.direct[party].exceptions]
    left = len(holders - rows.keys())
    if left:
        notes.append(f"\u2026 and {left:,} more above")
    shown = [visible(note) for note in notes]
    name = visible(report.short(party))
    detail = "\n".join((visible(report.full(party)), *shown))
    return Box(
        party, name, tuple(shown), detail, party == report.party, mark, stated.kind == "person"
    )


def _where(report: OwnershipReport, party: str) -> str:
    stated = report.stated(party)
    places = [stated.incorporation, stated.headquarters, stated.residence, *stated.nationalities]
    kind = "" if stated.kind in ("unknown", "organization") else stated.kind.replace("_", " ")
    return ", ".join([part for part in (kind, *dict.fromkeys(filter(None, places))) if part])


def _facts(report: OwnershipReport) -> Iterator[str]:
    found = report.parents
    tops = ", ".join(report.short(p.party) for p in found.parents if p.truth is Truth.TRUE)
    maybe = ", ".join(report.short(p.party) for p in found.parents if p.truth is Truth.UNKNOWN)
    if tops:
        yield f"Ultimate parent: {tops}"
    elif found.truth is Truth.FALSE:
        yield "Ultimate parent: none"
    if maybe or found.truth is Truth.UNKNOWN:
        yield f"Ultimate parent unknown{': perhaps ' if maybe else ''}{maybe}"
    touched = [rule for rule in report.regimes if rule.truth is not Truth.FALSE]
    for rule in touched:
        sure = _ANSWER[rule.verdict]
        words = f"listed and affected parties hold {rule.share}"
        if rule.itself is not Truth.FALSE:
            words = "itself listed"
        if rule.by_control:
            words = "controlled by a listed or affected party"
        if rule.gaps:
            words = "by owners who are not stated"
        state = "" if rule.status.in_force else f"; {state_of(rule.status)}"
        yield f"{sure}: {rule.regime.title} ({words}{state})"
    if report.regimes and not touched:
        excerpts = any(not one.complete for one in report.watchlists)
        some = ", some of them excerpts" if excerpts else ""
        yield f"Affected by listed owners: under no rule, by the lists consulted{some}"
