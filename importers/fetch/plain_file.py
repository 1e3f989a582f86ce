"""Fetches a file as it lies on a server."""

import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from importers.fetch.address import Address
from importers.fetch.client import Answer, FetchClient
from importers.fetch.files import keep_arrived
from importers.fetch.judge import judge_body, judge_status
from importers.fetch.remembered import Remembered, recall, remember
from importers.fetch.source import FetchedSource
from importers.read.form import HEAD_BYTES, ending_of

_GIVEN_NAME = re.compile(r'filename\s*=\s*"?([^";]+)"?', re.IGNORECASE)


def fetch_plain_file(client: FetchClient, address: Address, sources_dir: Path) -> FetchedSource:
    """Return the file at ``address``; where the server says that it has not changed, as kept.

    Raises
    ------
    AddressRefused, FetchFailed, SourceUnreadable
        There is no such file; see `importers.fetch.client` and `importers.fetch.judge`.
    """
    remembered = recall(sources_dir, str(address))
    with tempfile.TemporaryFile(dir=sources_dir) as arriving:
        conditions = remembered.conditions() if remembered else {}
        answer = client.get(address, arriving, conditions)
        judge_status(answer)
        if answer.status == 304 and remembered:
            return _as_kept(remembered, sources_dir)
        return _keep(address, answer, arriving, sources_dir)


def _keep(address: Address, answer: Answer, arriving: BinaryIO, sources_dir: Path) -> FetchedSource:
    arriving.seek(0)
    judge_body(answer, arriving.read(HEAD_BYTES))
    arriving.seek(0)
    source = keep_arrived(str(address), _name(answer), arriving, sources_dir)
    remember(
        sources_dir,
        str(address),
        sha256=source.sha256,
        name=source.name,
        headers=answer.headers,
    )
    return source


def _name(answer: Answer) -> str:
    """Return the file's name, whose ending says its form: the server's word, or the address's."""
    found = _GIVEN_NAME.search(answer.headers.get("content-disposition", ""))
    given = found[1].strip().replace("\\", "/").rpartition("/")[2] if found else ""
    return given if ending_of(given) else answer.address.file_name or "answer"


def _as_kept(remembered: Remembered, sources_dir: Path) -> FetchedSource:
    path = remembered.kept_file(sources_dir)
    assert path is not None  # or nothing would have been remembered
    path.touch()  # in use again: see importers.tidy.sources
    return FetchedSource(
        given=remembered.address,
        path=path,
        name=remembered.name,
        sha256=remembered.sha256,
        size_bytes=path.stat().st_size,
    )
