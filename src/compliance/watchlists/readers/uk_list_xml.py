"""The "uk-sanctions-list-xml" format: the UK Sanctions List as XML, each designation once.

https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml The root Designations holds
DateGenerated and then Designation elements; the publisher's XSD names CryptoWalletAddresses and
HullIdentificationNumbers too, which no designation had in September 2026. What the elements mean
is told in uk_list. The sanctions imposed stand twice, as text and as indicators; both count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from compliance.files import Placed, outline
from compliance.watchlists import dates
from compliance.watchlists.list_file import child_text, defect, placed, words
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.readers import uk_list
from compliance.watchlists.readers.uk_list import ONCE, SEVERAL, Designation

_DATED: Final = "DateGenerated"
_ENTRY: Final = "Designation"
_SHAPE: Final = outline("""
Designations
  DateGenerated
  Designation*
    LastUpdated
    DateDesignated
    UniqueID
    OFSIGroupID?
    UNReferenceNumber?
    Names
      Name+
        Name1?
        Name2?
        Name3?
        Name4?
        Name5?
        Name6?
        NameType?
        AliasStrength?
    NonLatinNames?
      NonLatinName*
        NameNonLatinScript?
        NonLatinScriptType?
        NonLatinScriptLanguage?
    Titles?
      Title*
    RegimeName
    IndividualEntityShip
    DesignationSource?
    SanctionsImposed
    SanctionsImposedIndicators
      AssetFreeze?
      ArmsEmbargo?
      TargetedArmsEmbargo?
      CharteringOfShips?
      ClosureOfRepresentativeOffices?
      CrewServicingOfShipsAndAircraft?
      Deflag?
      PreventionOfBusinessArrangements?
      ProhibitionOfPortEntry?
      TravelBan?
      PreventionOfCharteringOfShips?
      PreventionOfCharteringOfShipsAndAircraft?
      TechnicalAssistanceRelatedToAircraft?
      TrustServicesSanctions?
      DirectorDisqualificationSanction?
    OtherInformation?
    UKStatementofReasons?
    Addresses?
      Address*
        AddressLine1?
        AddressLine2?
        AddressLine3?
        AddressLine4?
        AddressLine5?
        AddressLine6?
        AddressPostalCode?
        AddressCountry?
    PhoneNumbers?
      PhoneNumber*
    Websites?
      Website*
    EmailAddresses?
      EmailAddress*
    CryptoWalletAddresses?
      CryptoWalletAddress*
    IndividualDetails?
      Individual*
        DOBs?
          DOB*
        BirthDetails?
          Location*
            TownOfBirth?
            CountryOfBirth?
        Nationalities?
          Nationality*
        NationalIdentifierDetails?
          NationalIdentifier*
            NationalIdentifierNumber?
            NationalIdentifierAdditionalInformation?
        PassportDetails?
          Passport*
            PassportNumber?
            PassportAdditionalInformation?
        Positions?
          Position*
        Genders?
          Gender*
    EntityDetails?
      Entity*
        TypeOfEntities?
          TypeOfEntity*
        Subsidiaries?
          Subsidiary*
        ParentCompanies?
          ParentCompany*
        BusinessRegistrationNumbers?
          BusinessRegistrationNumber*
    ShipDetails?
      Ship*
        IMONumbers?
          IMONumber*
        CurrentOwnerOperators?
          CurrentOwnerOperator*
        PreviousOwnerOperators?
          PreviousOwnerOperator*
        CurrentBelievedFlagOfShips?
          CurrentBelievedFlagOfShip*
        PreviousFlags?
          PreviousFlag*
        TypeOfShipDetails?
          TypeOfShip*
        TonnageOfShipDetails?
          TonnageOfShip*
        LengthOfShipDetails?
          LengthOfShip*
        YearsBuilt?
          YearBuilt*
        HullIdentificationNumbers?
          HullIdentificationNumber*
""")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SAID: Final = {"true": True, "false": False, "": False}


def read_xml(path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else "uk-sanctions-list".

    Raises:
        WatchlistError: with line and column, what is not of the format; no day of the list; as
            `uk_list.watchlist`.
        InputError: the extra that reads XML safely is not installed.
    """
    found = placed(path, _SHAPE, _DATED, _ENTRY)
    first = next(found, None)
    published = _day(path, first)
    return uk_list.watchlist(path, id or uk_list.LIST_ID, published, _designations(path, found))


def _day(path: Path, first: Placed | None) -> date:
    if first is None or first.element.tag != _DATED:
        raise defect(path, f"no {_DATED} before the designations")
    text = words(first.element.text)
    day = dates.day(text, "%d/%m/%Y")
    if day is None:
        message = f"{_DATED} is not a day: {text!r}"
        raise defect(path, message, line=first.line, column=first.column)
    return day


def _designations(path: Path, entries: Iterator[Placed]) -> Iterator[Designation]:
    for number, (line, column, element) in enumerate(entries, start=1):
        if element.tag == _DATED:
            raise defect(path, f"{_DATED} a second time", line=line, column=column)
        found = Designation(f"{path}#{_ENTRY}[{number}]", line, column)
        found.once = {name: child_text(element, tag) for name, tag in ONCE.items()}
        for name, group in SEVERAL.items():
            for item in element.findall(group.path):
                cells = [child_text(item, tag) for tag in group.parts] or [item.text or ""]
                found.add(name, cells)
        for indicator in _imposed(path, line, column, element):
            found.add("imposed", [indicator])
        yield found


def _imposed(path: Path, line: int, column: int, element: Any) -> Iterator[str]:
    """The sanctions whose indicators are true, in words."""
    for indicator in element.findall("SanctionsImposedIndicators/*"):
        text = words(indicator.text).lower()
        if text not in _SAID:
            message = f"{indicator.tag} is neither true nor false: {text!r}"
            raise defect(path, message, line=line, column=column)
        if _SAID[text]:
            yield _HUMP.sub(" ", indicator.tag)
