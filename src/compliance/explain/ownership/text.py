"""The answers on one party as text: what is so, by how much, and along which chains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from compliance.explain.ownership.answers import PATHS, Answer, Answers, Owner, Rule
from compliance.explain.ownership.missing import missing, settling
from compliance.explain.ownership.regime_text import standing
from compliance.explain.page import Page
from compliance.model.share import Share, percent
from compliance.model.truth import Truth
from compliance.ownership import Path
from compliance.screening.arithmetic import threshold_of

_STEP: Final = "  "
_ANSWER: Final[Mapping[Answer, str]] = {
    "affected": "yes",
    "caution": "caution",
    "would_be_affected": "would be",
    "unknown": "unknown",
    "not_affected": "no",
}
_PARENTS: Final = {Truth.TRUE: "known", Truth.FALSE: "none", Truth.UNKNOWN: "not known"}
_SHOWN: Final = 12  # parties of a longer chain are counted in its middle
_SURE: Final = {Truth.TRUE: "certain", Truth.UNKNOWN: "possible", Truth.FALSE: "no"}


def text(answers: Answers, limit: int, width: int) -> str:
    """The page, `width` columns wide, with at most `limit` owners; ends with a newline."""
    page = Page(width)
    page.line(f"{answers.full(answers.party)} on {answers.as_of}")
    page.line(_described(answers), _STEP)
    for source in answers.statements.sources:
        page.line(f"read from {source}", _STEP)
    _owners(page, answers, limit)
    _controllers(page, answers)
    _parents(page, answers)
    _listed(page, answers)
    _rules(page, answers)
    if answers.diagnoses:
        page.section("Peculiar in the statements")
        page.points(f"{found.code}: {found.told(answers.short)}" for found in answers.diagnoses)
    if answers.statements.remarks:
        page.section("Remarks on the files")
        page.points(
            f"{found.code}: {found.message} ({_times(found.count)}, first at {found.first})"
            for found in answers.statements.remarks
        )
    return "".join(f"{line}\n" for line in page.lines)


def _described(answers: Answers) -> str:
    stated = answers.stated(answers.party)
    parts: list[str] = [stated.kind if stated.kind != "unknown" else "of unknown kind"]
    for place in ("incorporation", "headquarters", "residence"):
        country = getattr(stated, place)
        if country:
            parts.append(f"{place} {country}")
    if stated.nationalities:
        parts.append(f"nationality {', '.join(stated.nationalities)}")
    if answers.party in answers.ended:
        parts.append(answers.ended[answers.party].words)
    parts += [f"{number.scheme} {number.value}" for number in stated.identifiers]
    return "; ".join(parts)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _chain(answers: Answers, parties: Sequence[str], basis: Sequence[str] = ()) -> str:
    """A chain downwards, with what each step rests on; the middle of a long one is counted."""
    steps = [f" > ({words.replace('_', ' ')}) > " for words in basis] or [" > "] * len(parties)
    told = [answers.short(parties[0])]
    for number in range(1, len(parties)):
        if number <= _SHOWN // 2 or number >= len(parties) - _SHOWN // 2:
            told.append(steps[number - 1] + answers.short(parties[number]))
        elif number == _SHOWN // 2 + 1:
            told.append(f" > ... {len(parties) - 2 * (_SHOWN // 2) - 1:,} more ...")
    return "".join(told)


def _some(words: Sequence[str]) -> str:
    left = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {left:,} more" if left > 0 else "")


def _owners(page: Page, answers: Answers, limit: int) -> None:
    page.section("Owners, looked through")
    if not answers.owners:
        own = answers.graph.on(answers.as_of).capital.column(answers.party)
        page.line(
            "no holder but itself is stated" if own else "no shareholding in it is stated", _STEP
        )
    for owner in answers.owners[:limit]:
        words = f"{owner.share}  {answers.full(owner.party)}{_ended(answers, owner.party)}"
        page.line(words, _STEP, _STEP * 2)
        for words in _shown(answers, owner):
            page.line(words, _STEP * 3, _STEP)
    told = min(limit, len(answers.owners))
    if answers.owners_total > told:
        page.line(f"and {answers.owners_total - told:,} more owners above", _STEP)
        if answers.owners_total > len(answers.owners):
            page.line(f"only the nearest {answers.asked} were looked through and compared", _STEP)
    if answers.unstated is not None and answers.unstated.maximum:
        page.line(f"{answers.unstated}  no holder stated", _STEP)
    for exception in answers.exceptions:
        page.line(f"an owner is not named: {exception}", _STEP)


def _ended(answers: Answers, party: str) -> str:
    """That a party has ended, where it has."""
    found = answers.ended.get(party)
    return "" if found is None else f"; {found.words}"


def _shown(answers: Answers, owner: Owner) -> Iterator[str]:
    breakdown = owner.breakdown
    alone = len(breakdown.paths) == 1 and not breakdown.circles
    if alone and len(breakdown.paths[0].parties) == 2 and not breakdown.rest.maximum:
        yield "held directly"
        return
    for path in breakdown.paths:
        yield f"{path.share} by {_chain(answers, path.parties)}"
    if breakdown.rest.maximum and len(breakdown.paths) >= PATHS:
        yield f"{breakdown.rest} by further chains"
    elif breakdown.rest.maximum:
        yield f"{breakdown.rest} by further rounds"
    for circle in breakdown.circles:
        yield f"through the circle of {_some([answers.short(party) for party in circle])}"


def _controllers(page: Page, answers: Answers) -> None:
    page.section("Who controls it")
    if not answers.controllers:
        page.line("nobody that is stated", _STEP)
    for found in answers.controllers:
        basis = ", ".join(word.replace("_", " ") for word in found.control.basis)
        held = f"; {found.control.votes} of the votes" if found.control.votes.maximum else ""
        who = answers.full(found.party)
        words = f"{_SURE[found.control.truth]}  {who}, by {basis}{held}"
        words += _ended(answers, found.party)
        page.line(words, _STEP, _STEP * 2)
        if len(found.path) > 2:
            page.line(_chain(answers, found.path), _STEP * 3, _STEP)
    left = answers.controllers_total - len(answers.controllers)
    if left:
        page.line(f"and {left:,} more", _STEP)


def _parents(page: Page, answers: Answers) -> None:
    found = answers.parents
    page.section(f"Ultimate parents: {_PARENTS[found.truth]}")
    page.line(found.reason, _STEP)
    for parent in found.parents:
        words = (
            f"{_SURE[parent.truth]}  {answers.full(parent.party)}; {_looked_through(parent.share)}"
        )
        page.line(words + _ended(answers, parent.party), _STEP, _STEP * 2)
        page.line(_chain(answers, parent.path, parent.basis), _STEP * 3, _STEP)
        page.line(f"stated at {_some(parent.evidence)}", _STEP * 3, _STEP)
    for document in found.documents:
        page.line(f"would settle it: {document}", _STEP)


def _listed(page: Page, answers: Answers) -> None:
    page.section("Listed, it or above it")
    if not answers.listed:
        page.line("nobody", _STEP)
    for found in answers.listed:
        sure = "certain" if found.certain else "possible"
        given = ", as given" if found.given else ""
        page.line(f"{sure}  {answers.full(found.party)}{given}", _STEP, _STEP * 2)
        for hit in found.hits:
            page.line(str(hit), _STEP * 3, _STEP)
    if answers.unnamed:
        names = _some([answers.full(party) for party in answers.unnamed])
        page.line(f"not compared by name, none is stated: {names}", _STEP)
    for party in answers.listed_elsewhere:
        page.line(f"given as listed, not above it: {answers.full(party)}", _STEP)
    stale = [one.id for one in answers.watchlists if one.stale(answers.as_of) is Truth.TRUE]
    if stale:
        page.line(f"stale on this day: {', '.join(stale)}", _STEP)
    excerpts = [one.id for one in answers.watchlists if not one.complete]
    if excerpts:
        words = f"only excerpts of {', '.join(excerpts)}: a party not found may still be listed"
        page.line(words, _STEP)


def _rules(page: Page, answers: Answers) -> None:
    page.section("Affected by listed owners, by the arithmetic of each rule on the day")
    for rule in answers.rules:
        answer = _ANSWER[rule.answer]
        if rule.missing and rule.truth is Truth.FALSE:
            answer += ", by the lists consulted"
        page.line(f"{answer}  {rule.regime.id}: {rule.regime.title}", _STEP, _STEP * 2)
        page.line(standing(rule), _STEP * 3, _STEP)
        page.line(_arithmetic(rule), _STEP * 3, _STEP)
        for words in (*_reached(answers, rule), *_settling(answers, rule)):
            page.line(words, _STEP * 3, _STEP)
        if rule.missing:
            page.line(f"on no list consulted: {', '.join(rule.missing)}", _STEP * 3, _STEP)
    gaps = dict.fromkeys(gap for rule in answers.rules for gap in rule.gaps[:_SHOWN])
    for gap in gaps:
        page.line(f"would settle it: {settling(gap, answers.full)}", _STEP, _STEP)


def _arithmetic(rule: Rule) -> str:
    entry = rule.entry
    least = "at least" if entry.inclusive else "more than"
    added = "together" if entry.aggregate else "by one listed party and what it owns"
    control = ", or control" if entry.control else ""
    return f"{least} {percent(threshold_of(entry))} {added}{control}; {entry.cite}"


def _reached(answers: Answers, rule: Rule) -> Iterator[str]:
    if rule.itself:
        yield "it is itself listed" if rule.itself_certain else "it may itself be listed"
    affected = rule.affected
    if affected is None or affected.share is None:
        return
    share = affected.share
    if rule.entry.aggregate:
        yield f"listed and affected parties hold {share}"
    else:
        yield f"the most that one listed party holds, with those affected through it: {share}"
    if rule.by_control:
        yield "one of them controls it"
    paths: tuple[Path, ...] = affected.paths
    for path in paths[:PATHS]:
        yield f"{path.share} by {_chain(answers, path.parties)}"
    if len(paths) > PATHS:
        yield f"and {len(paths) - PATHS:,} more holders"


def _settling(answers: Answers, rule: Rule) -> Iterator[str]:
    if rule.gaps:
        told = "; ".join(missing(gap, answers.full) for gap in rule.gaps[:_SHOWN])
        left = len(rule.gaps) - _SHOWN
        yield f"not known: {told}" + (f"; and {left:,} more" if left > 0 else "")
    if rule.doubtful:
        names = _some([answers.full(party) for party in rule.doubtful])
        yield f"would settle it: whether the listed party is {names}"
    if rule.open_shares:
        yield "would settle it: a dated register of members with exact holdings"


def _looked_through(share: Share) -> str:
    """How much a parent holds; of one that controls without capital nobody may have stated it."""
    return f"{share} looked through" if share.maximum else "no share of it is stated"
