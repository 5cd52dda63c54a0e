"""What a customer may be told: neutral words that say what happens next, never why.

Telling a customer why an order waits can warn a person who must not be warned, accuse an innocent
one who merely shares a name, and publish what is looked at. So the words are chosen by very little:
`proceed` for clear; `declined` where every deciding flag of a license_required or prohibited
decision carries the reviewed code `cannot_be_offered`; `pending` for everything else. Review,
incomplete, license_required and prohibited thus read alike: a wait neither says that a list was
hit nor that a license is in question, and a refusal comes from a person, or from a policy whose
author found that its refusal warns nobody (a place that is served to no one). One deciding flag
with any other code keeps the whole decision pending, as a refusal beside it could be understood.

While pending, ordinary onboarding questions are asked, in all four outcomes, for facts that an
open flag misses: a missing path asks the question of its longest reviewed prefix, whole groups of
paths ask one and the same, and what would show our hand (logs, observations, authorizations) asks
none. A flag with the code `none` is our own affair and asks nothing. The text depends on the class
and the set of questions alone: not on names, counts, lists or the number of flags.
Texts and questions are reviewed data (rules/data/customer_messages.yaml), refused at load where
they hold a word that gives a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from compliance.errors import Problem, ReferenceDataError
from compliance.model.decision import Decision, RiskFlag
from compliance.model.outcome import Outcome
from compliance.tables import Findings, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Document

Standing = Literal["proceed", "pending", "declined"]


class TextsFile(Strict):
    """One text for each thing that can be said."""

    proceed: str = Field(min_length=1)
    pending: str = Field(min_length=1)
    pending_with_questions: str = Field(min_length=1)
    declined: str = Field(min_length=1)


class QuestionFile(Strict):
    """A question, and the prefixes of the missing paths that ask it."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    ask: str = Field(min_length=1)
    paths: list[str] = Field(min_length=1)


class MessagesFile(Strict):
    """rules/data/customer_messages.yaml."""

    version: Literal[1] = Field(alias="schema")
    texts: TextsFile
    questions: list[QuestionFile] = Field(min_length=1)
    not_asked: list[str]
    never_say: list[str] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class CustomerReply:
    """What the customer is told: where the order stands, what is asked, and both as one text."""

    standing: Standing
    questions: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class CustomerMessages:
    """The reviewed words. `asked` maps a prefix, in steps, to its question or to None."""

    texts: TextsFile
    questions: tuple[QuestionFile, ...]
    asked: Mapping[tuple[str, ...], str | None]

    @classmethod
    def load(cls, rules: Path | None = None) -> CustomerMessages:
        """The words of a rule folder, by default of the embedded one.

        Raises:
            ReferenceDataError: the file cannot be read, or is not strict YAML; a key or text that
                does not belong, a prefix that is mapped twice, a word of `never_say`; every defect
                with file, line and column.
        """
        return _read((rules or rules_path()) / "data" / "customer_messages.yaml")

    def question(self, path: str) -> str | None:
        """The id of the question that a missing path asks; None where nothing is asked.

        The longest prefix decides; among prefixes of one length, the one with fewer `*`.
        """
        steps = tuple(path.split("."))
        best = max(
            (prefix for prefix in self.asked if _begins(steps, prefix)),
            key=lambda prefix: (len(prefix), -prefix.count("*")),
            default=None,
        )
        return None if best is None else self.asked[best]

    def reply(self, decision: Decision) -> CustomerReply:
        """What the customer may be told of a decision."""
        standing = standing_of(decision)
        if standing != "pending":
            return CustomerReply(standing, (), getattr(self.texts, standing))
        wanted = {self.question(path) for flag in _asking(decision) for path in flag.missing}
        questions = tuple(question.ask for question in self.questions if question.id in wanted)
        if not questions:
            return CustomerReply(standing, (), self.texts.pending)
        lines = (self.texts.pending_with_questions, *(f"- {question}" for question in questions))
        return CustomerReply(standing, questions, "\n".join(lines))


def customer_safe(decision: Decision, messages: CustomerMessages | None = None) -> str:
    """The text that may be sent to the customer; by default in the embedded words."""
    return (messages or _embedded()).reply(decision).text


def standing_of(decision: Decision) -> Standing:
    """What a customer may know about where the order stands: see the module docstring."""
    if decision.outcome is Outcome.CLEAR and decision.error is None:
        return "proceed"
    asking = (f for f in decision.flags if f.decides and f.outcome is decision.outcome)
    codes = {flag.customer_message for flag in asking}
    if decision.outcome >= Outcome.LICENSE_REQUIRED and codes == {"cannot_be_offered"}:
        return "declined"
    return "pending"


def _asking(decision: Decision) -> tuple[RiskFlag, ...]:
    return tuple(f for f in decision.flags if f.decides and f.customer_message != "none")


def _begins(steps: tuple[str, ...], prefix: tuple[str, ...]) -> bool:
    return len(prefix) <= len(steps) and all(
        want in ("*", step) for want, step in zip(prefix, steps, strict=False)
    )


@cache
def _embedded() -> CustomerMessages:
    return CustomerMessages.load()


def _read(path: Path) -> CustomerMessages:
    document, file = Findings().read_only(path, MessagesFile)
    problems = [*_said(document, file), *_ambiguous(document, file)]
    if problems:
        raise ReferenceDataError(problems)
    asked: dict[tuple[str, ...], str | None] = {
        tuple(path.split(".")): question.id
        for question in file.questions
        for path in question.paths
    }
    asked |= {tuple(path.split(".")): None for path in file.not_asked}
    return CustomerMessages(file.texts, tuple(file.questions), asked)


def _problem(document: Document, path: tuple[Any, ...], message: str) -> Problem:
    return document.problem(path, message, code="reference_data")


def _said(document: Document, file: MessagesFile) -> list[Problem]:
    """Texts and questions that hold a word which gives a reason."""
    words = re.compile(rf"\b(?:{'|'.join(re.escape(w) for w in file.never_say)})\w*", re.IGNORECASE)
    texts: dict[tuple[Any, ...], str] = {
        ("texts", name): getattr(file.texts, name) for name in TextsFile.model_fields
    }
    texts |= {("questions", i, "ask"): q.ask for i, q in enumerate(file.questions)}
    return [
        _problem(document, path, f"a customer is never told {found[0]!r}")
        for path, text in texts.items()
        if (found := words.search(text))
    ]


def _ambiguous(document: Document, file: MessagesFile) -> list[Problem]:
    """Prefixes that are mapped twice, and questions of one id."""
    places: list[tuple[tuple[Any, ...], str]] = [
        (("questions", i, "paths", n), path)
        for i, question in enumerate(file.questions)
        for n, path in enumerate(question.paths)
    ]
    places += [(("not_asked", n), path) for n, path in enumerate(file.not_asked)]
    ids = [(("questions", i, "id"), question.id) for i, question in enumerate(file.questions)]
    problems = []
    for group in (places, ids):
        first: set[str] = set()
        for place, text in group:
            if text in first:
                problems.append(_problem(document, place, f"{text!r} stands here twice"))
            first.add(text)
    return problems
