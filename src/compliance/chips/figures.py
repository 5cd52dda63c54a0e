"""A chip's figures under one regime: what is known, every cell of what is not, and the words.

Exact: the limits of the law divide the numbers into cells in which the paragraph cannot change, so
one value of each cell stands for all of it. Where the die area is known only to be at most some
area, TPP over that area is a limit too, and no density under it is possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

from compliance.chips.classification_law import FIGURES, Precision, Range, Regime, Sampled, Test
from compliance.chips.performance import Performance, grouped
from compliance.model.specification import ChipSpecification

Point = tuple[Fraction, ...]
"""Values of TPP, performance density, interconnect, and "for datacenters" (1 or 0)."""

_UNITS: Final = {"tpp": "", "performance_density": "", "interconnect": " GB/s"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one chip under one regime, and every cell of what is not."""

    regime: Regime
    specification: ChipSpecification
    best: Performance | None

    def _axes(self) -> tuple[tuple[Fraction, ...], ...]:
        """Values to try of TPP, density, interconnect and "for datacenters" (1 or 0).

        Density has no axis of its own (one value, unused) where the area is known.
        """
        area, bound = self.specification.applicable_area, self.specification.area_at_most
        tpp_limits, densities = self.regime.limits("tpp"), self.regime.limits("performance_density")
        over = area or bound
        if over:
            tpp_limits += tuple(limit * over for limit in densities)
        tpps = (Fraction(self.best.tpp),) if self.best else Sampled.between(tpp_limits).values
        if bound:
            densities += tuple(tpp / bound for tpp in tpps)
        link = self.specification.interconnect_gbs_bidirectional
        links = self.regime.limits("interconnect")
        return (
            tpps,
            (Fraction(0),) if area else Sampled.between(densities).values,
            Sampled.between(links).values if link is None else (Fraction(link),),
            tuple(map(Fraction, self._datacenter())),
        )

    def _datacenter(self) -> tuple[bool, ...]:
        market, exemption = self.specification.market, self.regime.exemption
        if exemption is None:
            return (True,)
        return (True, False) if market is None else (market in exemption.not_markets,)

    def _at(self, point: Point) -> dict[str, Fraction]:
        area = self.specification.applicable_area
        density = point[0] / area if area else point[1]
        return {"tpp": point[0], "performance_density": density, "interconnect": point[2]}

    def points(self) -> tuple[Point, ...]:
        """The product of the axes, without densities that the bound of the area excludes."""
        bound = self.specification.area_at_most
        points = product(*self._axes())
        if bound is None:
            return tuple(points)
        return tuple(point for point in points if point[1] * bound >= point[0])

    def paragraphs(self) -> dict[Point, str | None]:
        """The paragraph at every possible point."""
        return {
            point: self.regime.paragraph(self._at(point), datacenter=bool(point[3]))
            for point in self.points()
        }

    def deciding(
        self, paragraphs: dict[Point, str | None], precisions: tuple[Precision, ...]
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
        points = self.points()
        if len(candidates) > 1:
            return (
                *self._known_words(points[0]),
                f"what is missing decides: {either(candidates)}",
            )
        (paragraph,) = candidates
        if paragraph is not None:
            return (self._met(paragraph, points),)
        return self._failed(points)

    def _met(self, paragraph: str, points: tuple[Point, ...]) -> str:
        tests = (t for tier in self.regime.tiers if tier.paragraph == paragraph for t in tier.tests)
        for test in tests:
            if all(b.holds(self._at(p)[name]) for p in points for name, b in test.ranges()):
                words = (
                    f"{self._words(name, points[0])} {_inside(bound)}{_UNITS[name]}"
                    for name, bound in test.ranges()
                )
                return f"{' and '.join(words)}: {paragraph}"
        return f"every value of what is missing meets {paragraph}"

    def _failed(self, points: tuple[Point, ...]) -> tuple[str, ...]:
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

    def _failure(self, test: Test, points: tuple[Point, ...]) -> str | None:
        """The first range of a test that no point meets, in words."""
        for name, bound in test.ranges():
            if any(bound.holds(self._at(point)[name]) for point in points):
                continue
            return f"{self._words(name, points[0])} {_outside(bound, self._at(points[0])[name])}"
        return None

    def _below_all(self, name: str, points: tuple[Point, ...]) -> str | None:
        """One sentence where a figure is under the least limit of every test."""
        bounds = [dict(test.ranges()).get(name) for t in self.regime.tiers for test in t.tests]
        lows = [bound.at_least for bound in bounds if bound and bound.at_least is not None]
        if len(lows) < len(bounds) or any(self._at(p)[name] >= min(lows) for p in points):
            return None
        return f"{self._words(name, points[0])} is below {grouped(min(lows))}{_UNITS[name]}"

    def _exempt(self, point: Point) -> tuple[str, ...]:
        exemption = self.regime.exemption
        if exemption is None or not self.regime.exempts(point[0], datacenter=bool(point[3])):
            return ("no value of what is missing meets a test: outside 3A090",)
        below = f"{self._words('tpp', point)} is below {grouped(exemption.tpp_below)}"
        market = f"the chip is marketed as {self.specification.market}"
        return (f"{below} and {market}: outside 3A090 by {exemption.id}",)

    def _words(self, name: str, point: Point) -> str:
        """A known figure in words."""
        figure = self._at(point)[name]
        if name == "tpp":
            return str(self.best) if self.best else "TPP, not published,"
        if name == "performance_density":
            area, bound = self.specification.applicable_area, self.specification.area_at_most
            if bound and self.best:
                least = grouped(Fraction(self.best.tpp) / bound)
                return (
                    f"performance density at least {least} (TPP over at most {grouped(bound)} mm2)"
                )
            over = f" (TPP over {grouped(area)} mm2)" if area else ""
            return f"performance density {grouped(figure)}{over}"
        return f"{name} {grouped(figure)}{_UNITS[name]}"

    def _known_words(self, point: Point) -> Iterator[str]:
        """The figures that the regime asks for, known or not, where something decides."""
        yield self._words("tpp", point) if self.best else "no dense rate is published"
        if self.regime.limits("performance_density"):
            area, bound = self.specification.applicable_area, self.specification.area_at_most
            if bound and self.best:
                yield self._words("performance_density", point)
            elif area is None:
                within = f", but is at most {grouped(bound)} mm2" if bound else ""
                yield f"the area of the non-planar logic dies is not published{within}"
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


def either(candidates: tuple[str | None, ...]) -> str:
    """Paragraphs in words: "3A090.b or outside 3A090"."""
    return " or ".join(each or "outside 3A090" for each in candidates)
