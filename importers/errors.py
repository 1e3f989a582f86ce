"""What stops an import and a person can put right. Wrong rows are not here: they are findings.

    ImportStopped               says what, where and what to do
    ├── CatalogueInvalid        a TOML file of the catalogue; names file and key
    ├── WrongUse                no such layer, no such file, no such option (exit 2)
    │   └── NothingWaits        an import of which no edition waits to be published
    ├── OtherCouncilInDatabase  the database holds layers of another council (exit 2)
    ├── SourceUnreadable        the file is not what it says it is, or is broken (exit 2)
    ├── AddressRefused          nothing is fetched from there; nobody was asked (exit 2)
    ├── FetchFailed             the server did not give the data, or not all of it (exit 2)
    ├── CheckFailed             the file is readable; its content must not be published (exit 1)
    └── LayerBusy               another import of this layer is running; try again later (exit 2)

Trying again can help where ``can_retry`` is true: `LayerBusy`, and some of `FetchFailed`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importers.fixes import Offer


class ImportStopped(Exception):
    """Base of what stops an import. ``code`` is stable and in capitals, such as ``ZIP-PATH``.

    ``offers`` are fixes (`importers.fixes.Offer`) that a person may confirm.
    """

    exit_code = 2
    can_retry = False
    retry_after_s: int | None = None

    def __init__(self, message: str, *, code: str, offers: "tuple[Offer, ...]" = ()) -> None:
        super().__init__(message)
        self.code = code
        self.offers = offers


class CatalogueInvalid(ImportStopped):
    """A catalogue file is wrong; the message names the file, the key and what to write."""

    def __init__(self, file: str, key: str, message: str) -> None:
        super().__init__(f"{file}: {key}: {message}", code="CATALOGUE")
        self.file = file
        self.key = key


class WrongUse(ImportStopped):
    """The command was given something that does not exist."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="WRONG-USE")


class NothingWaits(WrongUse):
    """An import was to be decided about that left nothing to decide, or was decided already."""


class OtherCouncilInDatabase(ImportStopped):
    """The database holds the layers of another council than the catalogue's."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="OTHER-COUNCIL")


class SourceUnreadable(ImportStopped):
    """A source cannot be read as the form it claims to be.

    ``advice`` is what only whoever keeps the catalogue can do about ``fact``, and often nothing.
    """

    def __init__(
        self, fact: str, *, code: str, advice: str = "", offers: "tuple[Offer, ...]" = ()
    ) -> None:
        super().__init__(f"{fact} {advice}".rstrip(), code=code, offers=offers)
        self.fact = fact
        self.advice = advice


class AddressRefused(ImportStopped):
    """An address that nothing is fetched from. The server behind it was not asked."""


class FetchFailed(ImportStopped):
    """A server that did not give the data. ``retry_after_s``: when it wants to be asked again."""

    def __init__(
        self, message: str, *, code: str, can_retry: bool = False, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.can_retry = can_retry
        self.retry_after_s = retry_after_s


class CheckFailed(ImportStopped):
    """A check stopped publication; the published edition is untouched."""

    exit_code = 1


class LayerBusy(ImportStopped):
    """Another import of the same layer is running."""

    can_retry = True

    def __init__(self, message: str) -> None:
        super().__init__(message, code="LAYER-BUSY")
