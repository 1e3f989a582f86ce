"""What a catalogue says about fetching is understood, or refused by its key."""

import pytest

from importers.catalogue.fetch_keys import fetch_entry, host_names
from importers.catalogue.toml_table import TomlTable
from importers.errors import CatalogueInvalid

ADDRESS = "https://maps.example.gov.uk/wfs"


def table(**values):
    return TomlTable("smallville/trees.toml", values, "source")


def test_without_an_address_a_person_has_to_bring_it():
    assert fetch_entry(table()) is None


def test_a_wfs_is_understood():
    entry = fetch_entry(table(address=ADDRESS, service="wfs", type_name="ms:trees", page_size=50))

    assert (entry.service, entry.layer, entry.page_size) == ("wfs", "ms:trees", 50)
    assert entry.version == "2.0.0"


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"address": "http://maps.example.gov.uk/"}, "source.address", "https://"),
        ({"address": "https://10.0.0.1/"}, "source.address", "number"),
        ({"address": "ftp://maps.example.gov.uk/"}, "source.address", "cannot be fetched"),
        ({"address": "https://u:p@a.example.org/"}, "source.address", "password"),
        ({"service": "wfs", "type_name": "trees"}, "source.address", "is missing"),
        ({"address": ADDRESS, "service": "wfs"}, "source.type_name", "is missing"),
        ({"address": ADDRESS, "service": "wsf"}, "source.service", 'Did you mean "wfs"?'),
        ({"address": ADDRESS, "where": "1=1"}, "source.where", 'for the service "arcgis"'),
        ({"address": ADDRESS, "service": "arcgis", "page_size": 0}, "source.page_size", "least 1"),
        (
            {"address": ADDRESS, "service": "planning-data", "page_size": 501},
            "source.page_size",
            "At most 500",
        ),
        (
            {"address": ADDRESS, "service": "wfs", "type_name": "a", "version": "3.0.0"},
            "source.version",
            "2.0.0, 1.1.0",
        ),
    ],
)
def test_what_cannot_be_fetched_is_refused_by_its_key(values, key, words):
    with pytest.raises(CatalogueInvalid) as caught:
        fetch_entry(table(**values))

    assert caught.value.key == key
    assert words in str(caught.value)


def test_hosts_are_names_alone():
    assert host_names(table(hosts=["maps.example.gov.uk"])) == {"maps.example.gov.uk"}


@pytest.mark.parametrize(
    "host", ["https://a.example.org", "a.example.org:443", "A.example.org", "*.gov.uk", "10.0.0.1"]
)
def test_what_is_more_than_a_name_is_refused(host):
    with pytest.raises(CatalogueInvalid, match="names of servers alone"):
        host_names(table(hosts=[host]))
