"""Decides how the bytes of a text are to be read, without ever cutting or guessing silently."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.encoding_evidence import (
    CANDIDATES,
    ENCODING_WORDS,
    as_read,
    choose_encoding,
    contexts_of,
)
from importers.read.child.text_place import find_place

_CHUNK_BYTES = 1 << 20
_SAMPLES = 3
_SAMPLE_AROUND = 30


def find_encoding(path: Path, declared: str | None) -> tuple[str, tuple[Finding, ...]]:
    """Return a codec that reads all of ``path``, and a warning where it had to be found out.

    UTF-8 that holds more than ASCII is UTF-8 whatever was declared: text in
    another encoding is not valid UTF-8 by chance. What is declared and fits wins
    over evidence; where the evidence is against it, a warning says so.

    Raises
    ------
    SourceUnreadable
        ``TEXT-ENCODING``: the bytes are neither UTF-8 nor what was declared, and
        make sense in none or in several of the encodings that are met; or the
        text is UTF-16.
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
    likely = choose_encoding(contexts_of(_chunks(path)))
    encoding = _known(declared)
    if encoding not in (None, "utf-8", "utf-8-sig") and first_fault(path, encoding) is None:
        return encoding, _doubts(path, encoding, likely)
    if likely is None:
        raise SourceUnreadable(_say_undecided(path), code="TEXT-ENCODING")
    return likely, (_warn(path, declared, likely),)


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


def _say_undecided(path: Path) -> str:
    place = find_place(path)
    return (
        f"Line {place.line}{place.in_column} holds the bytes {place.shown}, which are not UTF-8 "
        f"and {as_read(place.content)}. Save the file as CSV UTF-8 and send it again, or write "
        "its encoding into source.encoding of the layer's catalogue entry."
    )


def _doubts(path: Path, encoding: str, likely: str | None) -> tuple[Finding, ...]:
    """Return a warning where the declared encoding makes odd text and another would not."""
    if likely is None or encoding not in CANDIDATES:
        return ()
    samples = _samples(path, encoding)
    if samples == _samples(path, likely):
        return ()
    message = (
        f"The catalogue says that the text is {ENCODING_WORDS[encoding]}, and so it was read; "
        f"{ENCODING_WORDS[likely]} would fit it better. Check that these are right: "
        f"{'; '.join(samples)}."
    )
    return (Finding("TEXT-ENCODING", "warning", message, value="; ".join(samples)),)


def _warn(path: Path, declared: str | None, encoding: str) -> Finding:
    samples = _samples(path, encoding)
    return Finding(
        kind="TEXT-ENCODING",
        severity="warning",
        message=(
            f"The text is not {declared or 'UTF-8'}; it was read as {ENCODING_WORDS[encoding]}. "
            f"Check that these are right: {'; '.join(samples)}. Saving as CSV UTF-8 avoids the "
            "doubt."
        ),
        value="; ".join(samples),
    )


def _samples(path: Path, encoding: str) -> list[str]:
    """Return up to three different stretches of text around characters beyond ASCII."""
    found: list[str] = []
    around = rb"[^\r\n\x80-\xff]{0,%d}[\x80-\xff][^\r\n]{0,%d}" % (_SAMPLE_AROUND, _SAMPLE_AROUND)
    for chunk in _chunks(path):
        for match in re.finditer(around, chunk):
            sample = match.group().decode(encoding, "replace").strip()
            if sample not in found:
                found.append(sample)
            if len(found) == _SAMPLES:
                return found
    return found
