"""How customer records write an organization differently: what is added, cut short or glued on.

Each change is given a source of chance and a listed name, and returns what was written, or None
where the name has nothing to change. The words added are invented or the usual ones of the trade.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bench.name_sets import Listed

_FORM: Final = re.compile(
    r"[\s,]+(co\.?,? ltd\.?|company,? limited|co\.?,? limited|limited|ltd\.?|llc|l\.l\.c\."
    r"|inc\.?|corp\.?|corporation|company|gmbh|jsc|ojsc|pjsc|fze|s\.?a\.?)$",
    re.IGNORECASE,
)
_BRANCHES: Final = (
    "{} Singapore Branch", "{} - Moscow Representative Office", "{}, Dubai Branch Office",
    "{} Zweigniederlassung Wien", "{} Hanoi Liaison Office", "{} (Vienna Branch)",
    "Representative Office of {} in Hanoi", "Branch of {}", "{} Sucursal Colombia",
    "{} succursale de Paris", "{} Moscow Rep. Office", "{}, filial v Moskve",
    "{} Branch in Istanbul", "Shanghai Branch, {}", "{} Hong Kong Regional Office",
)  # fmt: skip
_DEPARTMENTS: Final = (
    "{} Procurement Department", "Department of Physics, {}", "{} - Faculty of Science",
    "{} School of Software", "Institute of Optics, {}", "{}, IT Dept.", "{} Finance Department",
    "School of Engineering, {}", "Accounts Payable - {}", "{} Purchasing Dept",
    "{}, Division of Research", "Faculty of Medicine of {}",
)  # fmt: skip
_ADDRESSEES: Final = (
    "{} c/o Accounts Payable", "c/o {}", "Attn: Procurement, {}", "{} attn: Purchasing",
    "{} and its subsidiaries", "{} & affiliates", "{} and subsidiaries", "{}, Attention: Billing",
    "{} and its affiliated companies", "To the attention of {}",
)  # fmt: skip
_GLUED: Final = (
    "{}有限公司", "株式会社{}", "{}股份有限公司", "㈱{}", "{}㈱", "주식회사{}", "㈜{}", "شركة{}",
    "{}科技有限公司", "有限会社{}", "{}(株)", "{}集团",
)  # fmt: skip
_TRANSLATED: Final = (
    "Tovarystvo z obmezhenoiu vidpovidalnistiu {}", "TOV {}", "ТОВ {}",
    "Obshchestvo s ogranichennoy otvetstvennostyu {}",
    "OBSCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU {}",
    "Obshchestvo s ogranichennoi otvetstvennostiu {}", "{} G M B H", "{} L L C",
    "{} San. ve Tic. A.S.", "{} San. Tic. Ltd. Sti.", "{} Sanayi ve Ticaret Limited Sirketi",
    "CTCP {}", "Cong ty TNHH {}", "SIA {}", "UAB {}", "{} OÜ",
    "{} Sabiedriba ar ierobezotu atbildibu",
    "{} d.o.o.", "{} P.T.E. L.T.D.", "Uzdaroji akcine bendrove {}",
    "Zakrytoe aktsionernoe obshchestvo {}",
)  # fmt: skip
_CALLED: Final = (
    ("scientific production association", "NPO"), ("research and production association", "NPO"),
    ("research and production enterprise", "NPP"), ("scientific production enterprise", "NPP"),
    ("federal state unitary enterprise", "FGUP"), ("state unitary enterprise", "GUP"),
    ("scientific research institute", "NII"), ("research institute", "NII"),
    ("design bureau", "KB"), ("special design bureau", "SKB"), ("joint stock company", "AO"),
    ("open joint stock company", "OAO"), ("limited liability company", "OOO"),
    ("npo", "Scientific Production Association"), ("npp", "Research and Production Enterprise"),
    ("fgup", "Federal State Unitary Enterprise"), ("nii", "Scientific Research Institute"),
    ("kb", "Design Bureau"), ("jsc", "Joint Stock Company"), ("ooo", "Limited Liability Company"),
)  # fmt: skip
SHORT: Final = (
    ("services", "Svcs"), ("service", "Svc"), ("trading", "Trdg"), ("shipping", "Shpg"),
    ("general", "Gen"), ("electronics", "Elec"), ("electronic", "Elec"), ("electric", "Elec"),
    ("management", "Mgmt"), ("enterprises", "Ent"), ("enterprise", "Ent"), ("import", "Imp"),
    ("export", "Exp"), ("technology", "Tech"), ("technologies", "Techs"), ("services", "Srvces"),
    ("finance", "Fin"), ("logistics", "Log"), ("semiconductor", "Semi"), ("brothers", "Bros"),
    ("manufacturing", "Mfg"), ("engineering", "Engg"), ("construction", "Constr"),
    ("international", "Intl"), ("investment", "Inv"), ("investments", "Invs"),
    ("development", "Devt"), ("equipment", "Eqpt"), ("industries", "Inds"), ("national", "Natl"),
    ("commercial", "Comml"), ("transport", "Transp"), ("production", "Prod"),
    ("petroleum", "Petr"), ("chemical", "Chem"), ("pharmaceutical", "Pharm"),
    ("communications", "Comms"), ("machinery", "Mach"), ("maritime", "Mar"),
    ("marine", "Mar"), ("aviation", "Avn"), ("association", "Assn"), ("foundation", "Fdn"),
    ("university", "Univ"), ("institute", "Inst"), ("company", "Cpy"), ("system", "Sys"),
    ("systems", "Sys"), ("exchange", "Exch"), ("security", "Sec"), ("group", "Grp"),
)  # fmt: skip
_JOINED: Final = (
    "Brightside Optics alias {}", "{}, n.k.a. Brightside Optics", "Brightside Optics ex {}",
    "{} previously Brightside Optics", "Brightside Optics, formerly {}",
    "{} (ex Brightside Optics)",
    "Brightside Optics f.k.a. {}", "{} now known as Brightside Optics",
    "Brightside Optics (previously {})", "{}, ex-Brightside Optics",
    "Brightside Optics, previously known as {}", "Brightside Optics nee {}",
)  # fmt: skip

Write = Callable[[random.Random, "Listed"], str | None]


def _one_of(frames: tuple[str, ...], *, stem: bool = False) -> Write:
    """The name, or its stem without the legal form at its end, set in one of the frames."""

    def write(chance: random.Random, row: Listed) -> str | None:
        if row.kind == "person":
            return None
        name = _FORM.sub("", row.name) if stem else row.name
        return chance.choice(frames).format(name) if len(name) > 3 else None

    return write


def _replaced(chance: random.Random, row: Listed, words: tuple[tuple[str, str], ...]) -> str | None:
    """The name with one of the words that it has written the other way."""
    if row.kind == "person":
        return None
    have = [
        (re.compile(rf"\b{long}\b", re.IGNORECASE), short)
        for long, short in words
        if re.search(rf"\b{long}\b", row.name, re.IGNORECASE)
    ]
    if not have:
        return None
    pattern, short = chance.choice(have)
    return pattern.sub(short, row.name, count=1)


def _short(chance: random.Random, row: Listed) -> str | None:
    return _replaced(chance, row, SHORT)


def _called(chance: random.Random, row: Listed) -> str | None:
    return _replaced(chance, row, _CALLED)


def _own_short(chance: random.Random, row: Listed) -> str | None:
    """One common word as its consonants, or its first four letters: a short form of no table."""
    words = {long for long, _ in SHORT if len(long) > 7}
    made = tuple((word, _made_short(chance, word)) for word in sorted(words))
    return _replaced(chance, row, made)


def _made_short(chance: random.Random, word: str) -> str:
    if chance.random() < 0.4:
        return word[:4]
    consonants = word[0] + re.sub("[aeiouy]", "", word[1:])
    return consonants if len(consonants) < 7 else consonants[:3] + consonants[-1]


CHANGES: Final[dict[str, Write]] = {
    "branch": _one_of(_BRANCHES),
    "department": _one_of(_DEPARTMENTS),
    "addressee": _one_of(_ADDRESSEES),
    "short word": _short,
    "own short word": _own_short,
    "glued form": _one_of(_GLUED, stem=True),
    "translated form": _one_of(_TRANSLATED, stem=True),
    "form by letters": _called,
    "former name": _one_of(_JOINED),
}
