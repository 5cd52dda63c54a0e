"""Identifiers in one spelling each, with their check and what they are compared by.

A number whose check fails never disappears: it stays as written, matches exactly, and the failure
is told. "unchecked" says why: no check digit, no known form, or the extra `ids` is not installed.
No text raises; a text of any length is compared, in bounded time.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from compliance.model.says_nothing import says_nothing
from compliance.places import country as country_code
from compliance.watchlists.matching import checksums, wallets
from compliance.watchlists.matching.identifier_table import Scheme, Schemes, schemes
from compliance.watchlists.matching.wallets import Check

_LONGEST: Final = 256
_BIC_HEAD: Final = 8
_BIC_HEAD_OFFICE: Final = "XXX"
_OTHER = re.compile(r"[^0-9A-Z]+")
_BRACKETS = re.compile(r"\([^()]*\)")

Failure = tuple[Check, str]


@dataclass(frozen=True, slots=True)
class Identification:
    """An identifier in its canonical form.

    `scheme` is canonical ("uscc"), or the given label where it is not known. `value` holds capital
    letters and digits only (a wallet: as its form is written). `country` is the ISO 3166 code of
    the issuer, by the scheme, the number or as given; None where it is not known or does not
    matter. `reason` explains `check`. `keys` are what the identifier is compared by.
    """

    scheme: str
    value: str
    check: Check
    reason: str
    country: str | None = None
    keys: tuple[str, ...] = field(default=(), repr=False)


def canonical(scheme: str, value: str, country: str | None = None) -> Identification:
    """The canonical form of an identifier and whether it can be a number of its scheme.

    `scheme` is any of its spellings ("LEI", "Tax ID No.", "统一社会信用代码") or the code of a
    register ("CN-SAIC", "RUS-PASSPORT"); `country` is a code or a name of the country that issued
    the number, where it is known. A label in front of the number is no part of it, and may name a
    narrower scheme.
    """
    table = schemes()
    known = table.scheme(scheme)
    if coded := table.coded(scheme):
        country = coded.country or country
    if known.name == "wallet":
        if says_nothing(value, "number"):
            return Identification(known.name, "", "unchecked", "says nothing: no address")
        wallet = wallet_of(value)
        keys = tuple(f"wallet:{text}" for text in (wallet.value, *wallet.also) if text)
        return Identification(known.name, wallet.value, wallet.check, wallet.reason, keys=keys)
    known, compact = table.labelled(_compact(value), known)
    issuer = _issuer(known, compact, country, table)
    if known.name == "bic":
        compact = compact[:_BIC_HEAD] + compact[_BIC_HEAD:].removesuffix(_BIC_HEAD_OFFICE)
    if compact and (says_nothing(value, "number") or says_nothing(compact, "number")):
        return Identification(known.name, "", "invalid", "says nothing: no number", issuer)
    check, reason = _check(known, compact, issuer, table)
    keys = tuple(
        f"{family}:{text}"
        for family in known.families
        for text in _comparable(known, compact, value, table)
    )
    return Identification(known.name, compact, check, reason, issuer, keys)


@lru_cache(1024)
def wallet_of(text: str) -> wallets.Wallet:
    """The wallet address in a text, by the forms of the shipped table."""
    return wallets.read(text, schemes().forms)


def _compact(value: str) -> str:
    """Capital letters and digits; digits are ASCII."""
    text = value if len(value) <= _LONGEST else value[:_LONGEST]
    if not text.isascii():
        text = "".join(map(_digit, unicodedata.normalize("NFKC", text)))
    text = text.upper()
    compact = _OTHER.sub("", text) if text.isascii() else "".join(filter(str.isalnum, text))
    if len(value) > _LONGEST:
        digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
        return f"SHA256{digest.upper()}"
    return compact


def _digit(character: str) -> str:
    number = unicodedata.decimal(character, None)
    return character if number is None else str(number)


def _issuer(scheme: Scheme, compact: str, country: str | None, table: Schemes) -> str | None:
    if scheme.world:
        return None
    if scheme.country:
        return scheme.country
    if scheme.name == "vat" and (own := _vat_country(compact, table)):
        return own
    return country_code(country) if country else None


def _vat_country(compact: str, table: Schemes) -> str | None:
    """The country of a VAT number with a prefix and a digit soon behind it: "BG201673717"."""
    prefix = compact[:2]
    if not prefix.isalpha() or not any(map(str.isdigit, compact[2:5])):
        return None
    code = table.vat_prefixes.get(prefix, prefix)
    return code if ("vat", code) in table.national else None


def _comparable(scheme: Scheme, compact: str, value: str, table: Schemes) -> Iterable[str]:
    """The number, and the shorter ones that a text with words around it holds."""
    if not compact:
        return ()
    found = [compact]
    if scheme.name == "bic":
        found = [compact[:_BIC_HEAD]]
    elif scheme.name == "vat" and _vat_country(compact, table):
        found.append(compact[2:])
    elif not scheme.world and (" " in value or "(" in value) and len(value) <= _LONGEST:
        found += _numbers_in(value, scheme, table)
    return dict.fromkeys(found)


def _numbers_in(value: str, scheme: Scheme, table: Schemes) -> list[str]:
    """Two in "OR801168 and Kuwaiti National ID No. 281020505755"; none apart in "HRB 26136"."""
    bare = _BRACKETS.sub(" ", value)
    parts = bare.split()
    if bare == value and not any(len(p) >= table.limits.words and p.isalpha() for p in parts):
        return []
    compact = (_compact(part) for part in parts if any(map(str.isdigit, part)))
    numbers = [table.labelled(number, scheme)[1] for number in compact]
    return [number for number in numbers if len(number) >= table.limits.short]


def _check(scheme: Scheme, compact: str, issuer: str | None, table: Schemes) -> Failure:
    if not compact:
        return "invalid", "holds no letter and no digit"
    if scheme.check:
        return _verdict(scheme.check, compact, scheme.name, sure=True)
    by_country = table.national.get((scheme.name, issuer)) if issuer else None
    if not by_country:
        return "unchecked", _why_unchecked(scheme, issuer, table)
    if scheme.name == "vat" and not compact[:2].isalpha():
        compact = f"{issuer}{compact}"
    label = f"{scheme.name} of {issuer}"
    verdicts = [_verdict(check, compact, label, sure=False) for check in by_country]
    for wanted in ("valid", "invalid"):
        for verdict in verdicts:
            if verdict[0] == wanted and (wanted == "valid" or len(verdicts) == 1):
                return verdict
    return next((v for v in verdicts if v[0] == "unchecked"), verdicts[0])


def _why_unchecked(scheme: Scheme, issuer: str | None, table: Schemes) -> str:
    if scheme.name not in table.schemes:
        return f"scheme {scheme.name!r} is not known: compared by letters and digits"
    if scheme.world or any(name == scheme.name for name, _ in table.national):
        where = f" of {issuer}" if issuer else ", whose country is not known"
        return f"no check is known for a {scheme.name}{'' if scheme.world else where}"
    return f"no check is known for a {scheme.name}"


def _verdict(check: str, compact: str, label: str, *, sure: bool) -> Failure:
    """One check; one that is not `sure` refutes by a check digit only, not by another form."""
    if "." in check or check not in checksums.CHECKS:
        return _national_verdict(check, compact, label, sure=sure)
    wrong = checksums.CHECKS[check](compact)
    if wrong and (sure or wrong == checksums.FAILS):
        return "invalid", f"{label}: {wrong}"
    if wrong:
        return "unchecked", f"{label}: {wrong}"
    if check in checksums.FORM_ONLY:
        return "unchecked", f"{label}: its form is right; such a number has no check digit"
    return "valid", f"{label}: check digits verified"


def _national_verdict(check: str, compact: str, label: str, *, sure: bool) -> Failure:
    if not checksums.installed():
        return "unchecked", f"{label}: needs the extra 'ids' (python-stdnum)"
    wrong = checksums.national(check, compact)
    if not wrong:
        return "valid", f"{label}: verified by python-stdnum"
    refuted = sure or wrong == checksums.FAILS
    return ("invalid" if refuted else "unchecked"), f"{label}: {wrong}"
