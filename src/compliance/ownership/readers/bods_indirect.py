"""Indirect interests of BODS: a sum of what direct ones spell out is not added to them.

An indirect share is itself no edge of a graph whose edges are direct holdings:

- where direct interests of the file lead from the holder to the subject, it is left out; a link of
  theirs that carries no share of its class then carries an unknown one, for the indirect share
  passes through. A stated share that the chain cannot amount to is remarked on;
- where none leads there, but direct holders are stated, it passes through them or through holders
  that are not stated: an unknown share in each of them that is no person, and from zero up to the
  stated share in the subject itself;
- where no direct holder is stated either, it stands for the whole of it, as stated.

Declared control is not a sum: an indirect one stays, unless its record names its components.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from compliance.errors import OwnershipError
from compliance.model.share import Share
from compliance.ownership.graph import OwnershipGraph
from compliance.ownership.interests import UNSTATED, Edge, Kind
from compliance.ownership.readers.bods_records import Piece
from compliance.ownership.readers.statements import Gathering

# A class of shares -> the kinds of direct interest that carry it: votes follow capital.
_CARRIED: Final[Mapping[Kind, frozenset[Kind]]] = {
    "shareholding": frozenset({"shareholding"}),
    "voting_rights": frozenset({"shareholding", "voting_rights"}),
}
_Above = Mapping[str, Sequence[Edge]]


def merged(
    pieces: Sequence[Piece], persons: Collection[str], gathering: Gathering
) -> Iterator[Piece]:
    """The direct interests, and what the indirect ones say beyond them."""
    above: dict[str, list[Edge]] = {}
    for piece in pieces:
        if not piece.indirect:
            above.setdefault(piece.edge.owned, []).append(piece.edge)
            yield piece
    for piece in pieces:
        if piece.indirect:
            links = _links(piece.edge, above)
            if piece.edge.kind in _CARRIED:
                yield from _share(piece, links, above, persons, gathering)
            elif links and piece.summary:
                _left_out(piece, gathering)
            else:
                yield piece


def _share(
    piece: Piece,
    links: Sequence[Edge],
    above: _Above,
    persons: Collection[str],
    gathering: Gathering,
) -> Iterator[Piece]:
    edge, carried = piece.edge, _CARRIED[piece.edge.kind]
    if links:
        _left_out(piece, gathering)
        carriers = {(link.owner, link.owned) for link in links if link.kind in carried}
        gaps = {(link.owner, link.owned): link for link in links if link.kind not in carried}
        unknown = [
            _held(replace(link, share=UNSTATED, seats=None, of=None), edge.kind, above)
            for pair, link in gaps.items()
            if pair not in carriers
        ]
        if unknown:
            message = "a link of an indirect share that carries none by itself: part unknown"
            gathering.remark("indirect_link", message, piece.place)
        if not _amounts_to(edge, [*(x for x in links if x.kind in carried), *unknown]):
            message = "an indirect share that its chain does not amount to: the chain counts"
            gathering.remark("indirect_differs", message, piece.place)
        yield from (replace(piece, edge=each) for each in unknown)
        return
    holders = [
        step
        for step in above.get(edge.owned, ())
        if step.kind in carried and _overlap(edge, step) and step.owner not in persons
    ]
    if not holders:
        message = "an indirect share without its chain: it stands for the whole of it"
        gathering.remark("indirect_alone", message, piece.place)
        yield piece
        return
    message = "an indirect share without its chain: through which direct holder is unknown"
    gathering.remark("indirect_through", message, piece.place)
    share = edge.share
    wide = Share(Fraction(0), share.maximum, exclusive_maximum=share.exclusive_maximum)
    yield replace(piece, edge=_held(replace(edge, share=wide), edge.kind, above))
    for owner in dict.fromkeys(step.owner for step in holders):
        through = replace(edge, owned=owner, share=UNSTATED, share_class="")
        yield replace(piece, edge=_held(through, edge.kind, above))


def _held(edge: Edge, kind: Kind, above: _Above) -> Edge:
    """The edge in its class; votes of a party of which none are stated follow its capital."""
    voted = any(step.kind == "voting_rights" for step in above.get(edge.owned, ()))
    return replace(edge, kind=kind if voted else "shareholding")


def _left_out(piece: Piece, gathering: Gathering) -> None:
    message = "an indirect interest whose chain is stated: not added to it"
    gathering.remark("indirect", message, piece.place)


def _links(edge: Edge, above: _Above) -> list[Edge]:
    """The direct interests of the same time on the ways from the holder to the subject."""
    ways: dict[str, list[Edge]] = {}
    seen, todo = {edge.owned}, [edge.owned]
    while todo:
        at = todo.pop()
        if at == edge.owner:
            continue
        for step in above.get(at, ()):
            if _overlap(edge, step):
                ways.setdefault(step.owner, []).append(step)
                if step.owner not in seen:
                    seen.add(step.owner)
                    todo.append(step.owner)
    found: list[Edge] = []
    reached, todo = {edge.owner}, [edge.owner]
    while todo:
        for step in ways.get(todo.pop(), ()):
            found.append(step)
            if step.owned not in reached:
                reached.add(step.owned)
                todo.append(step.owned)
    return found


def _amounts_to(edge: Edge, links: Sequence[Edge]) -> bool:
    """Whether the stated share and what the chain amounts to have a point in common."""
    day = edge.since or max((link.since for link in links if link.since), default=None)
    try:
        graph = OwnershipGraph.from_interests(link.interest("") for link in links)
    except OwnershipError:  # a link that is no interest is refused where it is stated
        return True
    if edge.owner not in graph.parties:
        return True
    found, share = graph.share(edge.owner, edge.owned, as_of=day), edge.share
    return found.minimum <= share.maximum and share.minimum <= found.maximum


def _overlap(one: Edge, other: Edge) -> bool:
    begins = one.since is None or other.until is None or one.since < other.until
    ends = other.since is None or one.until is None or other.since < one.until
    return begins and ends
