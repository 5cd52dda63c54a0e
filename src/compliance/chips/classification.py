"""Which paragraph of ECCN 3A090 a chip's published figures meet on a day, and why.

TPP and performance density are computed by the technical notes of the entry, exactly. A figure
that nobody published is a free variable: the numbers are divided into the cells between the law's
limits, one value of each is tried, and the chip is determined only if every combination gives the
same paragraph. So a missing figure is named exactly when some value of it changes the paragraph. A
precision whose bit length is not settled is such a figure too: both readings are tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from compliance.chips.classification_law import Law, Regime
from compliance.chips.figures import Figures
from compliance.chips.performance import Performance, grouped, performance, plain
from compliance.model.specification import ChipSpecification


@dataclass(frozen=True, slots=True)
class Classification:
    """A chip under ECCN 3A090 on a day.

    `paragraph` is None both outside 3A090 and where missing figures decide: `determined` tells
    them apart. `candidates` are the paragraphs that remain possible (None is "outside 3A090"): one
    when determined. `undetermined` names the fields of ChipSpecification that decide, a rate whose
    bit length is not settled among them, or "performance_density" where no die counts and so none
    can be computed. `precision` is the one that gives `tpp`; `performance_density` is TPP per mm2,
    exact. `cite` and `in_force_from` are of the regime of the day, "" and None before the first.
    """

    paragraph: str | None
    tpp: Decimal | None
    performance_density: Fraction | None
    precision: str | None
    reasons: tuple[str, ...]
    undetermined: tuple[str, ...]
    candidates: tuple[str | None, ...]
    cite: str
    in_force_from: date | None

    @property
    def determined(self) -> bool:
        """Whether `paragraph` is the answer; False where a missing figure decides."""
        return len(self.candidates) == 1


def classify(specification: ChipSpecification, law: Law, as_of: date) -> Classification:
    """The paragraph that a specification meets on a day of law."""
    regime = law.on(as_of)
    best = performance(specification, law.precisions)
    area = specification.applicable_area
    density = Fraction(best.tpp) / area if best and area else None
    if regime is None:
        first = law.regimes[0]
        reason = f"{first.cite} is in force from {first.since}: 3A090 does not exist on this day"
        return _result(best, density, (reason,), (), (None,), None)
    readings = [Figures(regime, specification, best)]
    stored = performance(specification, law.precisions, stored=True)
    if best and stored and stored.tpp != best.tpp:
        readings.append(Figures(regime, specification, stored))
    found = [reading.paragraphs() for reading in readings]
    order = [*dict.fromkeys(tier.paragraph for tier in regime.tiers), None]
    candidates = tuple(p for p in order if any(p in each.values() for each in found))
    if len(candidates) == 1:
        return _result(best, density, readings[0].reasons(candidates), (), candidates, regime)
    missing = [
        field
        for reading, paragraphs in zip(readings, found, strict=True)
        for field in reading.deciding(paragraphs, law.precisions)
    ]
    reasons = [*readings[0].reasons(candidates)]
    if stored and {point[1:]: p for point, p in found[0].items()} != {
        point[1:]: p for point, p in found[-1].items()
    }:
        missing.append(stored.precision.figure)
        reasons.insert(-1, _disputed(stored))
    return _result(best, density, tuple(reasons), tuple(dict.fromkeys(missing)), candidates, regime)


def _disputed(stored: Performance) -> str:
    name, bits = stored.precision.name, stored.precision.stored_bits
    return (
        f"TPP would be {grouped(stored.tpp)} with the {bits} bits in which {name} is stored; "
        "which bits count is not settled"
    )


def _result(
    best: Performance | None,
    density: Fraction | None,
    reasons: tuple[str, ...],
    missing: tuple[str, ...],
    candidates: tuple[str | None, ...],
    regime: Regime | None,
) -> Classification:
    return Classification(
        candidates[0] if len(candidates) == 1 else None,
        plain(best.tpp) if best else None,
        density,
        best.precision.name if best else None,
        reasons,
        missing,
        candidates,
        regime.cite if regime else "",
        regime.since if regime else None,
    )
