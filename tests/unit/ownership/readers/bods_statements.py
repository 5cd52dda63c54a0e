"""Statements of BODS 0.4, as a test needs them."""

from __future__ import annotations

from typing import Any


def statement(record: str, type_: str, details: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One statement, made on 2024-01-01 unless said otherwise."""
    day = more.get("statementDate", "2024-01-01")
    return {
        "statementId": f"{record}-{day}-{more.get('recordStatus', 'new')}".ljust(32, "0"),
        "declarationSubject": "A",
        "statementDate": day,
        "recordId": record,
        "recordType": type_,
        "recordDetails": {"isComponent": False, **details},
        **more,
    }


def holding(
    owner: Any, owned: Any, share: Any = None, record: str = "r", **more: Any
) -> dict[str, Any]:
    """A statement of a shareholding; `interest` adds to it."""
    interest = {"type": "shareholding", "directOrIndirect": "direct", **more.pop("interest", {})}
    if share is not None:
        interest["share"] = share if isinstance(share, dict) else {"exact": share}
    details = {"subject": owned, "interestedParty": owner, "interests": [interest]}
    return statement(record, "relationship", details, **more)
