"""The ownership report of one party, told as text, JSON, DOT and SVG.

Every rendering is a pure function of an `OwnershipReport` (see `screening.ownership_report`).
"""

from compliance.explain.ownership.dot import dot
from compliance.explain.ownership.report_json import plain_report
from compliance.explain.ownership.svg import svg
from compliance.explain.ownership.text import text

__all__ = ["dot", "plain_report", "svg", "text"]
