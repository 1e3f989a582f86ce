"""A kept check as a PDF for a decision file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maps.context import council
from maps.paper.errors import PrintingBusy, PrintingFailed
from maps.paper.pdf import render_pdf
from maps.planning_check.drawn import IN_PDF_MM, draw_check_map
from maps.planning_check.page import describe_check
from maps.views.kept_checks import of_a_kept_check
from planning.receipts.asides import asides_of
from planning.receipts.keep import KeptCheck

_RETRY_AFTER_S = 5


@of_a_kept_check
def send_pdf(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    page = describe_check(kept.check, asides_of(kept.id))
    address = request.build_absolute_uri(reverse("maps:kept-check", args=[kept.id]))
    context = {
        "page": page,
        "kept": kept,
        "drawn": draw_check_map(page, IN_PDF_MM),
        "address": address,
        **council(request),
    }
    try:
        pdf = render_pdf("maps/check/paper.html", context)
    except (PrintingBusy, PrintingFailed) as error:
        response = render(
            request, "maps/check/not_printed.html", {"kept": kept, "error": str(error)}, status=503
        )
        response.headers["Retry-After"] = str(_RETRY_AFTER_S)
        return response
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="check-{kept.id}.pdf"'
    return response
