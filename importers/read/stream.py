"""The parent's end of the stream: the child's bytes become batches or one clear error."""

import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any, TypeVar

import numpy as np
import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.read.ahead import fetched_ahead
from importers.read.batch import SourceBatch, SourceReading
from importers.read.bounded_pipe import BoundedPipe, MessageTooLarge
from importers.read.limits import ReadLimits
from importers.read.sandbox import end_child
from importers.read.wire import (
    FAULT_EXIT,
    SOURCE_KEY,
    SPOILT_KEY,
    TOLD_KEY,
    findings_from_list,
    spoilt_from_json,
)

_END_S = 10.0
_SHELL_SIGNAL = 128
_EXCEPTION_EXIT = 1
_TOLD_BYTES = 64_000
_Answer = TypeVar("_Answer")

logger = logging.getLogger(__name__)


class ChildStream:
    """A running child and what it writes. Faults name the file as ``name``."""

    def __init__(
        self,
        child: "subprocess.Popen[bytes]",
        stderr: IO[bytes],
        *,
        name: str,
        limits: ReadLimits,
    ) -> None:
        self._child = child
        self._stderr = stderr
        self._name = name
        self._limits = limits
        self._fetcher = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._is_closed = False
        self._waited_too_long = False
        self._waited_s = 0.0
        self._is_too_large = False

    def ask(self, request: bytes) -> None:
        """Write the request; a child that has already gone is noticed when it is read from."""
        assert self._child.stdin is not None
        try:
            with self._child.stdin as stdin:
                stdin.write(request)
        except BrokenPipeError:
            return

    def open(self) -> SourceReading:
        """Wait for the child's first words and return the reading that goes on from there."""
        assert self._child.stdout is not None
        stdout = pa.PythonFile(
            BoundedPipe(self._child.stdout, self._limits.message_bytes), mode="r"
        )
        reader = self._wait_for(lambda: pa.ipc.open_stream(stdout))
        try:
            return self._reading(reader)
        except (LookupError, TypeError, ValueError) as error:
            raise self._garbled() from error

    def _reading(self, reader: "pa.RecordBatchStreamReader") -> SourceReading:
        source = json.loads((reader.schema.metadata or {})[SOURCE_KEY])
        names = reader.schema.names[1:]
        return SourceReading(
            form=source["form"],
            crs=source["crs"],
            encoding=source["encoding"],
            geometry_type=source["geometry_type"],
            column_names=tuple(names[:-1] if source["has_geometry"] else names),
            findings=findings_from_list(source["findings"]),
            batches=fetched_ahead(
                self._batches(reader, has_geometry=source["has_geometry"]), self._fetcher
            ),
        )

    def end_for_size(self) -> None:
        """End a child that has written more than a source may unpack to."""
        self._is_too_large = True
        self._kill()

    def close(self) -> None:
        """End the child if it still runs, and reap it."""
        self._is_closed = True
        end_child(self._child)
        self._fetcher.shutdown()
        assert self._child.stdout is not None
        self._child.stdout.close()

    def _batches(
        self, reader: "pa.RecordBatchStreamReader", *, has_geometry: bool
    ) -> Iterator[SourceBatch]:
        count = 0
        while True:
            try:
                batch, metadata = self._wait_for(reader.read_next_batch_with_custom_metadata)
            except StopIteration:
                break
            count += batch.num_rows
            if count > self._limits.rows:
                raise self._refusal(
                    f"It has more than {self._limits.rows:,} rows. Send it in parts.",
                    "TOO-MANY-ROWS",
                )
            try:
                whole = _source_batch(batch, metadata, has_geometry=has_geometry)
            except (LookupError, TypeError, ValueError) as error:
                raise self._garbled() from error
            yield whole
        # Arrow takes a stream that just stops for one that ends, so the exit code has the word.
        if self._exit_code() != 0:
            raise self._fault()

    def _wait_for(self, step: Callable[[], _Answer]) -> _Answer:
        """Do one blocking step of reading, killing the child if it takes too long."""
        left_s = max(0.0, self._limits.all_waits_s - self._waited_s)
        alarm = threading.Timer(min(self._limits.wait_s, left_s), self._give_up)
        alarm.start()
        started = time.monotonic()
        try:
            return step()
        except MessageTooLarge as error:
            self.end_for_size()
            raise self._fault() from error
        except (pa.ArrowInvalid, OSError) as error:
            raise self._fault() from error
        finally:
            alarm.cancel()
            self._waited_s += time.monotonic() - started

    def _give_up(self) -> None:
        self._waited_too_long = True
        self._kill()

    def _kill(self) -> None:
        if self._child.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)

    def _exit_code(self) -> int:
        """Return the exit code as a shell gives it: 128 and the signal that ended the child."""
        try:
            code = self._child.wait(_END_S)
        except subprocess.TimeoutExpired:
            end_child(self._child)
            code = self._child.returncode
        return code if code >= 0 else _SHELL_SIGNAL - code

    def _garbled(self) -> SourceUnreadable:
        """Return the fault of a child whose words are not those of our own reader."""
        end_child(self._child)
        logger.error("The reader of a source wrote what it cannot have meant: %s", self._said())
        return self._crashed()

    def _fault(self) -> SourceUnreadable:
        code = self._exit_code()
        if self._is_closed:
            # Nobody asks any more: what was fetched ahead ended with the child.
            return self._crashed()
        said = self._said()
        if self._is_too_large:
            return self._too_large()
        if code == FAULT_EXIT and (fault := _fault_said(said)):
            return self._refusal(**fault)
        if self._waited_too_long:
            waited_s = min(self._limits.wait_s, self._limits.all_waits_s)
            return self._refusal(
                f"Nothing could be read from it for {waited_s:g} seconds. "
                "Send it as a GeoPackage, or in parts.",
                "READ-TIMEOUT",
            )
        if code == _SHELL_SIGNAL + signal.SIGXCPU:
            return self._refusal(
                f"Reading it takes more than {self._limits.cpu_s} seconds of processor time. "
                "Send it as a GeoPackage, or in parts.",
                "READ-TIMEOUT",
            )
        if code == _SHELL_SIGNAL + signal.SIGXFSZ:
            return self._too_large()
        logger.error("The reader of a source ended with code %s: %s", code, said)
        if code == _EXCEPTION_EXIT:
            return self._refusal(
                "The reader has a fault that this file brought out; nothing was changed. "
                "Report it with the file; sent as a GeoPackage the data may be read.",
                "READ-FAILED",
            )
        return self._crashed()

    def _crashed(self) -> SourceUnreadable:
        return self._refusal(
            "The reader was stopped before the end of the file, which is damaged or too large. "
            "Export it again; if that does not help, send it as a GeoPackage.",
            "READ-CRASHED",
        )

    def _too_large(self) -> SourceUnreadable:
        return self._refusal(
            f"Unpacked it is larger than {self._limits.unpacked_bytes // 1_000_000} MB.",
            "TOO-BIG",
        )

    def _refusal(self, fact: str, code: str, advice: str = "") -> SourceUnreadable:
        return SourceUnreadable(f"{self._name}: {fact}", code=code, advice=advice)

    def _said(self) -> str:
        """Return the last words of the child, which may have written without end."""
        self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - _TOLD_BYTES))
        return self._stderr.read(_TOLD_BYTES).decode(errors="replace").strip()


def _fault_said(said: str) -> dict[str, str] | None:
    """Return the fault that the child reported, None if it is none."""
    try:
        fault = json.loads(said.splitlines()[-1])
        return {part: str(fault[part]) for part in ("fact", "code", "advice")}
    except (ValueError, LookupError, TypeError):
        return None


def _source_batch(batch: pa.RecordBatch, metadata: Any, *, has_geometry: bool) -> SourceBatch:
    batch.validate(full=True)
    last = batch.num_columns - 1 if has_geometry else batch.num_columns
    fields = [batch.schema.field(index) for index in range(1, last)]
    arrays = [batch.column(index) for index in range(1, last)]
    spoilt = (metadata or {}).get(SPOILT_KEY)
    told = (metadata or {}).get(TOLD_KEY)
    return SourceBatch(
        rows=np.asarray(batch.column(0)),
        columns=pa.Table.from_arrays(arrays, schema=pa.schema(fields)),
        wkb=batch.column(last).to_numpy(zero_copy_only=False) if has_geometry else None,
        spoilt=spoilt_from_json(spoilt) if spoilt else (),
        told=findings_from_list(json.loads(told)) if told else (),
    )
