"""What must never be given out: restricted layers and fields that say something about a person."""

import re

from importers.catalogue.entries import FieldEntry, LayerEntry
from importers.catalogue.toml_table import TomlTable

# Licences by which councils hold data that others may not have. One that has been told that it may
# publish what it made from them says restricted = false.
_RESTRICTED = re.compile(
    r"public sector (geospatial|mapping) agreement|\b(psga|psma|paf)\b|royal mail"
    r"|\baddressbase (core|plus|premium)\b|all rights reserved",
    re.IGNORECASE,
)


def refuse_to_give_out(table: TomlTable, entry: LayerEntry) -> None:
    """Refuse a public layer whose licence is restricted, or seems to be and does not say.

    Raises
    ------
    CatalogueInvalid
        The message says what to write.
    """
    if not entry.is_public:
        return
    licence = table.table("licence")
    if entry.licence_restricted:
        licence.refuse(
            "restricted",
            "is true in a public layer. Write public = false above the first [heading]: the "
            "service then uses the layer and gives none of it out. Or, if its owner allows that "
            "it is given out, leave restricted out.",
        )
    if _RESTRICTED.search(entry.licence) and not licence.has("restricted"):
        licence.refuse(
            "restricted",
            f'is missing: "{entry.licence}" is a licence under which most data may not be given '
            "out. Write restricted = true, and public = false above the first [heading]; or "
            "restricted = false, if its owner has said that this layer may be published.",
        )


def refuse_personal_field(table: TomlTable, field: FieldEntry) -> None:
    """Refuse a field that says something about a person and is public all the same.

    Raises
    ------
    CatalogueInvalid
        The message says what to write.
    """
    if field.personal and field.public:
        table.refuse(
            "public",
            f'is true, but "{field.name}" says something about a person (personal = true). Write '
            "public = false; or leave personal out, if it is about nobody.",
        )
