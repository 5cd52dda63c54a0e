"""Who owns and controls one party: the answers gathered, and told as text, JSON, DOT and SVG.

Every rendering is a pure function of `Answers` and never changes them.
"""

from compliance.explain.ownership.answers import Answers, answered
from compliance.explain.ownership.dot import dot
from compliance.explain.ownership.structured import plain_answers
from compliance.explain.ownership.svg import svg
from compliance.explain.ownership.text import text

__all__ = ["Answers", "answered", "dot", "plain_answers", "svg", "text"]
