"""Why a site cannot be checked, in sentences that say what to do."""

from collections.abc import Iterable


class SiteUnusable(Exception):
    """A boundary that is not one, or not ours.

    ``faults`` are sentences for the person, one for each thing that is wrong; of a list of
    corners they say on which line. What the person typed is shown to nobody else.
    """

    def __init__(self, faults: str | Iterable[str]) -> None:
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("a site that cannot be used")
