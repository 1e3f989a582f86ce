"""Unique Property Reference Numbers, as people and programs write them."""

from layers.errors import NotFound

_MOST_DIGITS = 12


def read_uprn(text: str) -> str:
    """Return a UPRN without the zeros that some files put in front of it.

    Raises
    ------
    NotFound
        It cannot be one: a UPRN is a number of 1 to 12 digits.
    """
    uprn = text.lstrip("0")
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and uprn:
        return uprn
    raise NotFound(
        f"A UPRN is a number of up to {_MOST_DIGITS} digits, such as 100070000001. Find that of an "
        "address by looking it up at /my-area/: it is in the address of the page."
    )
