"""Screening: facts, judgement, score, decision."""

from compliance.screening.screener import Screener

__all__ = ["Screener"]
