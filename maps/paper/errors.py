"""What can go wrong between a page and its PDF.

PaperError
├── PrintingBusy      others are being printed; asking again helps
└── PrintingFailed    more than a page may take, in seconds or in memory
"""


class PaperError(Exception):
    """A PDF that cannot be made just now, or as asked."""


class PrintingBusy(PaperError):
    """As many PDFs are being made as one process makes at a time."""


class PrintingFailed(PaperError):
    """Making it took too long or too much memory."""
