"""Decides how the bytes of a text are to be read, without ever cutting or guessing silently."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.findings import Finding

# What Windows programs in the UK write when they do not write UTF-8.
FALLBACK_ENCODING = "cp1252"

_CHUNK_BYTES = 1 << 20
_SAMPLES = 3
_SAMPLE_AROUND = 30


def find_encoding(path: Path, declared: str | None) -> tuple[str, tuple[Finding, ...]]:
    """Return a codec that reads all of ``path``, and a warning where it had to be found out.

    UTF-8 that holds more than ASCII is UTF-8 whatever was declared: text in
    another encoding is not valid UTF-8 by chance.

    Raises
    ------
    SourceUnreadable
        ``TEXT-ENCODING``: the bytes are neither UTF-8, nor what was declared,
        nor Windows-1252; or the text is UTF-16.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceUnreadable(
            "The file is saved as UTF-16. Save it as CSV UTF-8 and send it again.",
            code="TEXT-ENCODING",
        )
    if first_fault(path, "utf-8") is None:
        return "utf-8-sig", ()
    encoding = _known(declared)
    if encoding not in (None, "utf-8", "utf-8-sig") and first_fault(path, encoding) is None:
        return encoding, ()
    fault = first_fault(path, FALLBACK_ENCODING)
    if fault is not None:
        raise SourceUnreadable(_say_unreadable(path, fault), code="TEXT-ENCODING")
    return FALLBACK_ENCODING, (_warn(path, declared),)


def _known(declared: str | None) -> str:
    try:
        return codecs.lookup(declared or "utf-8").name
    except LookupError:
        raise SourceUnreadable(
            f"The catalogue's encoding {declared} is not known. Write utf-8 or cp1252.",
            code="TEXT-ENCODING",
        ) from None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def first_fault(path: Path, encoding: str) -> int | None:
    """Return the offset in bytes at which ``encoding`` first fails, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = 0
    pending = 0
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
            offset += len(chunk)
            pending = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return offset - pending + error.start
    return None


def _say_unreadable(path: Path, offset: int) -> str:
    with path.open("rb") as file:
        before = file.read(offset)
        wrong = file.read(1)
    line = before.count(b"\n") + 1
    return (
        f"Line {line} holds the byte {wrong.hex().upper()}, which is neither UTF-8 nor "
        "Windows-1252 text. Save the file as CSV UTF-8 and send it again."
    )


def _warn(path: Path, declared: str | None) -> Finding:
    samples = _samples(path)
    return Finding(
        kind="TEXT-ENCODING",
        severity="warning",
        message=(
            f"The text is not {declared or 'UTF-8'}; it was read as Windows-1252. Check that "
            f"these are right: {'; '.join(samples)}. Saving as CSV UTF-8 avoids the doubt."
        ),
        value="; ".join(samples),
    )


def _samples(path: Path) -> list[str]:
    """Return up to three different stretches of text around characters beyond ASCII."""
    found: list[str] = []
    around = rb"[^\r\n\x80-\xff]{0,%d}[\x80-\xff][^\r\n]{0,%d}" % (_SAMPLE_AROUND, _SAMPLE_AROUND)
    for chunk in _chunks(path):
        for match in re.finditer(around, chunk):
            sample = match.group().decode(FALLBACK_ENCODING).strip()
            if sample not in found:
                found.append(sample)
            if len(found) == _SAMPLES:
                return found
    return found
