"""Which paragraph of ECCN 3A090 a chip's published figures meet on a day, and why.

TPP and performance density are computed by the technical notes of the entry, exactly. A figure
that nobody published is a free variable: the numbers are divided into the cells between the law's
limits, one value of each is tried, and the chip is determined only if every combination gives the
same paragraph. So a missing figure is named exactly when some value of it changes the paragraph. A
precision whose bit length is not settled is such a figure too: both readings are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Final

from compliance.chips.regimes import FIGURES, Law, Precision, Range, Regime, Sampled, Test
from compliance.model.specification import ChipSpecification

_EXACT: Final = Context(prec=80)
_UNITS: Final = {"tpp": "", "performance_density": "", "interconnect": " GB/s"}
_Point = tuple[Fraction, ...]
_NAMES: Final = {
    "tpp": "TPP",
    "performance_density": "performance density",
    "interconnect": "interconnect",
}


@dataclass(frozen=True, slots=True)
class Classification:
    """A chip under ECCN 3A090 on a day.

    `paragraph` is None both outside 3A090 and where missing figures decide: `determined` tells
    them apart. `candidates` are the paragraphs (None is "outside 3A090") that remain possible;
    one alone when determined. `undetermined` names the fields of ChipSpecification that decide,
    or "performance_density" where no die counts and so none can be computed, or a rate whose bit
    length is not settled. `precision` is the one that gives `tpp`; `performance_density` is TPP per mm2, exact. `cite` and `in_force_from`
    are of the regime of the day, "" and None before the first.
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


@dataclass(frozen=True, slots=True)
class Performance:
    """The highest TPP of the published precisions, and how it came about."""

    tpp: Decimal
    rate: Decimal
    precision: Precision

    def __str__(self) -> str:
        """TPP in words: "TPP 15,832 (fp8 dense 1,979 x 8)"."""
        name, bits = self.precision.name, self.precision.bits
        return f"TPP {grouped(self.tpp)} ({name} dense {grouped(self.rate)} x {bits})"


def performance(
    specification: ChipSpecification, precisions: tuple[Precision, ...], *, stored: bool = False
) -> Performance | None:
    """The highest rate x bits over the published dense rates; None if no rate is published.

    `stored` counts a precision with its stored bits where these differ from its input bits.
    """
    best: Performance | None = None
    for precision in precisions:
        rate: Decimal | None = getattr(specification, precision.figure)
        if rate is None:
            continue
        bits = (precision.stored_bits or precision.bits) if stored else precision.bits
        tpp = _EXACT.multiply(rate, Decimal(bits))
        if best is None or tpp > best.tpp:
            best = Performance(tpp, rate, precision)
    return best


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
    readings = [_Figures(regime, specification, best)]
    stored = performance(specification, law.precisions, stored=True)
    if best and stored and stored.tpp != best.tpp:
        readings.append(_Figures(regime, specification, stored))
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


