"""A report on its way to the layer's keeper, by e-mail."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from reports.models import Report

_AT_A_TIME = 50

logger = logging.getLogger(__name__)


def send_reports() -> int:
    """Send what has not been sent, oldest first, and return how many went.

    What a mail server does not take is tried again the next time. Without any address to
    send to, a report waits at the desk alone and counts as sent.
    """
    unsent = Report.objects.filter(sent_at=None).select_related("layer__organisation")
    sent = 0
    for report in unsent.order_by("id")[:_AT_A_TIME]:
        if not _send(report):
            break
        report.sent_at = timezone.now()
        report.save(update_fields=["sent_at"])
        sent += 1
    return sent


def _send(report: Report) -> bool:
    to = [report.layer.keeper_email] if report.layer.keeper_email else settings.NOTICES_EMAIL
    if not to:
        return True
    try:
        _message(report, to).send()
    except (OSError, SMTPException) as error:
        logger.error("Report %d was not sent: %s", report.pk, type(error).__name__)
        return False
    return True


def _message(report: Report, to: list[str]) -> EmailMessage:
    subject = f"[{report.layer.organisation.name}] {report.layer.title}: {report.title}"
    return EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=_body(report),
        to=to,
        reply_to=[report.email] if report.email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _body(report: Report) -> str:
    feature = f"Feature {report.fid}" if report.fid else "The layer as a whole"
    lines = [
        f"Somebody says: {report.get_kind_display()}.",
        report.text,
        f"{feature}, as edition {report.edition_id} of {report.layer.slug} showed it.",
        "They would like an answer: reply to this e-mail." if report.email else "",
        f"{settings.SITE_URL}/manage/reports/{report.pk}" if settings.SITE_URL else "",
    ]
    return "\n\n".join(line for line in lines if line) + "\n"
