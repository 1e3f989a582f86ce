"""An address is understood in one way, or not at all."""

import pytest

from importers.errors import AddressRefused
from importers.fetch.address import looks_like_address, parse_address, shown


def test_the_parts_of_an_address():
    address = parse_address("HTTPS://Maps.Example.GOV.uk:8443/a%20b/trees.csv?x=1&y=/2")

    assert (address.scheme, address.host, address.port) == ("https", "maps.example.gov.uk", 8443)
    assert (address.path, address.query) == ("/a%20b/trees.csv", "x=1&y=/2")
    assert address.file_name == "trees.csv"
    assert str(address) == "https://maps.example.gov.uk:8443/a%20b/trees.csv?x=1&y=/2"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://a.example.org", "/"),
        ("https://a.example.org?x=1", "/?x=1"),
        ("https://a.example.org/", "/"),
    ],
)
def test_a_path_is_always_there(text, target):
    assert parse_address(text).target == target


def test_the_usual_port_is_not_written():
    assert parse_address("https://a.example.org:443/").place == "a.example.org"


@pytest.mark.parametrize(
    ("reference", "joined"),
    [
        ("/b?c=1", "https://a.example.org:8443/b?c=1"),
        ("b", "https://a.example.org:8443/x/b"),
        ("//b.example.org/c", "https://b.example.org/c"),
        ("https://b.example.org/c", "https://b.example.org/c"),
    ],
)
def test_a_reference_leads_on_from_where_it_stands(reference, joined):
    assert str(parse_address("https://a.example.org:8443/x/y").join(reference)) == joined


def test_a_reference_is_held_to_the_same_rules():
    with pytest.raises(AddressRefused):
        parse_address("https://a.example.org/").join("https://user:pw@a.example.org/")


@pytest.mark.parametrize("text", ["trees.csv", "/data/trees.csv", "~/trees.csv", "./a:b.csv"])
def test_a_path_does_not_look_like_an_address(text):
    assert not looks_like_address(text)


def test_what_is_shown_is_short_and_without_a_password():
    text = shown("https://user:secret@a.example.org/" + "a" * 900 + "\n")

    assert "secret" not in text
    assert len(text) <= 121
