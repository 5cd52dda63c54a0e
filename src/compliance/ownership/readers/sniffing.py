"""What a file looks like by its first character: XML, JSON or plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from compliance import files
from compliance.ownership.readers.statements import MAXIMUM_BYTES, refusal

_HEAD: Final = 4096
_MARK: Final = b"\xef\xbb\xbf"


def content(path: Path) -> Literal["xml", "json", "text"]:
    """The shape of a file.

    Raises:
        OwnershipError: it cannot be opened, or holds nothing.
    """
    with files.opened(path, refusal, maximum=MAXIMUM_BYTES) as stream:
        head = stream.read(_HEAD).removeprefix(_MARK).lstrip()
    if not head:
        raise refusal(path, "nothing in it")
    if head[:1] == b"<":
        return "xml"
    return "json" if head[:1] in {b"{", b"["} else "text"
