"""The words of a field: what each that a cell may hold stands for."""

from importers.catalogue.entries import FieldType
from importers.catalogue.toml_table import TomlTable

# In the place of a word: every one that is not there.
ANY_OTHER = "*"


def field_words(table: TomlTable) -> dict[str, str | int]:
    """Return a field's words, in small letters and single spaces; none where it has no table.

    What a text's words stand for are words themselves. "*" stands for every other word.

    Raises
    ------
    CatalogueInvalid
        The field is neither a text nor a whole number, or a word is there twice.
    """
    given = table.table("words", optional=True)
    type_ = table.choice("type", FieldType)
    if given.keys and type_ not in ("text", "integer"):
        table.refuse("words", f'are for a text or an integer, but the type is "{type_}".')
    words: dict[str, str | int] = {}
    for word in given.keys:
        means: str | int = (
            given.text(word) if type_ == "text" else (given.integer(word, None, at_least=-999) or 0)
        )
        if words.setdefault(fold_word(word), means) != means:
            given.refuse(word, "is there twice, but for capitals and spaces. Keep one of them.")
    for means in list(words.values()):
        if isinstance(means, str):
            words.setdefault(fold_word(means), means)
    return words


def fold_word(text: str) -> str:
    """Return a word as it is looked up: small letters, single spaces."""
    return " ".join(text.casefold().split())
