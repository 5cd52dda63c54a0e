"""Telling: every rendering is a pure function of one Decision and never changes the answer.

`prose` and `why` are for the compliance team, `json_of` and `sarif` for machines, `customer_safe`
is the only text that may leave the house.
"""

from compliance.explain.customer import CustomerMessages, CustomerReply, customer_safe
from compliance.explain.decision_json import decision_of, decision_schema, json_of, plain
from compliance.explain.escape_control import visible
from compliance.explain.prose import prose
from compliance.explain.sarif import sarif, sarif_lines
from compliance.explain.trace import text_of_trace
from compliance.explain.why import gaps, hits_of, why

__all__ = [
    "CustomerMessages",
    "CustomerReply",
    "customer_safe",
    "decision_of",
    "decision_schema",
    "gaps",
    "hits_of",
    "json_of",
    "plain",
    "prose",
    "sarif",
    "sarif_lines",
    "text_of_trace",
    "visible",
    "why",
]
