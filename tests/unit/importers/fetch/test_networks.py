"""Only what anybody on the internet may be given is public."""

import pytest

from importers.fetch.networks import is_internal, is_public


@pytest.mark.parametrize("number", ["8.8.8.8", "51.140.1.1", "2a00:1450:4009::1", "2606:4700::1"])
def test_a_public_number_is_public_and_not_internal(number):
    assert is_public(number)
    assert not is_internal(number)


@pytest.mark.parametrize("number", ["10.1.2.3", "192.168.1.1", "127.0.0.1", "::1", "fd12::1"])
def test_a_number_of_a_network_of_ones_own_is_internal(number):
    assert is_internal(number)
    assert not is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        *("169.254.169.254", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "224.0.0.1", "ff02::1"),
        *("0.0.0.0", "::", "240.0.0.1", "255.255.255.255", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"),
        *("2002:808:808::", "2001:0:1::", "192.88.99.1", "198.18.0.1", "fec0::1", "not a number"),
    ],
)
def test_a_number_for_machinery_is_neither(number):
    assert not is_public(number)
    assert not is_internal(number)
