"""Entities of an OFAC delta file: what each said before the change, and what it says after.

Publisher's schema: https://www.treasury.gov/ofac/downloads/sanctions/1.0/DeltaFile.xsd An entity,
or any element in it, may have an action: `add` (it was not there before), `remove` (it is not there
after), `update` (before, it said oldValue). What has no action was there before and is after; an
entity that changes need not be written whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, Literal

from compliance.files import outline
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import child_text, once, words
from compliance.watchlists.listing import Identifier
from compliance.watchlists.readers import us_identifiers

SHAPE: Final = outline("""
sanctionsData @*
  publicationInfo @*
    datePublished @*
    publicationType? @*
    publicationId? @*
    publicationID? @*
    filters? @* ...
  referenceValues? @* ...
  featureTypes? @* ...
  entities @*
    entity* @id @action? @*
      generalInfo? @*
        identityId? @*
        entityType? @*
        livingStatus? @*
        remarks? @*
        title? @*
        isUsCitizen? @*
        isUsPerson? @*
      sanctionsLists? @*
        sanctionsList* @*
      sanctionsPrograms? @*
        sanctionsProgram* @*
      sanctionsTypes? @* ...
      legalAuthorities? @* ...
      names? @*
        name* @*
          isPrimary? @*
          aliasType? @*
          isLowQuality? @*
          translations? @*
            translation* @*
              isPrimary? @*
              script? @*
              formattedFirstName? @*
              formattedLastName? @*
              formattedFullName? @*
              nameParts? @* ...
      addresses? @*
        address* @*
          country? @*
          translations? @*
            country? @*
            translation* @*
              isPrimary? @*
              script? @*
              addressParts? @*
                addressPart* @*
                  type? @*
                  value? @*
      features? @*
        feature* @*
          type? @*
          versionId? @*
          value? @*
          valueRefId? @*
          valueDate? @* ...
          isPrimary? @*
          reliability? @*
          comments? @*
      identityDocuments? @*
        identityDocument* @*
          type? @*
          name? @*
          documentNumber? @*
          isValid? @*
          issuingAuthority? @*
          issuingLocation? @*
          issuingCountry? @*
          issueDate? @* ...
          expirationDate? @* ...
          comments? @*
          idFeatures? @* ...
      relationships? @* ...
""")
_ADD: Final = "add"
_REMOVE: Final = "remove"
_UPDATE: Final = "update"
ACTIONS: Final = frozenset({_ADD, _REMOVE, _UPDATE})
_OLD: Final = "oldValue"
_ADDRESS: Final = (
    "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE",
)  # fmt: skip
_REGION: Final = "REGION"
_BIRTH: Final = "Birthdate"
_FLAG: Final = "Vessel Flag"
_CALL_SIGN: Final = "VESSEL CALL SIGN"
_NATIONS: Final = ("Nationality Country", "Citizenship Country")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entity says at one time, as the fields of a listing; "" and () where it is silent."""

    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    kind: str
    lists: tuple[str, ...]
    programmes: tuple[str, ...]
    addresses: tuple[str, ...]
    countries: tuple[str, ...]
    nationalities: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    birth_dates: tuple[str, ...]
    gender: Literal["female", "male"] | None
    remarks: str
    said: str


def strange_actions(entity: Any) -> Iterator[str]:
    """Each action in an entity that is not known, or that does not say what was before."""
    for element in entity.iter():
        action = element.get("action")
        if action is not None and action not in ACTIONS:
            yield f"unknown action {action!r} of {element.tag}"
        elif action == _UPDATE and not _says(element):
            yield f"an update of {element.tag} that does not say what was before"
    if entity.get("action") is None and not _says(entity):
        yield "a change that does not say what changed"


def _says(element: Any) -> bool:
    """Whether an element, or one in it, says what it was before."""
    inside = [each for each in element.iter() if each is not element]
    return _OLD in element.attrib or any(
        _OLD in each.attrib or "action" in each.attrib for each in inside
    )


