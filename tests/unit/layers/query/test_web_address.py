"""Only what is the address of a web page is made a link."""

import pytest

from layers.query.web_address import web_address


@pytest.mark.parametrize("value", ["https://example.org/a", "HTTP://EXAMPLE.ORG", "http://[::1]/"])
def test_an_address_of_the_web_is_followed(value: str) -> None:
    assert web_address(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", "java\nscript:alert(1)",
        "\x01javascript:alert(1)", "data:text/html,x", "http", "http:///path", "//example.org",
        "//[", "http://[", "https://a]b", "http://example.com\uff03@example.org", "", None, 7,
        True, ["https://example.org"],
    ],
)  # fmt: skip
def test_nothing_else_is(value: object) -> None:
    assert web_address(value) == ""
