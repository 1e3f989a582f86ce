"""What a server says about itself, in words."""

from datetime import UTC, datetime

import pytest

from importers.fetch.judge import exception_text, retry_after_s

NOW = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3600", 3600),
        (" 0 ", 0),
        ("Wed, 04 Mar 2026 12:10:00 GMT", 600),
        ("Wed, 04 Mar 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header, seconds):
    assert retry_after_s(header, now=NOW) == seconds


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            b'<ows:Exception exceptionCode="NoApplicableCode">'
            b"<ows:ExceptionText>java.io.IOException\n"
            b"This connection has been closed.</ows:ExceptionText>",
            "NoApplicableCode: java.io.IOException This connection has been closed.",
        ),
        (
            b'<ServiceException code="LayerNotDefined">\n  msWFSGetFeature(): &lt;trees&gt; \n',
            "LayerNotDefined: msWFSGetFeature(): <trees>",
        ),
        (b"<html>", ""),
    ],
)
def test_an_exception_report_is_quoted(report, said):
    assert exception_text(report) == said
