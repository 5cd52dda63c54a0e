"""The report on one party as text: what is so, by how much, and along which chains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from compliance.explain.ownership.missing import missing, settling
from compliance.explain.ownership.regime_text import standing
from compliance.explain.page import Page
from compliance.model.share import Share, percent
from compliance.model.truth import Truth
from compliance.screening.holding_arithmetic import threshold_of
from compliance.screening.ownership_report import Owner, OwnershipReport, RegimeAnswer, Verdict
from compliance.screening.ownership_report.report import PATHS

_STEP: Final = "  "
_ANSWER: Final[Mapping[Verdict, str]] = {
    "affected": "yes",
    "caution": "caution",
    "would_be_affected": "would be",
    "unknown": "unknown",
    "not_affected": "no",
}
_PARENTS: Final = {Truth.TRUE: "known", Truth.FALSE: "none", Truth.UNKNOWN: "not known"}
_SHOWN: Final = 12  # parties of a longer chain are counted in its middle
_SURE: Final = {Truth.TRUE: "certain", Truth.UNKNOWN: "possible", Truth.FALSE: "no"}


def text(report: OwnershipReport, limit: int, width: int) -> str:
    """The page, `width` columns wide, with at most `limit` owners; ends with a newline."""
    page = Page(width)
    page.line(f"{report.full(report.party)} on {report.as_of}")
    page.line(_described(report), _STEP)
    for source in report.sources:
        page.line(f"read from {source}", _STEP)
    _owners(page, report, limit)
    _controllers(page, report)
    _parents(page, report)
    _listed(page, report)
    _rules(page, report)
    if report.diagnoses:
        page.section("Peculiar in the statements")
        page.points(f"{found.code}: {found.told(report.short)}" for found in report.diagnoses)
    if report.remarks:
        page.section("Remarks on the files")
        page.points(
            f"{found.code}: {found.message} ({_times(found.count)}, first at {found.first})"
            for found in report.remarks
        )
    return "".join(f"{line}\n" for line in page.lines)


def _described(report: OwnershipReport) -> str:
    stated = report.stated(report.party)
    parts: list[str] = [stated.kind if stated.kind != "unknown" else "of unknown kind"]
    for place in ("incorporation", "headquarters", "residence"):
        country = getattr(stated, place)
        if country:
            parts.append(f"{place} {country}")
    if stated.nationalities:
        parts.append(f"nationality {', '.join(stated.nationalities)}")
    if report.party in report.ended:
        parts.append(report.ended[report.party].words)
    parts += [f"{number.scheme} {number.value}" for number in stated.identifiers]
    return "; ".join(parts)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _chain(report: OwnershipReport, parties: Sequence[str], basis: Sequence[str] = ()) -> str:
    """A chain downwards, with what each step rests on; the middle of a long one is counted."""
    steps = [f" > ({words.replace('_', ' ')}) > " for words in basis] or [" > "] * len(parties)
    told = [report.short(parties[0])]
    for number in range(1, len(parties)):
        if number <= _SHOWN // 2 or number >= len(parties) - _SHOWN // 2:
            told.append(steps[number - 1] + report.short(parties[number]))
        elif number == _SHOWN // 2 + 1:
            told.append(f" > ... {len(parties) - 2 * (_SHOWN // 2) - 1:,} more ...")
    return "".join(told)


def _some(words: Sequence[str]) -> str:
    left = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {left:,} more" if left > 0 else "")


def _owners(page: Page, report: OwnershipReport, limit: int) -> None:
    page.section("Owners, looked through")
    if not report.owners:
        own = report.direct[report.party].unstated is not None
        page.line(
            "no holder but itself is stated" if own else "no shareholding in it is stated", _STEP
        )
    for owner in report.owners[:limit]:
        words = f"{owner.share}  {report.full(owner.party)}{_ended(report, owner.party)}"
        page.line(words, _STEP, _STEP * 2)
        for words in _shown(report, owner):
            page.line(words, _STEP * 3, _STEP)
    told = min(limit, len(report.owners))
    if report.owners_total > told:
        page.line(f"and {report.owners_total - told:,} more owners above", _STEP)
        if report.owners_total > len(report.owners):
            page.line(f"only the nearest {report.asked} were looked through and compared", _STEP)
    if report.unstated is not None and report.unstated.maximum:
        page.line(f"{report.unstated}  no holder stated", _STEP)
    for exception in report.exceptions:
        page.line(f"an owner is not named: {exception}", _STEP)


def _ended(report: OwnershipReport, party: str) -> str:
    """That a party has ended, where it has."""
    found = report.ended.get(party)
    return "" if found is None else f"; {found.words}"


def _shown(report: OwnershipReport, owner: Owner) -> Iterator[str]:
    breakdown = owner.breakdown
    alone = len(breakdown.paths) == 1 and not breakdown.circles
    if alone and len(breakdown.paths[0].parties) == 2 and not breakdown.rest.maximum:
        yield "held directly"
        return
    for path in breakdown.paths:
        yield f"{path.share} by {_chain(report, path.parties)}"
    if breakdown.rest.maximum and len(breakdown.paths) >= PATHS:
        yield f"{breakdown.rest} by further chains"
    elif breakdown.rest.maximum:
        yield f"{breakdown.rest} by further rounds"
    for circle in breakdown.circles:
        yield f"through the circle of {_some([report.short(party) for party in circle])}"


def _controllers(page: Page, report: OwnershipReport) -> None:
    page.section("Who controls it")
    if not report.controllers:
        page.line("nobody that is stated", _STEP)
    for found in report.controllers:
        basis = ", ".join(word.replace("_", " ") for word in found.basis)
        held = f"; {found.votes} of the votes" if found.votes.maximum else ""
        who = report.full(found.party)
        words = f"{_SURE[found.truth]}  {who}, by {basis}{held}"
        words += _ended(report, found.party)
        page.line(words, _STEP, _STEP * 2)
        if len(found.path) > 2:
            page.line(_chain(report, found.path), _STEP * 3, _STEP)
    left = report.controllers_total - len(report.controllers)
    if left:
        page.line(f"and {left:,} more", _STEP)


def _parents(page: Page, report: OwnershipReport) -> None:
    found = report.parents
    page.section(f"Ultimate parents: {_PARENTS[found.truth]}")
    page.line(found.reason, _STEP)
    for parent in found.parents:
        words = (
            f"{_SURE[parent.truth]}  {report.full(parent.party)}; {_looked_through(parent.share)}"
        )
        page.line(words + _ended(report, parent.party), _STEP, _STEP * 2)
        page.line(_chain(report, parent.path, parent.basis), _STEP * 3, _STEP)
        page.line(f"stated at {_some(parent.evidence)}", _STEP * 3, _STEP)
    for document in found.asks:
        page.line(f"would settle it: {document}", _STEP)


def _listed(page: Page, report: OwnershipReport) -> None:
    page.section("Listed, it or above it")
    if not report.listed:
        page.line("nobody", _STEP)
    for found in report.listed:
        sure = "certain" if found.certain else "possible"
        given = ", as given" if found.given else ""
        page.line(f"{sure}  {report.full(found.party)}{given}", _STEP, _STEP * 2)
        for hit in found.hits:
            page.line(str(hit), _STEP * 3, _STEP)
    if report.unnamed:
        names = _some([report.full(party) for party in report.unnamed])
        page.line(f"not compared by name, none is stated: {names}", _STEP)
    for party in report.listed_elsewhere:
        page.line(f"given as listed, not above it: {report.full(party)}", _STEP)
    stale = [one.id for one in report.watchlists if one.stale(report.as_of) is Truth.TRUE]
    if stale:
        page.line(f"stale on this day: {', '.join(stale)}", _STEP)
    excerpts = [one.id for one in report.watchlists if not one.complete]
    if excerpts:
        words = f"only excerpts of {', '.join(excerpts)}: a party not found may still be listed"
        page.line(words, _STEP)


def _rules(page: Page, report: OwnershipReport) -> None:
    page.section("Affected by listed owners, by the arithmetic of each rule on the day")
    for rule in report.regimes:
        answer = _ANSWER[rule.verdict]
        if rule.missing and rule.truth is Truth.FALSE:
            answer += ", by the lists consulted"
        page.line(f"{answer}  {rule.regime.id}: {rule.regime.title}", _STEP, _STEP * 2)
        page.line(standing(rule), _STEP * 3, _STEP)
        page.line(_arithmetic(rule), _STEP * 3, _STEP)
        for words in (*_reached(report, rule), *_settling(report, rule)):
            page.line(words, _STEP * 3, _STEP)
        if rule.missing:
            page.line(f"on no list consulted: {', '.join(rule.missing)}", _STEP * 3, _STEP)
    gaps = dict.fromkeys(gap for rule in report.regimes for gap in rule.gaps[:_SHOWN])
    for gap in gaps:
        page.line(f"would settle it: {settling(gap, report.full)}", _STEP, _STEP)


def _arithmetic(rule: RegimeAnswer) -> str:
    entry = rule.entry
    least = "at least" if entry.inclusive else "more than"
    added = "together" if entry.aggregate else "by one listed party and what it owns"
    control = ", or control" if entry.control else ""
    return f"{least} {percent(threshold_of(entry))} {added}{control}; {entry.cite}"


def _reached(report: OwnershipReport, rule: RegimeAnswer) -> Iterator[str]:
    if rule.itself is not Truth.FALSE:
        yield "it is itself listed" if rule.itself is Truth.TRUE else "it may itself be listed"
    if rule.share is None:
        return
    if rule.entry.aggregate:
        yield f"listed and affected parties hold {rule.share}"
    else:
        yield f"the most that one listed party holds, with those affected through it: {rule.share}"
    if rule.by_control:
        yield "one of them controls it"
    for path in rule.paths[:PATHS]:
        yield f"{path.share} by {_chain(report, path.parties)}"
    if len(rule.paths) > PATHS:
        yield f"and {len(rule.paths) - PATHS:,} more holders"


def _settling(report: OwnershipReport, rule: RegimeAnswer) -> Iterator[str]:
    if rule.gaps:
        told = "; ".join(missing(gap, report.full) for gap in rule.gaps[:_SHOWN])
        left = len(rule.gaps) - _SHOWN
        yield f"not known: {told}" + (f"; and {left:,} more" if left > 0 else "")
    asks = rule.asks if rule.truth is Truth.UNKNOWN else ()
    yield from (f"would settle it: {ask}" for ask in asks[:_SHOWN])
    if len(asks) > _SHOWN:
        yield f"and {len(asks) - _SHOWN:,} more documents"


def _looked_through(share: Share) -> str:
    """How much a parent holds; of one that controls without capital nobody may have stated it."""
    return f"{share} looked through" if share.maximum else "no share of it is stated"
