"""Notices by e-mail, to the addresses in NOTICES_EMAIL."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from importers.notices.message import Message, NotSent


def send_email(message: Message) -> None:
    """Send ``message`` to every address of the settings.

    Raises
    ------
    NotSent
        The mail server cannot be reached or will not take it.
    """
    try:
        EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.as_text(),
            to=settings.NOTICES_EMAIL,
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
    except (OSError, SMTPException) as error:
        raise NotSent(f"E-mail: {settings.EMAIL_HOST} did not take it ({error}).") from error
