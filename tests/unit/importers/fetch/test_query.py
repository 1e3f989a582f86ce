"""What is asked of a server is added to what its address asks already."""

from importers.fetch.address import parse_address
from importers.fetch.query import ask_for, beneath


def test_parameters_are_added_and_those_of_the_same_name_replaced():
    address = parse_address("https://a.example.org/wfs?map=trees&VERSION=1.0.0")

    asked = ask_for(address, version="2.0.0", typeNames="ms:trees", where="name = 'Oak & Ash'")

    assert asked.target == (
        "/wfs?map=trees&version=2.0.0&typeNames=ms:trees&where=name%20%3D%20%27Oak%20%26%20Ash%27"
    )


def test_a_name_stays_one_step_of_a_path():
    address = parse_address("https://a.example.org/ogc/")

    assert beneath(address, "collections", "a/../b") == "/ogc/collections/a%2F..%2Fb"
