"""Writes what is asked of a server behind the question mark of an address."""

from urllib.parse import parse_qsl, quote, urlencode

from importers.fetch.address import Address


def ask_for(address: Address, path: str = "", **parameters: str | int) -> Address:
    """Return ``address`` with more parameters; those it has of the same name are replaced.

    Capitals do not matter in names. ``path`` takes the place of the address's own, if given.
    """
    given = parse_qsl(address.query, keep_blank_values=True)
    named = {name.lower() for name in parameters}
    kept = [(name, value) for name, value in given if name.lower() not in named]
    asked = [(name, str(value)) for name, value in parameters.items()]
    query = urlencode([*kept, *asked], quote_via=quote, safe=":,*()/")
    return address.with_target(f"{path or address.path}?{query}")


def beneath(address: Address, *steps: str) -> str:
    """Return the path of ``address`` with further steps, each written so that it is one."""
    return "/".join((address.path.rstrip("/"), *(quote(step, safe="") for step in steps)))