def _result(  # noqa: PLR0913, PLR0917 - the parts of one value
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


def _disputed(
    specification: ChipSpecification, law: Law, regime: Regime, candidates: tuple[str | None, ...]
) -> tuple[str, ...]:
    """Says so when counting stored instead of input bits would give another paragraph."""
    best, other = (performance(specification, law.precisions, stored=s) for s in (False, True))
    if best is None or other is None or other.tpp == best.tpp:
        return ()
    found = set(_Figures(regime, specification, other).paragraphs().values())
    if found == set(candidates):
        return ()
    name, bits = other.precision.name, other.precision.stored_bits
    words = _either(tuple(sorted(found, key=lambda each: each or "~")))
    return (
        f"counted with the {bits} bits in which {name} is stored, TPP would be "
        f"{grouped(other.tpp)}: {words}; which bits count is not settled",
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is known of one chip under one regime, and every cell of what is not."""

    regime: Regime
    specification: ChipSpecification
    best: Performance | None

    def _axes(self) -> tuple[tuple[Fraction, ...], ...]:
        """Values to try of TPP, density, interconnect and "for datacenters" (1 or 0).

        Density has no axis of its own (one value, unused) where the area is known.
        """
        area, tpp_limits = self.specification.applicable_area, self.regime.limits("tpp")
        densities = self.regime.limits("performance_density")
        if area:
            tpp_limits += tuple(limit * area for limit in densities)
        link = self.specification.interconnect_gbs_bidirectional
        links = self.regime.limits("interconnect")
        return (
            (Fraction(self.best.tpp),) if self.best else Sampled.between(tpp_limits).values,
            (Fraction(0),) if area else Sampled.between(densities).values,
            Sampled.between(links).values if link is None else (Fraction(link),),
            tuple(map(Fraction, self._datacenter())),
        )

    def _datacenter(self) -> tuple[bool, ...]:
        market, exemption = self.specification.market, self.regime.exemption
        if exemption is None:
            return (True,)
        return (True, False) if market is None else (market in exemption.not_markets,)

    def _at(self, point: _Point) -> dict[str, Fraction]:
        area = self.specification.applicable_area
        density = point[0] / area if area else point[1]
        return {"tpp": point[0], "performance_density": density, "interconnect": point[2]}

    def paragraphs(self) -> dict[_Point, str | None]:
        """The paragraph at every point of the product of the axes."""
        return {
            point: self.regime.paragraph(self._at(point), datacenter=bool(point[3]))
            for point in product(*self._axes())
        }

    def deciding(
        self, paragraphs: dict[_Point, str | None], precisions: tuple[Precision, ...]
    ) -> tuple[str, ...]:
        """The missing figures of which some value changes the paragraph, the rest being equal."""
        area = self.specification.applicable_area
        names = (
            tuple(precision.figure for precision in precisions),
            ("die_area_mm2" if area is None else "performance_density",),
            ("interconnect_gbs_bidirectional",),
            ("market",),
        )
        found: list[str] = []
        for axis, fields in enumerate(names):
            rest: dict[tuple[Fraction, ...], set[str | None]] = {}
            for point, paragraph in paragraphs.items():
                rest.setdefault(point[:axis] + point[axis + 1 :], set()).add(paragraph)
            if any(len(each) > 1 for each in rest.values()):
                found.extend(fields)
        return tuple(found)

    def reasons(self, candidates: tuple[str | None, ...]) -> tuple[str, ...]:
        """Why these candidates, in words with the numbers."""
        points = tuple(product(*self._axes()))
        if len(candidates) > 1:
            return (
                *self._known_words(points[0]),
                f"what is missing decides: {_either(candidates)}",
            )
        (paragraph,) = candidates
        if paragraph is not None:
            return (self._met(paragraph, points),)
        return self._failed(points)

    def _met(self, paragraph: str, points: tuple[_Point, ...]) -> str:
        tests = (t for tier in self.regime.tiers if tier.paragraph == paragraph for t in tier.tests)
        for test in tests:
            if all(b.holds(self._at(p)[name]) for p in points for name, b in test.ranges()):
                words = (
                    f"{self._words(name, points[0])} {_inside(bound)}{_UNITS[name]}"
                    for name, bound in test.ranges()
                )
                return f"{' and '.join(words)}: {paragraph}"
        return f"every value of what is missing meets {paragraph}"

    def _failed(self, points: tuple[_Point, ...]) -> tuple[str, ...]:
        words: dict[str, list[str]] = {}
        for test in (test for tier in self.regime.tiers for test in tier.tests):
            failure = self._failure(test, points)
            if failure is None:
                return self._exempt(points[0])
            words.setdefault(failure, []).append(test.id)
        for name in FIGURES:
            common = self._below_all(name, points)
            if common is not None:
                return (f"{common}: outside 3A090",)
        return tuple(f"{failure} ({', '.join(ids)})" for failure, ids in words.items())

    def _failure(self, test: Test, points: tuple[_Point, ...]) -> str | None:
        """The first range of a test that no point meets, in words."""
        for name, bound in test.ranges():
            if any(bound.holds(self._at(point)[name]) for point in points):
                continue
            return f"{self._words(name, points[0])} {_outside(bound, self._at(points[0])[name])}"
        return None

    def _below_all(self, name: str, points: tuple[_Point, ...]) -> str | None:
        """One sentence where a figure is under the least limit of every test."""
        bounds = [dict(test.ranges()).get(name) for t in self.regime.tiers for test in t.tests]
        lows = [bound.at_least for bound in bounds if bound and bound.at_least is not None]
        if len(lows) < len(bounds) or any(self._at(p)[name] >= min(lows) for p in points):
            return None
        return f"{self._words(name, points[0])} is below {grouped(min(lows))}{_UNITS[name]}"

    def _exempt(self, point: _Point) -> tuple[str, ...]:
        exemption = self.regime.exemption
        if exemption is None or not self.regime.exempts(point[0], datacenter=bool(point[3])):
            return ("no value of what is missing meets a test: outside 3A090",)
        return (
            f"{self._words('tpp', point)} is below {grouped(exemption.tpp_below)} and the chip is "
            f"marketed as {self.specification.market}: outside 3A090 by {exemption.id}",
        )

    def _words(self, name: str, point: _Point) -> str:
        """A known figure in words."""
        figure = self._at(point)[name]
        if name == "tpp":
            return str(self.best) if self.best else "TPP, not published,"
        if name == "performance_density":
            area = self.specification.applicable_area
            over = f" (TPP over {grouped(area)} mm2)" if area else ""
            return f"performance density {grouped(figure)}{over}"
        return f"{_NAMES[name]} {grouped(figure)}{_UNITS[name]}"

    def _known_words(self, point: _Point) -> Iterator[str]:
        """The figures that the regime asks for, known or not, where something decides."""
        yield self._words("tpp", point) if self.best else "no dense rate is published"
        if self.regime.limits("performance_density"):
            area = self.specification.applicable_area
            if area is None:
                yield "the area of the non-planar logic dies is not published"
            elif not area:
                yield "no logic die is non-planar: performance density cannot be computed"
            elif self.best:
                yield self._words("performance_density", point)
            else:
                yield f"applicable die area {grouped(area)} mm2"
        if self.regime.limits("interconnect"):
            known = self.specification.interconnect_gbs_bidirectional is not None
            yield self._words("interconnect", point) if known else "interconnect is not published"
        if self.regime.exemption and self.specification.market is None:
            yield "whether it is designed or marketed for datacenters is not known"


def _inside(bound: Range) -> str:
    if bound.at_least is None:
        return f"is below {grouped(bound.below or Fraction(0))}"
    if bound.below is None:
        return f"reaches {grouped(bound.at_least)}"
    return f"lies from {grouped(bound.at_least)} to below {grouped(bound.below)}"


def _outside(bound: Range, figure: Fraction) -> str:
    if bound.at_least is not None and figure < bound.at_least:
        return f"is below {grouped(bound.at_least)}"
    return f"is not below {grouped(bound.below or Fraction(0))}"


def _either(candidates: tuple[str | None, ...]) -> str:
    return " or ".join(each or "outside 3A090" for each in candidates)


def plain(number: Decimal) -> Decimal:
    """The same number without needless zeros and without an exponent."""
    return Decimal(f"{number.normalize(_EXACT):f}")


def grouped(number: Decimal | Fraction) -> str:
    """A number as people read it: 15,832; 989.5; "about 3.1961" where four decimals do not hold it."""
    exact = Fraction(number)
    rounded = round(exact, 4)
    text = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):,f}"
    return text if rounded == exact else f"about {text}"
