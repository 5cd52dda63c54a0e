"""The fields about where the service is received, `contract.received_in*`."""

from __future__ import annotations

from typing import Final

from compliance.policies.word import Word

_ASKS: Final = "how many sessions came from there, on how many days, and whose"

RECEIVED: Final = (
    Word("contract.received_in", "countries", "countries that sessions and addresses in logs show"),
    Word("contract.received_in.regions", "texts", "ISO 3166-2 regions among these places"),
    Word(
        "contract.received_in.sustained",
        "countries",
        "of these countries, those with more sessions than a traveler's short stay has",
        _ASKS,
    ),
    Word(
        "contract.received_in.sustained_regions",
        "texts",
        "the same of regions; one that is partly held by its government only where the text names "
        "the other part",
        f"{_ASKS}; who controls the place",
    ),
    Word(
        "contract.received_in.unread",
        "texts",
        "places in logs that name no one country, as given",
        "the country of each place in the logs, by ISO code",
    ),
    Word("contract.received_in.told", "text", "the places in words, with the part of each"),
)
