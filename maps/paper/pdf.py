"""A page becomes a PDF, in a child process: see ADR 0045."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from layers.errors import SearchesBusy
from layers.query.turns import Turns
from maps.paper.errors import PrintingBusy, PrintingFailed

_log = logging.getLogger(__name__)

# As the template names them, and as they lie among the static files.
_FONTS = {
    "asset:regular.woff2": "fonts/atkinson-hyperlegible-latin-400-normal.woff2",
    "asset:bold.woff2": "fonts/atkinson-hyperlegible-latin-700-normal.woff2",
}
_MOST_S = 40
# What cffi says of Pango or HarfBuzz.
_NO_LIBRARY = b"cannot load library"
# A page takes a few seconds of a core: who comes while three wait is told to come again.
_TURNS = Turns(lambda: 1, lambda: 3, most_wait_s=15.0)


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Return a template as a tagged PDF, whose title and language are those of the page.

    The template extends ``maps/paper/base.html``; it may hold maps (``{{ drawn.svg|safe }}``) and
    nothing that has to be fetched. A receipt with its site:

        frame = Frame(x, y, scale=1250, width_mm=190, height_mm=120)
        drawn = draw_map(frame, layers, title=..., site=site.geom_27700)
        pdf = render_pdf("maps/receipt.pdf.html", {"check": check, "drawn": drawn})

    Raises
    ------
    PrintingBusy
        Others are being made. Asking again in a moment helps.
    PrintingFailed
        It took too long, or too much memory.
    """
    page = render_to_string(template, context)
    order = {"page": page, "fonts": _fonts()}
    try:
        with _TURNS.taken():
            return _run(json.dumps(order).encode())
    except SearchesBusy as error:
        raise PrintingBusy(
            _("Other maps are being printed just now. Try again in a few seconds.")
        ) from error


def _run(order: bytes) -> bytes:
    command = [sys.executable, "-m", "maps.paper.child"]
    try:
        # Nothing of our environment: no password, no address of a database.
        done = subprocess.run(
            command,
            input=order,
            capture_output=True,
            timeout=_MOST_S,
            cwd=settings.BASE_DIR,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PrintingFailed(_too_much()) from None
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise PrintingFailed(_too_much())
    if _NO_LIBRARY in done.stderr:
        _log.error("No PDF can be made: a package of the system is missing. See docs/operators.")
        raise PrintingFailed(_("This service cannot make PDFs just now. The preview still works."))
    if done.returncode:
        # A fault of ours, and never a word of the page in it.
        raise RuntimeError(f"maps.paper.child failed: {done.stderr[-2000:].decode()}")
    return done.stdout


def _too_much() -> str:
    return _(
        "This map has too much on it to print. Take some layers off, or choose a larger scale or "
        "smaller paper."
    )


def _fonts() -> dict[str, str]:
    """Return where the typeface lies, as far as the front end has been built."""
    found = {name: finders.find(path) for name, path in _FONTS.items()}
    return {name: str(Path(path)) for name, path in found.items() if isinstance(path, str)}
