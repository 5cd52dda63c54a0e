"""Indirect interests of BODS: a sum of what direct ones spell out is not added to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from compliance.model.share import Share
from compliance.ownership.readers.bods_records import Piece
from compliance.ownership.readers.statements import Edge, Gathering


def merged(pieces: Sequence[Piece], gathering: Gathering) -> Iterator[Piece]:
    """All direct interests, and the indirect ones that direct ones do not spell out."""
    above: dict[str, list[Edge]] = {}
    for piece in pieces:
        if not piece.indirect:
            above.setdefault(piece.edge.owned, []).append(piece.edge)
    for piece in pieces:
        if not piece.indirect:
            yield piece
        elif _spelled_out(piece.edge, above):
            message = "an indirect interest whose chain is stated: not added to it"
            gathering.remark("indirect", message, piece.place)
        elif _held_by_others(piece.edge, above):
            message = "an indirect interest without its chain, beside direct holders: part unknown"
            gathering.remark("indirect_part", message, piece.place)
            share = piece.edge.share
            wide = Share(share.minimum * 0, share.maximum, False, share.exclusive_maximum)  # noqa: FBT003
            yield replace(piece, edge=replace(piece.edge, share=wide))
        else:
            message = "an indirect interest without its chain: it stands for the whole of it"
            gathering.remark("indirect_alone", message, piece.place)
            yield piece


def _spelled_out(edge: Edge, above: Mapping[str, Sequence[Edge]]) -> bool:
    """Whether direct interests of the same time lead from the holder to the subject."""
    seen, todo = {edge.owned}, [edge.owned]
    while todo:
        for step in above.get(todo.pop(), ()):
            if step.owner in seen or not _overlap(edge, step):
                continue
            if step.owner == edge.owner:
                return True
            seen.add(step.owner)
            todo.append(step.owner)
    return False


def _held_by_others(edge: Edge, above: Mapping[str, Sequence[Edge]]) -> bool:
    return any(
        step.kind == edge.kind and _overlap(edge, step) for step in above.get(edge.owned, ())
    )


def _overlap(one: Edge, other: Edge) -> bool:
    begins = one.since is None or other.until is None or one.since < other.until
    ends = other.since is None or one.until is None or other.since < one.until
    return begins and ends
