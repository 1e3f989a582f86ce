"""A caller is counted under a digest of its network and of the minute."""

from typing import Any

import pytest

from access.callers import address_of, digest_of, network_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("2001:db8:1:2::1", "2001:0DB8:0001:0002::0001"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_one_household_is_one_caller(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("192.0.2.1", "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:3::1")],
)
def test_neighbours_are_two(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)


@pytest.mark.parametrize("address", ["", "localhost", "1.2.3", "' OR 1=1", "a" * 10_000])
def test_what_is_no_address_is_one_caller_together(address: str) -> None:
    assert network_of(address) == "unknown"


def test_a_digest_tells_nothing_and_is_another_in_every_minute() -> None:
    digest = digest_of("192.0.2.1", "address", 29_000_000)

    assert len(digest) == 32
    assert "." not in digest
    assert digest == digest_of("192.0.2.1", "address", 29_000_000)
    assert digest != digest_of("192.0.2.1", "address", 29_000_001)
    assert digest != digest_of("192.0.2.1", "address-tiles", 29_000_000)
    assert digest != digest_of("192.0.2.2", "address", 29_000_000)


def test_without_a_setting_no_header_says_who_asks(settings: Any) -> None:
    settings.CLIENT_ADDRESS_HEADER = ""
    environ = {
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_X_FORWARDED_FOR": "203.0.113.9",
        "HTTP_X_REAL_IP": "203.0.113.9",
        "HTTP_FORWARDED": "for=203.0.113.9",
    }

    assert address_of(environ) == "192.0.2.1"


def test_the_header_of_the_proxy_says_who_asks(settings: Any) -> None:
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"

    assert address_of({"REMOTE_ADDR": "10.0.0.2", "HTTP_X_REAL_IP": "203.0.113.9"}) == "203.0.113.9"
    assert address_of({"REMOTE_ADDR": "10.0.0.2"}) == "10.0.0.2"
