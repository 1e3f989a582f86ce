"""One reason for which an edition must not be shown to anyone yet."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that an edition did not pass.

    ``can_override``: whether a person with the right may publish it all the same,
    with a reason that is kept.
    """

    code: str
    message: str
    can_override: bool = True

    def as_json(self) -> dict[str, object]:
        return asdict(self)
