"""What somebody typed, as far as a search can use it."""

import unicodedata

from gazetteer.street_names import QUOTES

LONGEST_TEXT = 200
# Control and format characters, halves of surrogate pairs, and what nobody has assigned.
_UNUSABLE = ("Cc", "Cf", "Cs", "Cn", "Co")


def plain_text(text: str) -> str:
    """Return a text of at most `LONGEST_TEXT` characters, on one line, in compatible characters.

    Full-width letters become plain ones, spaces of every kind one space; NUL and other
    characters that cannot be seen are left out.
    """
    # An acute accent that stands for a quote would become a space with an accent.
    normal = unicodedata.normalize("NFKC", QUOTES.sub("'", text[: 4 * LONGEST_TEXT]))
    shown = (
        " " if character.isspace() else character
        for character in normal
        if character.isspace() or unicodedata.category(character) not in _UNUSABLE
    )
    return " ".join("".join(shown).split())[:LONGEST_TEXT]
