"""Classifications by one law, each found once: of figures on a day, and of several chips alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.chips.chip import Chip
from compliance.chips.classification import Classification, classify
from compliance.chips.classification_law import Law
from compliance.memo import Memo
from compliance.model.specification import ChipSpecification


class Classifier:
    """Classifies figures by a law; its answers are kept, and change for nothing."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._found: Memo[tuple[ChipSpecification, date], Classification] = Memo()

    def classify(self, figures: ChipSpecification, as_of: date) -> Classification:
        """The paragraph that figures meet on a day of law."""
        regime = self.law.on(as_of)
        question = figures, date.min if regime is None else regime.since
        try:
            return self._found[question]
        except KeyError:
            return self._found.keep(question, classify(figures, self.law, question[1]))

    def alike(self, chips: Iterable[Chip]) -> bool:
        """Whether chips meet the same paragraphs on every day."""
        figures = [chip.specification for chip in chips]
        return all(
            len({self.classify(each, regime.since).candidates for each in figures}) == 1
            for regime in self.law.regimes
        )