def before(entity: Any) -> Facts:
    """What an entity said before."""
    return _facts(_view(entity, _ADD, old=True))


def after(entity: Any) -> Facts:
    """What an entity says after."""
    return _facts(_view(entity, _REMOVE, old=False))


def _view(element: Any, absent: str, *, old: bool) -> Any:
    """The element without the parts whose action is `absent`; with the old texts, or the new."""
    seen = copy(element)
    for child in list(seen):
        seen.remove(child)
    if old and _OLD in element.attrib:
        seen.text = element.get(_OLD)
    for child in element:
        if child.get("action") != absent:
            seen.append(_view(child, absent, old=old))
    return seen


def _facts(entity: Any) -> Facts:
    names = list(_names(entity))
    primary = [text for text, main, _ in names if main]
    strong = once(text for text, _, weak in names if not weak)
    features = [
        (child_text(item, "type"), child_text(item, "value"))
        for item in entity.findall("features/feature")
    ]
    documents = [
        (child_text(item, "type"), child_text(item, "documentNumber"))
        for item in entity.findall("identityDocuments/identityDocument")
    ]
    addresses = entity.findall("addresses/address")
    genders = [text for label, text in features if label == us_identifiers.GENDER]
    flags = [text for label, text in features if label == _FLAG]
    return Facts(
        name=primary[0] if primary else "",
        strong=once(text for text in strong if text != (primary or [""])[0]),
        weak=once(text for text, _, weak in names if weak and text not in strong),
        kind=child_text(entity, "generalInfo/entityType"),
        lists=_texts(entity, "sanctionsLists/sanctionsList"),
        programmes=_texts(entity, "sanctionsPrograms/sanctionsProgram"),
        addresses=once(map(_address, addresses)),
        countries=once(map(country, (*map(_country, addresses), *flags))),
        nationalities=once(country(text) for label, text in features if label in _NATIONS),
        identifiers=tuple(
            dict.fromkeys(
                number
                for label, text in (*documents, *features)
                if (number := _number(label, text))
            )
        ),
        birth_dates=once(dates.birth(text) for label, text in features if label == _BIRTH),
        gender=us_identifiers.gender(genders[0]) if genders else None,
        remarks=child_text(entity, "generalInfo/remarks"),
        said="; ".join(f"{label} {text}" for label, text in features),
    )


def _names(entity: Any) -> Iterator[tuple[str, bool, bool]]:
    """Each written name, whether it is the primary one, and whether it is weak."""
    for name in entity.findall("names/name"):
        main = child_text(name, "isPrimary") == "true"
        weak = child_text(name, "isLowQuality") == "true"
        for number, translation in enumerate(name.findall("translations/translation")):
            first = child_text(translation, "isPrimary") in ("true", "") and not number
            if text := child_text(translation, "formattedFullName"):
                yield text, main and first, weak and not main


def _texts(entity: Any, path: str) -> tuple[str, ...]:
    return once(words(item.text) for item in entity.findall(path))


def _country(address: Any) -> str:
    return child_text(address, "country") or child_text(address, "translations/country")


def _address(address: Any) -> str:
    """The address in one line, as SDN.XML orders its parts."""
    parts: dict[str, list[str]] = {}
    for part in address.findall("translations/translation/addressParts/addressPart"):
        parts.setdefault(child_text(part, "type").upper(), []).append(child_text(part, "value"))
    ordered = [text for name in _ADDRESS for text in parts.pop(name, ())]
    regions = parts.pop(_REGION, [])
    others = [text for name in sorted(parts) for text in parts[name]]
    return ", ".join(filter(None, [*ordered, *others, _country(address), *regions]))


def _number(label: str, text: str) -> Identifier | None:
    if label.upper() == _CALL_SIGN:
        return Identifier("call_sign", text) if text else None
    return us_identifiers.number(label, text)
