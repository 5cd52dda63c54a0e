"""The report on one party as plain values: ids, exact fractions, and the names beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compliance.explain.ownership.missing import settling
from compliance.model.canonical import plain
from compliance.model.truth import Truth
from compliance.ownership import Path
from compliance.screening.holding_arithmetic import threshold_of
from compliance.screening.ownership_report import ListedParty, OwnershipReport, RegimeAnswer
from compliance.screening.regime_status import RegimeStatus


def plain_report(report: OwnershipReport, limit: int | None = None) -> dict[str, Any]:
    """The report as dict, list, str, int, bool and None only; at most `limit` owners.

    Shares are intervals of fractions written "n/d"; `owners_total` counts those not told too.
    """
    party = plain(report.stated(report.party))
    del party["source"]
    return {
        "party": party,
        "as_of": report.as_of.isoformat(),
        "sources": list(report.sources),
        "formats": list(report.formats),
        "owners": [
            {
                **_named(report, owner.party),
                "share": owner.share.as_json(),
                "direct": owner.direct,
                "paths": _paths(owner.breakdown.paths),
                "rest": plain(owner.breakdown.rest),
                "circles": plain(owner.breakdown.circles),
            }
            for owner in report.owners[:limit]
        ],
        "owners_asked": report.asked,
        "owners_total": report.owners_total,
        "unstated": plain(report.unstated),
        "exceptions": list(report.exceptions),
        "ended": [
            {
                **_named(report, party),
                "standing": found.standing,
                "since": plain(found.since),
                "successors": list(found.successors),
                "source": found.source,
            }
            for party, found in report.ended.items()
        ],
        "controllers_total": report.controllers_total,
        "controllers": [
            {
                **_named(report, found.party),
                "truth": found.truth.value,
                "votes": plain(found.votes),
                "basis": list(found.basis),
                "via": list(found.via),
                "path": list(found.path),
                "paths": _paths(found.paths),
            }
            for found in report.controllers
        ],
        "ultimate_parents": _parents(report),
        "listed": [_listed(report, found) for found in report.listed],
        "listed_elsewhere": list(report.listed_elsewhere),
        "lists": [
            {
                "id": one.id,
                "complete": one.complete,
                "published": plain(one.published),
                "stale": one.stale(report.as_of).value,
            }
            for one in report.watchlists
        ],
        "unnamed": list(report.unnamed),
        "rules": [_rule(report, rule) for rule in report.regimes],
        "diagnoses": [
            {"code": found.code, "parties": list(found.parties), "message": found.message}
            for found in report.diagnoses
        ],
        "remarks": plain(report.remarks),
    }


def _named(report: OwnershipReport, party: str) -> dict[str, Any]:
    return {"id": party, "name": report.stated(party).name}


def _paths(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [{"parties": list(path.parties), "share": plain(path.share)} for path in paths]


def _parents(report: OwnershipReport) -> dict[str, Any]:
    found = report.parents
    return {
        "truth": found.truth.value,
        "reason": found.reason,
        "documents": list(found.asks),
        "parents": [
            {
                **_named(report, parent.party),
                "truth": parent.truth.value,
                "share": plain(parent.share),
                "path": list(parent.path),
                "basis": list(parent.basis),
                "evidence": list(parent.evidence),
            }
            for parent in found.parents
        ],
    }


def _listed(report: OwnershipReport, found: ListedParty) -> dict[str, Any]:
    return {
        **_named(report, found.party),
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


def _rule(report: OwnershipReport, rule: RegimeAnswer) -> dict[str, Any]:
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
        "answer": rule.verdict,
        "truth": rule.truth.value,
        "itself": rule.itself is not Truth.FALSE,
        "itself_certain": rule.itself is Truth.TRUE,
        "by_control": rule.by_control,
        "doubtful": list(rule.doubtful),
        "open_shares": rule.open_shares,
        "asks": list(rule.asks),
        "gaps": [
            {
                **_named(report, gap.party),
                "kind": gap.kind,
                "most": None if gap.most is None else str(gap.most),
                "exceptions": list(gap.exceptions),
                "asks": settling(gap, report.full),
            }
            for gap in rule.gaps
        ],
        "share": plain(rule.share),
        "origins": list(rule.origins),
        "paths": _paths(rule.paths),
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
