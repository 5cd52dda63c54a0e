"""What machines and sellers print around the name of a chip, taken off it: a grammar of labels.

Counts ("8x H100", "gpu:h100:8", "HGX H100 8-GPU", "8卡"), slices ("-MIG-1g.10gb", "a100_3g.20gb"),
profiles of virtual GPUs ("GRID A100-40C", "A100-2-10C"), keys of labels
("nvidia.com/gpu.product=..."), names of tuned configurations ("E=8,...,device_name=....json"),
nouns ("GPU: ..."), quantities ("pair of H100"). Words are taken off only where labels.yaml has
them; a label only as far as what is left is a name, so the readings come from the least taken off
to the most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from compliance.chips.canonical_key import folded
from compliance.chips.label_words import LabelWords

_KEY: Final = re.compile(
    r"(?:--|[a-z0-9\-]+(?:\.[a-z0-9\-]+)+/)?(?P<words>[a-z][a-z\s_.\-]*?)\s*(?:[=:]|/(?=gpu[:=]))\s*"
)
_NUMBERED: Final = re.compile(r"^gpu(?:_(?=\d+x)|\s*\d+\s*:\s*(?=\D))")
_BENCHED: Final = re.compile(r"^(?P<rest>.+)_trt(?P<tail>(?:_[a-z]+)*)$")  # a system of MLPerf
_PROCESSORS: Final = re.compile(r"_\d+x(?:amd_|intel_)?(?:epyc|xeon|grace)[\w\-+]*$")
_DOMAIN: Final = re.compile(r"^[a-z0-9\-]+(?:\.[a-z0-9\-]+)+/(?=[a-z])")
_TAILS: Final = re.compile(r"\s*(?:\((?:s|uuid):[^()]*\)|(?::(?:sramecc|xnack)[+\-])+)\s*$")
_WRAPPING: Final = " \t\r\n{}'\"`,;"
_IN_BRACKETS: Final = re.compile(
    r"^(?P<before>.*)\[(?P<product>[^\[\]]+)\]\s*(?:\(rev\s+[0-9a-f]+\))?$"
)
_CONFIGURATION: Final = re.compile(  # files of vLLM and SGLang; "_down" is one half of a pair
    r"^(?:[a-z_]+=[^,]+,)*device_name=(?P<device>[^,]+?)(?:,[a-z_]+=.+)?(?:_down)?(?:\.json)?$"
)
_QUANTITY: Final = re.compile(
    r"^(?:an?[\s_\-]+)?(?P<word>[a-z]+)[\s_\-]+(?:of[\s_\-]+)?(?P<rest>.+)$"
)
_QUANTITY_BEHIND: Final = re.compile(r"^(?P<rest>.+?)[\s_\-(]+(?P<word>[a-z]+)\)?$")
_ARTICLE: Final = re.compile(r"^(?:an?|the|1/[2-9]\d?)\s+(?P<rest>.+)$")
_HOST: Final = re.compile(r"\s+(?:with|\+)\s+(?P<host>[a-z ]+)$")
_PLACE: Final = re.compile(r"\s+running in (?P<place>[a-z ]+)$")
_MIG: Final = re.compile(
    r"(?:[\s_\-]*\bmig)?[\s_\-]*(?<![a-z0-9])(?:\d+c\.)?(\d+)g\.(\d+)gb(?:[.+][a-z.]+)*"
)
_VNPU: Final = re.compile(r"[\s_\-]+vir\d+(?:_\d+c)?(?:_\d+g)?(?:_[a-z]+)*$")
_MIG_ALONE: Final = re.compile(r"[\s_\-]+mig(?:[\s_\-]*(?:enabled|mixed|single))?(?=[\s_\-]|$)")
_PROFILE: Final = re.compile(
    r"^(?:grid[\s_\-]+)?(.+?)[\s_\-]+(?:(\d)[\s_\-])?(\d+)(?:[abcq]|b4|cme)$"
)
_TIMES: Final = "[x×*✕]"  # noqa: RUF001 - the sign of multiplication is meant
_PLAN: Final = r"(?: small| medium| large)?"
_NOUN: Final = r"(?:gpus?|cards?|chips?|accelerators?|npus?|units?)"
_BEFORE: Final = (
    re.compile(rf"^\(?(\d{{1,6}})\)?\s*[_\-]?{_TIMES}[\s_\-]*(?=[^\s\d])(?P<rest>.+)$"),
    re.compile(rf"^(\d{{1,6}})\s*[_\-]?{_TIMES}\s*(?P<rest>\d.+)$"),
    re.compile(r"^(\d{1,6})\s+(?P<rest>[^\s\d].*)$"),
)
_AFTER: Final = (
    re.compile(rf"^(?P<rest>.+?)(?<!gen\d)[\s_\-(]+{_TIMES}[\s_\-]*(\d{{1,6}})\)?{_PLAN}$"),
    re.compile(r"^(?P<rest>.+?)\s*[×*✕]\s*(\d{1,6})$"),  # noqa: RUF001 - as above
    re.compile(rf"^(?P<rest>.+?)[\s_\-(]+(\d{{1,6}})\s*{_TIMES}\)?$"),
    re.compile(r"^(?P<rest>.+?)\s*['\"]?\s*[:=]\s*(\d{1,6})$"),
)
_GLUED: Final = re.compile(r"^(?P<rest>.*\w)x(\d{1,2})$")
_WITHIN: Final = (
    re.compile(rf"^(\d{{1,6}})[\s_\-]*{_NOUN}[\s_\-]+(?P<rest>.+)$"),
    re.compile(
        rf"^(?P<rest>.+?)[\s_\-(]+(?:{_TIMES}\s*)?(\d{{1,6}})[\s_\-]*{_NOUN}\)?(?P<tail>(?:[\s_\-].*)?)$"
    ),
)


@dataclass(frozen=True, slots=True)
class Label:
    """What is left of a text as a name, and what was taken off it.

    `before`, `after` and `quantity` multiply what is named ("8x ...", "... x8", "pair of ...");
    `within` is how many GPUs are said to be in one of it ("8-GPU"); `compute` and `memory_gb` are a
    slice's: so many of seven parts of the chip, and so much of its memory, 0 where it says none.
    `profile`: `name` is the board word of a virtual GPU. `glued`: the count stands at the end of a
    word ("l4x4").
    """

    name: str
    before: int | None = None
    after: int | None = None
    within: int | None = None
    compute: int = 0
    memory_gb: int = 0
    profile: bool = False
    glued: bool = False
    quantity: int | None = None


def labels(text: str, words: LabelWords) -> Iterator[Label]:
    """Every way to take a label off a text, the least first; none has a count of 0.

    "a" and a part ("1/8 ...") are one chip.
    """
    written = _TAILS.sub("", folded(text).strip(_WRAPPING))
    whole = _NUMBERED.sub("", written)
    resource = _DOMAIN.sub("", whole)  # huawei.com/Ascend310P
    behind = (*_behind_keys(whole, words), *_configured(whole), *_benched(whole, words))
    starts = (written, whole, *behind, resource, *in_brackets(whole, words))
    for start in dict.fromkeys((*starts, *_bare(whole, words))):
        for first in _sliced(Label(start)):
            seen = [first]
            yield first
            for taking in (_within, _quantified(words), _before, _after):
                taken = [found for label in seen for found in taking(label)]
                yield from taken
                seen += taken


def _behind_keys(whole: str, words: LabelWords) -> Iterator[str]:
    rest = whole
    while (key := _KEY.match(rest)) and words.is_key(key["words"]):
        rest = rest[key.end() :].strip(_WRAPPING)
    if rest != whole:
        yield rest


def _configured(whole: str) -> Iterator[str]:
    """The device that the name of a file of tuned kernels gives."""
    found = _CONFIGURATION.match(whole)
    if found:
        yield found["device"].removesuffix(".json").removesuffix("_down")


def _benched(whole: str, words: LabelWords) -> Iterator[str]:
    """The chips that the name of a system of MLPerf gives, also behind the name of the machine."""
    processors = _PROCESSORS.search(whole)
    if processors:
        yield whole[: processors.start()]
    found = _BENCHED.match(whole)
    if found and words.benchmark.issuperset(filter(None, found["tail"].split("_"))):
        beside = "|".join(sorted(words.benchmark))
        rest = re.sub(rf"[_\-](?:{beside})(?=x\d|[_\-]|$)", "", found["rest"])
        yield rest
        yield rest.partition("_")[2]


def in_brackets(whole: str, words: LabelWords) -> Iterator[str]:
    """The product that pci.ids and lspci print in brackets behind the code of the die."""
    found = _IN_BRACKETS.match(whole)
    if found and words.is_die(found["before"]):
        yield found["product"]


def _bare(whole: str, words: LabelWords) -> Iterator[str]:
    """Without the article before it, or the place of a bill or the processor behind it."""
    article, place, host = _ARTICLE.match(whole), _PLACE.search(whole), _HOST.search(whole)
    if article:
        yield article["rest"]
    if place and place["place"] in words.places:
        yield whole[: place.start()]
    if host and host["host"] in words.hosts:
        yield whole[: host.start()]


def _quantified(words: LabelWords) -> Callable[[Label], Iterator[Label]]:
    def taken(label: Label) -> Iterator[Label]:
        found = _QUANTITY.match(label.name)
        if found and found["word"] in words.quantities:
            yield replace(label, name=found["rest"], quantity=words.quantities[found["word"]])
        behind = _QUANTITY_BEHIND.match(label.name)
        if behind and behind["word"] in words.behind:
            yield replace(label, name=behind["rest"], quantity=words.behind[behind["word"]])

    return taken


def _sliced(label: Label) -> Iterator[Label]:
    slice_ = _MIG.search(label.name)
    if slice_:
        name = f"{label.name[: slice_.start()]} {label.name[slice_.end() :]}"
        name = name.strip(" _-").replace(" :", ":")
        yield replace(label, name=name, compute=int(slice_[1]), memory_gb=int(slice_[2]))
        return
    yield label
    plain = _VNPU.sub("", _MIG_ALONE.sub(" ", label.name)).strip()  # counted as the whole chip
    if plain != label.name:
        yield replace(label, name=plain)
    profile = _PROFILE.match(label.name)
    if profile:
        yield replace(
            label,
            name=profile[1],
            compute=int(profile[2] or 0),
            memory_gb=int(profile[3]),
            profile=True,
        )


def _before(label: Label) -> Iterator[Label]:
    for pattern in _BEFORE:
        found = pattern.match(label.name)
        if found and int(found[1]) > 0:
            yield replace(label, name=found["rest"], before=int(found[1]))


def _after(label: Label) -> Iterator[Label]:
    for pattern in _AFTER:
        found = pattern.match(label.name)
        if found and int(found[2]) > 0:
            yield replace(label, name=found["rest"], after=int(found[2]))
    glued = _GLUED.match(label.name)
    if glued and int(glued[2]) > 0:
        yield replace(label, name=glued["rest"], after=int(glued[2]), glued=True)


def _within(label: Label) -> Iterator[Label]:
    for pattern in _WITHIN:
        found = pattern.match(label.name)
        number = int(found[1] if pattern is _WITHIN[0] else found[2]) if found else 0
        if found and number > 0:
            tail = found["tail"] if pattern is _WITHIN[1] else ""
            yield replace(label, name=f"{found['rest']}{tail}", within=number)
