"""What is sent, whichever way it goes, and what it is when it does not arrive."""

from dataclasses import asdict, dataclass


class NotSent(Exception):
    """A way of sending did not work; the message says why, without any secret of the way."""


@dataclass(frozen=True, slots=True)
class Message:
    """A notice as people and machines read it.

    ``kind`` is a value of `importers.models.Notice.Kind`. ``address`` leads to the import,
    and is empty where the service does not know its own.
    """

    kind: str
    layer: str
    title: str
    code: str
    subject: str
    what_happened: str
    what_people_see: str
    what_to_do: str
    address: str
    at: str

    def as_json(self) -> dict[str, str]:
        """Return the message as a webhook gets it."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the message as an e-mail holds it."""
        code = f" ({self.code})" if self.code else ""
        parts = [f"{self.what_happened}{code}", self.what_people_see, self.what_to_do, self.address]
        return "\n\n".join(part for part in parts if part) + "\n"
