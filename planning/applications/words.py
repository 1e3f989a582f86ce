"""Words as they are compared: in small letters, without accents, apostrophes and punctuation.

What is typed is folded here; what is published, in the same way, by `sql/fold_texts.sql`.
"""

import re
import unicodedata
from collections.abc import Sequence

# PostgreSQL refuses much longer words, and nobody types them.
_LONGEST_WORD = 60
_DROPPED = re.compile("[\u0300-\u036f'’`]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_NOT_IN_A_REFERENCE = re.compile("[^a-z0-9]")


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of what somebody typed, each once, as they are kept."""
    folded = _DROPPED.sub("", unicodedata.normalize("NFKD", text.lower()))
    words = (word[:_LONGEST_WORD] for word in _BETWEEN_WORDS.split(folded) if word)
    return tuple(dict.fromkeys(words))


def fold_reference(text: str) -> str:
    """Return a reference without the marks that people leave out, as it is kept."""
    return _NOT_IN_A_REFERENCE.sub("", text.lower())


def words_query(words: Sequence[str]) -> str:
    """Return the `tsquery` of texts in which every one of some folded words begins a word."""
    return " & ".join(f"'{word}':*" for word in words)
