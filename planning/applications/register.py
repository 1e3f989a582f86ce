"""A council's register of applications: a published layer, and which field says what."""

from dataclasses import dataclass

from layers.query.registry import PublishedField, PublishedLayer, standing_layers

ROLE = "planning-application"
# The names that both shipped templates give; a layer without one of them has that much less.
STATUS, TYPE, DECISION = "status", "type", "decision"
CHOSEN = (STATUS, TYPE, DECISION)
_DECIDED_ON, REFERENCE, _ADDRESS = "decided_on", "reference", "address"


@dataclass(frozen=True, slots=True)
class Register:
    """A public layer of applications. What a field's name is empty for, the layer does not say."""

    layer: PublishedLayer

    def field(self, name: str) -> PublishedField | None:
        """Return a public field by its name."""
        return next((field for field in self.layer.fields if field.name == name), None)

    def has(self, name: str) -> bool:
        """Return whether the layer has such a public field."""
        return self.field(name) is not None

    @property
    def received_on(self) -> str:
        return self.layer.datetime_field if self.has(self.layer.datetime_field) else ""

    @property
    def decided_on(self) -> str:
        return _DECIDED_ON if self.has(_DECIDED_ON) else ""

    @property
    def reference(self) -> str:
        return REFERENCE if self.has(REFERENCE) else ""

    @property
    def searched(self) -> tuple[str, ...]:
        """Return the names of the fields whose words are looked for."""
        return searched_fields(self.layer.title_field, [each.name for each in self.layer.fields])


def searched_fields(title_field: str, public: list[str]) -> tuple[str, ...]:
    """Return which of a layer's public fields people look for words in: proposal, address, case."""
    wanted = dict.fromkeys((title_field, _ADDRESS, REFERENCE))
    return tuple(name for name in wanted if name in public)


def find_registers() -> tuple[Register, ...]:
    """Return every public layer of applications, in page order."""
    layers = standing_layers().by_role.get(ROLE, ())
    return tuple(Register(layer) for layer in layers if layer.is_public)
