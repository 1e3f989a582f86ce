"""Says what an answer is when it is not the data that was asked for."""

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from importers.errors import FetchFailed, SourceUnreadable
from importers.fetch.address import shown
from importers.fetch.client import Answer
from importers.read.form import recognise

_LONGEST_SAID = 300
_LOGIN = re.compile(rb"log.?in|sign.?in|password|sso|saml|authenticat", re.IGNORECASE)
_EXCEPTION = re.compile(
    rb"<(?:[\w.-]+:)?(?:ExceptionText|ServiceException|Exception)\b[^>]*>([^<]+)", re.IGNORECASE
)
_EXCEPTION_CODE = re.compile(rb"(?:exceptionCode|code)\s*=\s*[\"']([\w.-]{1,60})[\"']")
_NOT_DATA = ("text/html", "image/", "video/", "audio/")
_LOGIN_STATUSES = (401, 403, 407, 511)


def judge_status(answer: Answer) -> None:
    """Raise for every status but 200, and 304, which says that nothing has changed.

    Raises
    ------
    FetchFailed
        ``SOURCE-LOGIN``, ``SOURCE-GONE``, ``SOURCE-BUSY``, ``SOURCE-PARTIAL``, ``SOURCE-ERROR``.
    SourceUnreadable
        ``EMPTY-FILE``.
    """
    where, status = shown(str(answer.address)), answer.status
    if status in (200, 304):
        return
    if status in (204, 205):
        raise _empty(where)
    if status in _LOGIN_STATUSES:
        raise FetchFailed(
            f"{where} wants somebody to sign in (status {status}). Ask its owner for a public "
            "address of the data, or download the file and give its path.",
            code="SOURCE-LOGIN",
        )
    if status in (404, 410):
        raise FetchFailed(
            f"There is nothing at {where} any more (status {status}). Look for where its owner "
            "has moved it, and write that into the catalogue.",
            code="SOURCE-GONE",
        )
    if status in (429, 503):
        raise _busy(where, answer)
    if status == 206:
        raise FetchFailed(
            f"{where} answered with a part of the data only (status 206).", code="SOURCE-PARTIAL"
        )
    said = exception_text(answer.error_text)
    raise FetchFailed(
        f"{where} answered with an error (status {status}){f': {said}' if said else ''}. "
        "Ask again later, or tell the people who run it.",
        code="SOURCE-ERROR",
        can_retry=status >= 500 or status == 408,
    )


def judge_body(answer: Answer, head: bytes) -> None:
    """Raise unless the first bytes of a body may be those of data.

    Raises
    ------
    FetchFailed
        ``SOURCE-LOGIN``, ``SOURCE-HTML``, ``SOURCE-ERROR``, ``SOURCE-TYPE``, ``SOURCE-REDIRECTS``.
    SourceUnreadable
        ``EMPTY-FILE``.
    """
    where = shown(str(answer.address))
    if "refresh" in answer.headers:
        raise FetchFailed(
            f"{where} sends browsers on to another page (Refresh). Open it in a browser and give "
            "the address of the file itself.",
            code="SOURCE-REDIRECTS",
        )
    if not head.strip():
        raise _empty(where)
    kind = recognise(head).kind
    if kind == "html":
        raise _web_page(where, head)
    if kind == "server-error":
        raise FetchFailed(
            f"{where} answered with an error report instead of data: "
            f"{exception_text(head) or 'it gives no reason'}. Check the address and what it asks "
            "for; if they are right, tell the people who run it.",
            code="SOURCE-ERROR",
        )
    content_type = answer.headers.get("content-type", "").strip().lower()
    if content_type.startswith(_NOT_DATA):
        raise FetchFailed(
            f"{where} says that it answers with {content_type[:60]}, which no data is. "
            "Open it in a browser and see what it is.",
            code="SOURCE-TYPE",
        )


def exception_text(head: bytes) -> str:
    """Return what an OGC exception report says, its code first; empty if it says nothing."""
    code, texts = _EXCEPTION_CODE.search(head), _EXCEPTION.findall(head)
    words = [text.decode(errors="replace") for text in texts if text.strip()][:1]
    if code:
        words.insert(0, f"{code[1].decode()}:")
    said = " ".join(html.unescape(" ".join(words)).split())
    return "".join(character for character in said if character.isprintable())[:_LONGEST_SAID]


def _web_page(where: str, head: bytes) -> FetchFailed:
    if _LOGIN.search(head):
        return FetchFailed(
            f"{where} answered with a web page that asks to sign in, not with data. Ask its owner "
            "for a public address, or download the file and give its path.",
            code="SOURCE-LOGIN",
        )
    return FetchFailed(
        f"{where} answered with a web page (HTML), not with data. Open it in a browser and copy "
        "the address of the file itself.",
        code="SOURCE-HTML",
    )


def _empty(where: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The answer of {where} is empty. Open it in a browser and see whether the file is there.",
        code="EMPTY-FILE",
    )


def _busy(where: str, answer: Answer) -> FetchFailed:
    seconds = retry_after_s(answer.headers.get("retry-after", ""), now=datetime.now(UTC))
    when = "later" if seconds is None else f"in {seconds:,} seconds, not before"
    return FetchFailed(
        f"{where} has too much to do (status {answer.status}). Ask again {when}.",
        code="SOURCE-BUSY",
        can_retry=True,
        retry_after_s=seconds,
    )


def retry_after_s(header: str, *, now: datetime) -> int | None:
    """Return the seconds that ``Retry-After`` asks for, as a number or a date; None without any."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:12]), 10**9)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, round((aware - now).total_seconds()))
