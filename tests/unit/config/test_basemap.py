"""What lies under every map is chosen by the environment, and refused when it cannot be meant."""

import pytest

from config.basemap import PictureTiles, read_basemap
from config.environment import SettingInvalid


def _set(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_our_own_layers_are_the_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BASEMAP", raising=False)
    assert read_basemap() == "own"


def test_nothing_is_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, BASEMAP="none")
    assert read_basemap() is None


def test_an_xyz_server_is_asked_as_its_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(
        monkeypatch,
        BASEMAP="xyz",
        BASEMAP_URL="https://tiles.example:8443/osm/{z}/{x}/{y}.png",
        BASEMAP_ATTRIBUTION="© OpenStreetMap contributors",
        BASEMAP_MAX_ZOOM="18",
    )
    found = read_basemap()
    assert isinstance(found, PictureTiles)
    assert (found.origin, found.max_zoom) == ("https://tiles.example:8443", 18)


def test_os_maps_has_its_key_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, BASEMAP="os-maps", OS_MAPS_API_KEY="a key&more")
    found = read_basemap()
    assert isinstance(found, PictureTiles)
    assert found.url == (
        "https://api.os.uk/maps/raster/v1/zxy/Light_3857/{z}/{x}/{y}.png?key=a%20key%26more"
    )
    assert (found.origin, found.max_zoom) == ("https://api.os.uk", 16)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"BASEMAP": "google"}, "none of own"),
        ({"BASEMAP": "os-maps"}, "OS_MAPS_API_KEY is not set"),
        ({"BASEMAP": "os-maps", "OS_MAPS_API_KEY": "k", "OS_MAPS_STYLE": "Dark"}, "Outdoor"),
        ({"BASEMAP": "os-maps", "OS_MAPS_API_KEY": "k", "BASEMAP_MAX_ZOOM": "21"}, "1 and 20"),
        ({"BASEMAP": "xyz"}, "BASEMAP_URL needs"),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "http://tiles.example/{z}/{x}/{y}"}, "https://"),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "https://tiles.example/{z}/{x}.png"}, "{y} is missing"),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "https://{s}.tiles.example/{z}/{x}/{y}"}, "one host"),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "https://*.example/{z}/{x}/{y}"}, "one host"),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "https://me:pw@tiles.example/{z}/{x}/{y}"}, "one host"),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "https://a.example;b.example/{z}/{x}/{y}"}, "one host"),
        (
            {"BASEMAP": "xyz", "BASEMAP_URL": "https://a.example/{z}/{x}/{y}?key={key}"},
            "{key}, whi",
        ),
        ({"BASEMAP": "xyz", "BASEMAP_URL": "https://a.example/{z}/{x}/{y}?key={"}, "{, which"),
        (
            {"BASEMAP": "xyz", "BASEMAP_URL": "https://a.example/{z}/{x}/{y}{r}"},
            "ATTRIBUTION is not",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str
) -> None:
    _set(monkeypatch, **variables)
    with pytest.raises(SettingInvalid, match=words):
        read_basemap()
