"""The process that makes one PDF: ``python -m maps.paper.child``, page in, PDF out.

It knows no Django and no database, and opens nothing but the typeface's files: whatever a page
names besides is refused. What grows or hangs in it ends with it.
"""

import json
import os
import resource
import sys
from typing import Any

_MOST_MEMORY = 2 << 30
_MOST_CPU_S = 30
_NICE = 5


def main() -> None:
    """Read an order, ``{"page": HTML, "fonts": {address: file}}``, and write the PDF."""
    order = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    # Answers to other people come first.
    os.nice(_NICE)
    sys.stdout.buffer.write(_make(order["page"], order["fonts"]))


def _make(page: str, fonts: dict[str, str]) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from maps.paper.long_paths import draw_long_paths_quickly

    draw_long_paths_quickly()
    fetcher = _fetcher(fonts)
    document = weasyprint.HTML(string=page, base_url="asset:", url_fetcher=fetcher)
    made: bytes = document.write_pdf(
        font_config=FontConfiguration(), pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return made


def _fetcher(fonts: dict[str, str]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):
        """Opens the typeface, and nothing else whatever it is called."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in fonts:
                raise ValueError("Pages for paper fetch nothing.")
            with open(fonts[url], "rb") as file:
                return URLFetcherResponse(url, file.read(), {"Content-Type": "font/woff2"})

    return OnlyFonts(allowed_protocols=())


if __name__ == "__main__":
    main()
