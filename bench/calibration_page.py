"""The text of docs/names.md, made from the figures so that it cannot say anything else."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from bench.calibration_figures import LISTED, f1, false_hits, precision, recall
from bench.calibration_measures import EACH, SEED, Calibration
from bench.name_scores import LEAST
from bench.script_names import UNLIKE_CHANGE, causes
from compliance.explain.escape_control import visible
from compliance.names import REVIEW_THRESHOLD, explain
from compliance.names.lexicon import lexicon
from compliance.names.scoring import FEATURES
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file

_WIDTH: Final = 132
_COLUMNS: Final = (0.60, 0.65, 0.70, REVIEW_THRESHOLD, 0.80, 0.85, 0.90, 0.95, 1.0)
_STEPS: Final = tuple(round(0.60 + 0.02 * step, 2) for step in range(21))
_BANDS: Final = (1.0, 0.95, 0.90, 0.85, 0.80, REVIEW_THRESHOLD, 0.70, LEAST)
_EXAMPLE: Final = (
    "Vale Orchid Micro-Electronics Tradng Ltd",
    "Orchid Vale Microelectronics Trading Holding Co., Ltd.",
)
_TABLES: Final = (
    *("legal_forms", "word_rarity", "elf_forms", "given_names", "scripts", "han_readings"),
    *("organization_words", "translations"),
    "thresholds",
)
_MISSES: Final = 2  # of each kind
_FALSE: Final = 10
_WORDS: Final = ("limited", "trading", "bank", "semiconductor", "orchid")


def page(calibration: Calibration) -> str:
    """The whole page."""
    parts = [
        "<!-- Written by `make calibration`; do not edit. -->",
        "# Names: what a score means",
        _opening(calibration),
        "## How a score is made",
        *_made(),
        "## What a score is worth",
        *_bands(calibration),
        "## How many changed names are found",
        *_found(calibration),
        "## How many others are stopped",
        *_stopped(calibration),
        f"## Why {REVIEW_THRESHOLD}",
        *_threshold(calibration),
        "## By list",
        *_by_list(calibration),
        "## Known misses",
        *_misses(calibration),
        "## False hits",
        *_false(calibration),
        "## Limits",
        *_limits(),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(calibration: Calibration) -> str:
    versions = ", ".join(f"{name} {_version(name)}" for name in _TABLES)
    return (
        _paragraph(
            f"""`compliance.names.similarity(a, b)` says how alike two names are by their spelling
            alone: 1.0 is the same words after normalization, 0.0 is nothing in common. At or
            above `REVIEW_THRESHOLD`, **{REVIEW_THRESHOLD}**, a person should look. A score is no
            probability that two parties are one: dates of birth, countries and identifiers
            qualify a hit, they are not in it. A score depends on the two names and on shipped,
            versioned tables alone (versions: {versions}); it never changes because a list grew.
            `compliance names NAME` and `compliance names --explain A B` show how a score came
            about."""
        )
        + "\n\n"
        + _paragraph(
            f"""Measured on {calibration.names:,} distinct names of {calibration.entries:,}
            entries of public lists (OFAC, BIS, State, UN, EU ...), {len(calibration.companies):,}
            ordinary companies of Companies House, the SEC and GLEIF that are on none of them and
            whose words the rarity table never counted, and {len(calibration.persons):,} persons
            made up of the first name of one listed person and the last of another. `make
            calibration` does it again."""
        )
    )


def _made() -> list[str]:
    table = lexicon()
    factors, weights, closeness = table.factors, table.weights, table.closeness
    rarity = ", ".join(f"*{word}* {table.rarity.get(word, 1.0):.2f}" for word in _WORDS)
    a, b = _EXAMPLE
    made = explain(a, b, "organization")
    rows = [
        (
            p.left,
            p.right,
            "equal" if p.similarity == 1 else f"{p.similarity:.2f}",
            f"{p.weight:.3f}",
        )
        for p in made.pairs
    ]
    rows += [(text, "", "", f"({weight:.3f})") for text, weight in made.unmatched_left]
    rows += [("", text, "", f"({weight:.3f})") for text, weight in made.unmatched_right]
    steps = [
        ("agreement", f"{made.agreement:.3f}", "share of the weight of both names that agrees")
    ]
    steps += [(name, f"{change:+.3f}", FEATURES[name]) for name, change in made.contributions]
    steps += [("score", f"{made.score:.3f}", "")]
    figures = [
        (name, f"{factors[name]:g}" if name in factors else "", meaning)
        for name, meaning in FEATURES.items()
    ]
    return [
        _paragraph(
            f"""Each name becomes words: case, accents, punctuation and invisible characters are
            folded, legal forms become one word, other scripts are read in Latin letters. No word
            is dropped. A word weighs what it says about who it is: a word that is in no table
            1.0, a known one (bits / {_rarity("bits"):g}) ** {_rarity("exponent"):g} by how rare
            it is among names ({rarity}), a legal form {weights["legal_form"]:g}, a
            particle {weights["particle"]:g}, a number {weights["number"]:g}, a single letter
            {weights["letter"]:g}."""
        ),
        _paragraph(
            f"""Words agree when they are equal; when a few letters differ (none below four
            letters, one below seven, then two) in the words or in how they sound; when two words
            are one, divided ({closeness["join"]:g}); when one is a short form of the other
            ({closeness["nickname"]:g}), or its initial ({closeness["initial"]:g} of its weight);
            when one gives the consonants of the other, as Arabic and Hebrew are written
            ({closeness["consonants"]:g}). The agreement is the weight of what agrees over the
            weight of both names. Named features then move it:"""
        ),
        _table(("feature", "figure", "when"), figures, "lrl"),
        _paragraph(
            f"""For example *{a}* against *{b}* (organizations); weights in brackets agree with
            nothing:"""
        ),
        _table(("word", "listed word", "alike", "weight"), rows, "llrr"),
        _table(("step", "", ""), steps, "lrl"),
    ]


def _bands(calibration: Calibration) -> list[str]:
    written, companies = calibration.written, calibration.companies
    persons = calibration.persons
    rows = []
    higher = math.inf
    for least in _BANDS:
        text = "1.00" if least == 1 else f"{least:.2f} up to {higher:.2f}"
        counted = [
            sum(least <= row.score < higher for row in group) / len(group)
            for group in (written, companies, persons)
        ]
        meaning = "review" if least >= REVIEW_THRESHOLD else "no hit"
        rows.append((text, meaning, f"{counted[0]:.1%}", *(f"{1000 * x:.1f}" for x in counted[1:])))
        higher = least
    return [
        _paragraph(
            f"""Of {len(written):,} listed names that were written differently, the share whose
            score with the party meant lies in a band; and how many of 1,000 ordinary companies
            and of 1,000 recombined persons have their best score there."""
        ),
        _table(
            ("score", "", "changed names", "companies per 1,000", "persons per 1,000"),
            rows,
            "llrrr",
        ),
    ]


def _found(calibration: Calibration) -> list[str]:
    rows = [
        (name, str(len(results)), *(_percent(recall(results, t), t) for t in _COLUMNS))
        for name, results in calibration.by_change.items()
    ]
    n = min(len(results) for results in calibration.by_change.values())
    doubt = 1.96 * math.sqrt(0.95 * 0.05 / EACH)
    unlike = causes(row.case.query for row in calibration.by_change.get(UNLIKE_CHANGE, ()))
    written = calibration.written
    rows.append(
        (
            "**all written changes**",
            str(len(written)),
            *(_percent(recall(written, t), t) for t in _COLUMNS),
        )
    )
    return [
        _paragraph(
            f"""Listed names were written differently, one kind of change at a time (seed {SEED},
            at least {n} names of each kind); *two typos* may fall on one word; *missing word* may
            take the one that says most. Found means: a name of the entry meant scores at least
            the threshold. *Alias* is an alias searched with that alias left out: many have
            nothing in common with the other names, and no spelling can find them. The scripts are
            names as the UN and the EU write them, searched among names in Latin letters only;
            *{UNLIKE_CHANGE}* are those that were read one by one and do not give the sounds of
            the Latin name, by cause: {unlike}. With {EACH} names, a share of 95 % is good to
            {doubt:.0%}."""
        ),
        _table(("change", "names", *(f"{t:.2f}" for t in _COLUMNS)), rows, "l" + "r" * 10),
        _picture("found-by-change", "share found at each threshold by kind of change"),
        _paragraph(
            f"""Precision depends on how many customers are listed. Where {LISTED:.0%} of the
            names are listed ones, changed, and the others are ordinary companies:"""
        ),
        _picture("precision-by-change", "precision and recall by kind of change"),
    ]


def _stopped(calibration: Calibration) -> list[str]:
    rows = []
    for t in _STEPS:
        companies = false_hits(calibration.companies, t)
        persons = false_hits(calibration.persons, t)
        found = recall(calibration.written, t)
        texts = (
            f"{t:.2f}",
            f"{1000 * companies:.1f}",
            f"{1000 * persons:.1f}",
            f"{found:.1%}",
            f"{precision(found, companies):.0%}",
        )
        rows.append(tuple(f"**{x}**" for x in texts) if t == REVIEW_THRESHOLD else texts)
    return [
        _table(
            (
                "threshold",
                "companies per 1,000",
                "persons per 1,000",
                "changed names found",
                f"precision, {LISTED:.0%} listed",
            ),
            rows,
            "rrrrr",
        ),
        _picture("false-hits", "hits per 1,000 names of nobody listed at each threshold"),
        _paragraph(
            """The recombined persons are a hard case by design: each has the first and the last
            name of listed persons. A customer base of persons with other names is quieter."""
        ),
    ]


def _threshold(calibration: Calibration) -> list[str]:
    t = REVIEW_THRESHOLD
    here = (recall(calibration.written, t), false_hits(calibration.companies, t))
    texts = []
    for other, way in ((round(t - 0.04, 2), "Down to"), (round(t + 0.04, 2), "Up to")):
        found = 1000 * abs(recall(calibration.written, other) - here[0])
        stopped = 1000 * abs(false_hits(calibration.companies, other) - here[1])
        persons = 1000 * abs(
            false_hits(calibration.persons, other) - false_hits(calibration.persons, t)
        )
        less = "more" if other < t else "fewer"
        texts.append(
            f"{way} {other:.2f}, {found:.1f} {less} of 1,000 changed names are found, and "
            f"{stopped:.1f} {less} of 1,000 ordinary companies and {persons:.1f} {less} of 1,000 "
            "recombined persons are stopped."
        )
    nearby = " ".join(texts)
    pairs = sum(map(len, (calibration.written, calibration.companies, calibration.persons)))
    return [
        _paragraph(
            f"""A missing listed name is worse than ten extra ones, and a customer base of ordinary
            companies must stay quiet. At {t} {here[0]:.1%} of the changed names are found and
            {1000 * here[1]:.1f} of 1,000 ordinary companies are stopped. {nearby} Another threshold
            is an option of every search (`threshold=`, `--threshold`); the shipped one stands in
            `rules/data/thresholds.yaml`."""
        ),
        _paragraph(
            f"""Each changed name with its party, and each ordinary or recombined name with the
            listed name closest to it, are {pairs:,} pairs; F1 is {f1(calibration):.2f} on them. No
            list here comes with pairs that somebody labeled; `python -m bench.names --cases FILE`
            measures such a file."""
        ),
    ]


def _by_list(calibration: Calibration) -> list[str]:
    rows = [
        (
            name,
            f"{calibration.sizes[name]:,}",
            str(len(results)),
            *(_percent(recall(results, t), t) for t in (0.70, REVIEW_THRESHOLD, 0.80, 0.90)),
            f"{1000 * false_hits(calibration.companies, REVIEW_THRESHOLD, name):.1f}",
        )
        for name, results in calibration.by_list.items()
    ]
    heads = ("0.70", f"{REVIEW_THRESHOLD:.2f}", "0.80", "0.90")
    return [
        _paragraph(
            f"""Names of each list, changed in every written way: found at four thresholds, and
            how many of 1,000 ordinary companies its names stop at {REVIEW_THRESHOLD}. Lists
            differ in the kinds of names they have more than in how well they are found."""
        ),
        _table(
            ("list", "names", "changed", *heads, "companies stopped per 1,000"), rows, "l" + "r" * 7
        ),
        _picture("precision-by-list", "precision and recall by list"),
    ]


def _misses(calibration: Calibration) -> list[str]:
    rows = []
    for change, results in calibration.by_change.items():
        missed = [result for result in results if result.score < REVIEW_THRESHOLD]
        for result in missed[:_MISSES]:
            texts = (_cell(result.case.query), _cell(result.closest), f"{result.score:.2f}")
            rows.append((change, *texts))
    return [
        _paragraph(
            f"""The first {_MISSES} of each kind that score below {REVIEW_THRESHOLD} with every
            name of the entry meant, and the closest of those names (another one than the alias
            left out, or one in Latin letters):"""
        ),
        _table(("change", "written", "closest name of the entry", "score"), rows, "lllr"),
    ]


def _false(calibration: Calibration) -> list[str]:
    rows = [
        (_cell(row.name), _cell(row.listed.name), f"{row.score:.2f}")
        for row in calibration.companies
        if row.score >= REVIEW_THRESHOLD and row.listed is not None
    ]
    total = len(rows)
    return [
        _paragraph(
            f"""The first {_FALSE} of {total} ordinary companies with a hit. None of them equals a
            listed name; that a company of such a name has nothing to do with the listed one was
            not looked into, and some may belong to it."""
        ),
        _table(("ordinary name", "listed name", "score"), rows[:_FALSE], "llr"),
    ]


def _limits() -> list[str]:
    capped = lexicon().factors["transliterated"]
    points = (
        """The changes are made by a program. Real misspellings, translations and abbreviations are
        more varied.""",
        """A name of which more than the usual words was translated (*Eastern Bank* for *Vostochny
        Bank*) or that was replaced by another is not found; its aliases on the list are.""",
        """Han names are read as Mandarin, the usual words of companies in English. Japanese,
        Korean and Cantonese readings are missed.""",
        f"""Arabic, Persian and Hebrew write few vowels: names that a table knows have theirs,
        others agree by their consonants, and no name in another script scores above {capped:g}
        against a Latin one. Where a list has the name in its own script, it is found by that.""",
        """Single names, and names of frequent words only (*First National Trading*), say little:
        hits on them are many or none.""",
        f"""Words below four letters must be equal: a typo in *Kim* is a miss unless the rest of the
        name carries {REVIEW_THRESHOLD}.""",
        """The ordinary names are a sample of British, American and global companies; other
        customers have other words.""",
        """The rarity table counted the listed names, these among them. Of the ordinary ones it
        counted only the half that is not measured here.""",
    )
    return ["\n".join(_paragraph(f"- {point}", "  ") for point in points)]


def _rarity(figure: str) -> float:
    return float(read_file(rules_path() / "data" / "legal_forms.yaml").value["rarity"][figure])


def _version(name: str) -> int:
    return int(read_file(rules_path() / "data" / f"{name}.yaml").value["version"])


def _percent(value: float, threshold: float) -> str:
    text = f"{value:.1%}"
    return f"**{text}**" if threshold == REVIEW_THRESHOLD else text


def _cell(text: str) -> str:
    shown = visible(" ".join(text.split())).replace("|", "\\|").replace("<", "&lt;")
    return shown if len(shown) <= 70 else f"{shown[:67]}..."


def _paragraph(text: str, hanging: str = "") -> str:
    lines = textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _picture(name: str, told: str) -> str:
    return f"![{told}](names/{name}.svg)"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> str:
    signs = {"l": "---", "r": "---:"}
    lines = [heads, [signs[side] for side in sides], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
