"""Whether a MapInfo table's text can be read as the character set that it names."""

import re

from importers.errors import SourceUnreadable

# MapInfo's names of the sets that GDAL turns into UTF-8, and Python's names of them.
_CODECS = {
    "windowslatin1": "cp1252",
    "windowslatin2": "cp1250",
    "iso8859_1": "latin-1",
    "utf-8": "utf-8",
}
_CHARSET = re.compile(rb'charset\s+"?([A-Za-z0-9_-]+)', re.IGNORECASE)


def check_charset(header: bytes, content: bytes) -> None:
    """Refuse text beyond ASCII unless the set that ``header`` names is known and fits.

    Raises
    ------
    SourceUnreadable
        ``TEXT-ENCODING``.
    """
    if content.isascii():
        return
    found = _CHARSET.findall(header)
    name = found[-1].decode() if found else "none"
    codec = _CODECS.get(name.lower())
    try:
        if codec is not None:
            content.decode(codec)
            return
    except UnicodeDecodeError:
        pass
    raise SourceUnreadable(
        f"The table's text holds accents or signs that its character set ({name}) does not "
        "explain. Save a copy in MapInfo with the character set WindowsLatin1 or UTF-8.",
        code="TEXT-ENCODING",
    )
