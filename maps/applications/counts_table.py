"""The counts of a search as a table for spreadsheets."""

import csv
import re

from django.http import HttpResponse
from django.utils.translation import gettext as _

from maps.applications.counting import Counted

# A spreadsheet runs a cell that begins so as a formula.
_DANGEROUS = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_NAME = "planning-applications-counts.csv"


def write_counts(counted: Counted) -> HttpResponse:
    """Return a line for each bar, and for those in none; each way of counting adds up to all."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_NAME}"'
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow([_("Counted by"), _("Value"), _("Applications")])
    for breakdown in counted.breakdowns:
        for bar in breakdown.bars:
            table.writerow([breakdown.heading, _cell(bar.label), bar.count])
        if breakdown.left_over:
            table.writerow([breakdown.heading, breakdown.left_over_words, breakdown.left_over])
    table.writerow([_("All"), "", counted.total])
    return response


def _cell(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text
