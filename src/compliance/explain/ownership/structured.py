"""The answers on one party as plain values: ids, exact fractions, and the names beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compliance.explain.ownership.answers import Answers, Rule
from compliance.explain.ownership.listed import ListedParty
from compliance.explain.ownership.missing import settling
from compliance.model.canonical import plain
from compliance.ownership import Path
from compliance.screening.arithmetic import threshold_of
from compliance.screening.regime_status import RegimeStatus


def plain_answers(answers: Answers, limit: int | None = None) -> dict[str, Any]:
    """The answers as dict, list, str, int, bool and None only; at most `limit` owners.

    Shares are intervals of fractions written "n/d"; `owners_total` counts those not told too.
    """
    party = plain(answers.stated(answers.party))
    del party["source"]
    return {
        "party": party,
        "as_of": answers.as_of.isoformat(),
        "sources": list(answers.statements.sources),
        "formats": list(answers.statements.formats),
        "owners": [
            {
                **_named(answers, owner.party),
                "share": owner.share.as_json(),
                "direct": owner.direct,
                "paths": _paths(owner.breakdown.paths),
                "rest": plain(owner.breakdown.rest),
                "circles": plain(owner.breakdown.circles),
            }
            for owner in answers.owners[:limit]
        ],
        "owners_asked": answers.asked,
        "owners_total": answers.owners_total,
        "unstated": plain(answers.unstated),
        "exceptions": list(answers.exceptions),
        "ended": [
            {
                **_named(answers, party),
                "standing": found.standing,
                "since": plain(found.since),
                "successors": list(found.successors),
                "source": found.source,
            }
            for party, found in answers.ended.items()
        ],
        "controllers_total": answers.controllers_total,
        "controllers": [
            {
                **_named(answers, found.party),
                "truth": found.control.truth.value,
                "votes": plain(found.control.votes),
                "basis": list(found.control.basis),
                "via": list(found.control.via),
                "path": list(found.path),
                "paths": _paths(found.control.paths),
            }
            for found in answers.controllers
        ],
        "ultimate_parents": _parents(answers),
        "listed": [_listed(answers, found) for found in answers.listed],
        "listed_elsewhere": list(answers.listed_elsewhere),
        "lists": [
            {
                "id": one.id,
                "complete": one.complete,
                "published": plain(one.published),
                "stale": one.stale(answers.as_of).value,
            }
            for one in answers.watchlists
        ],
        "unnamed": list(answers.unnamed),
        "rules": [_rule(answers, rule) for rule in answers.rules],
        "diagnoses": [
            {"code": found.code, "parties": list(found.parties), "message": found.message}
            for found in answers.diagnoses
        ],
        "remarks": plain(answers.statements.remarks),
    }


def _named(answers: Answers, party: str) -> dict[str, Any]:
    return {"id": party, "name": answers.stated(party).name}


def _paths(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [{"parties": list(path.parties), "share": plain(path.share)} for path in paths]


def _parents(answers: Answers) -> dict[str, Any]:
    found = answers.parents
    return {
        "truth": found.truth.value,
        "reason": found.reason,
        "documents": list(found.documents),
        "parents": [
            {
                **_named(answers, parent.party),
                "truth": parent.truth.value,
                "share": plain(parent.share),
                "path": list(parent.path),
                "basis": list(parent.basis),
                "evidence": list(parent.evidence),
            }
            for parent in found.parents
        ],
    }


def _listed(answers: Answers, found: ListedParty) -> dict[str, Any]:
    return {
        **_named(answers, found.party),
        "certain": found.certain,
        "given": found.given,
        "hits": [
            {
                "list_id": hit.listing.list_id,
                "lists": list(hit.lists),
                "measures": sorted(hit.measures),
                "id": hit.listing.id,
                "name": hit.listing.name,
                "by": hit.by,
                "matched": hit.matched,
                "score": hit.score,
                "certain": hit.certain,
                "reasons": list(hit.reasons),
            }
            for hit in found.hits
        ],
    }


def _rule(answers: Answers, rule: Rule) -> dict[str, Any]:
    affected = rule.affected
    return {
        "id": rule.regime.id,
        "title": rule.regime.title,
        "measures": sorted(rule.regime.measures),
        "measures_missing": list(rule.missing),
        "threshold": str(threshold_of(rule.entry)),
        "inclusive": rule.entry.inclusive,
        "aggregate": rule.entry.aggregate,
        "control": rule.entry.control,
        "cite": rule.entry.cite,
        **_status(rule.status),
        "answer": rule.answer,
        "truth": rule.truth.value,
        "itself": rule.itself,
        "itself_certain": rule.itself_certain,
        "by_control": rule.by_control,
        "doubtful": list(rule.doubtful),
        "open_shares": rule.open_shares,
        "gaps": [
            {
                **_named(answers, gap.party),
                "kind": gap.kind,
                "most": None if gap.most is None else str(gap.most),
                "exceptions": list(gap.exceptions),
                "asks": settling(gap, answers.full),
            }
            for gap in rule.gaps
        ],
        "share": None if affected is None else plain(affected.share),
        "origins": [] if affected is None else list(affected.origins),
        "paths": [] if affected is None else _paths(affected.paths),
    }


def _status(found: RegimeStatus) -> dict[str, Any]:
    return {
        "policy": found.policy,
        "house": found.house,
        "state": None if found.state is None else found.state.value,
        "state_since": plain(found.since),
        "state_until": plain(found.until),
        "state_cite": found.cite,
        "state_note": found.note,
    }
