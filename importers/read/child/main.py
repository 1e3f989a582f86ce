"""Entry of the child: hardens its own process, reads one source, writes it to standard output."""

import gc
import json
import sys
import traceback

from importers.errors import SourceUnreadable
from importers.read.child.confine import confine
from importers.read.child.lean_imports import hide_pandas
from importers.read.request import ReadRequest
from importers.read.wire import FAULT_EXIT


def main() -> int:
    """Read the request from standard input and answer it; return the exit code."""
    request = ReadRequest.from_json(sys.stdin.buffer.read())
    try:
        confine(request)
        hide_pandas()
        # Millions of lists of coordinates and no cycles: looking for those would be half the work.
        gc.disable()
        # Imported under the limits, and before the file is opened.
        from importers.read.child.forms import open_form
        from importers.read.child.output import write_source

        write_source(open_form(request), sys.stdout.buffer)
    except SourceUnreadable as fault:
        return _report(fault.fact, fault.code, fault.advice)
    except MemoryError:
        return _report(
            "Reading it takes more memory than one source is given. "
            "Send it as a GeoPackage, or in parts.",
            "TOO-BIG",
        )
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _report(fact: str, code: str, advice: str = "") -> int:
    sys.stderr.write(json.dumps({"fact": fact, "code": code, "advice": advice}) + "\n")
    return FAULT_EXIT
