"""What the operator or the caller can put right.

    LayersError
    ├── RequestInvalid          the caller's request; `parameter` names what is at fault
    │   ├── ParameterUnknown
    │   ├── ParameterInvalid
    │   │   └── FilterInvalid   a filter that cannot be read, or asks what its layer cannot answer
    │   ├── AddressTooLong      more characters than every server on the way takes
    │   ├── CursorStale         the edition that a `next` link read is no longer kept
    │   ├── ChangesUnknown      what changed since then is no longer on record
    │   ├── EditionGone         an edition that was withdrawn, or is no longer kept
    │   ├── DownloadTooLarge    more features, bytes or seconds than one download may take
    │   ├── RangeNotSatisfiable a file ends before the bytes that are asked for
    │   └── ValuesUnfit         features hold values that are not of their field's type
    ├── KeyRefused              an API key that is not good
    ├── TooManyRequests         more than the caller's rate
    ├── DownloadsBusy           as many downloads are being made as may be; try again
    ├── SearchesBusy            as many long searches are running as may be; try again
    ├── DownloadFailed          a file could not be written
    ├── NotFound                no such layer, feature or place
    │   └── LayerWithdrawn      a layer that was public, of which nothing is shown now
    ├── PublishError
    │   ├── EditionIncomplete   not staged to the end, or its row count does not agree
    │   ├── NothingPublished    there is no edition to withdraw
    │   └── NothingToRollBack
    └── DatumShiftWrong         OSTN15 does not answer as Ordnance Survey says it must

Only ``layers/api/problems.py`` knows the HTTP codes.
"""


class LayersError(Exception):
    """Base of everything a caller or operator can put right."""


class RequestInvalid(LayersError):
    """The request cannot be answered as it stands."""

    def __init__(self, detail: str, parameter: str = "") -> None:
        super().__init__(detail)
        self.parameter = parameter


class ParameterUnknown(RequestInvalid):
    """A query parameter that this address does not have."""


class ParameterInvalid(RequestInvalid):
    """A query parameter whose value cannot be used."""


class FilterInvalid(ParameterInvalid):
    """A filter that cannot be read, or that its layer cannot answer."""

    def __init__(self, detail: str, parameter: str = "filter") -> None:
        super().__init__(detail, parameter)


class AddressTooLong(RequestInvalid):
    """An address with more characters than every server on its way takes."""


class CursorStale(RequestInvalid):
    """A `next` link whose edition is no longer kept."""


class ChangesUnknown(RequestInvalid):
    """What changed since an edition or a time cannot be said; the layer has to be copied whole."""


class EditionGone(RequestInvalid):
    """An edition was published once, and has been withdrawn or dropped since."""


class ValuesUnfit(RequestInvalid):
    """Features cannot be compared, because some hold values of another type than described."""


class DownloadTooLarge(RequestInvalid):
    """More than one download may take."""


class RangeNotSatisfiable(RequestInvalid):
    """A file ends before the bytes that are asked for."""


class KeyRefused(LayersError):
    """An API key that is not one of ours, has expired or was revoked."""


class TooManyRequests(LayersError):
    """The caller has asked more often than its rate allows."""


class DownloadsBusy(LayersError):
    """As many downloads are being made as may be at a time."""


class SearchesBusy(LayersError):
    """As many reads that may take long are running as may be at a time."""


class DownloadFailed(LayersError):
    """A file could not be written; nothing of it is kept."""


class NotFound(LayersError):
    """There is no such layer, feature or place, or it is not public."""


class LayerWithdrawn(NotFound):
    """A layer that was public, of which no edition is shown now."""


class PublishError(LayersError):
    """An edition cannot be published or taken back."""


class EditionIncomplete(PublishError):
    """An edition was not staged to its end."""


class NothingPublished(PublishError):
    """A layer has no published edition."""


class NothingToRollBack(PublishError):
    """A layer has no earlier edition to go back to."""


class DatumShiftWrong(LayersError):
    """OSTN15 is missing or gives wrong coordinates."""
