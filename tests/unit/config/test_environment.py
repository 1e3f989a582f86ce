"""What is fetched from is read from the environment strictly: a slip must not open a network."""

from pathlib import Path

import pytest

from config.environment import SettingInvalid, read_hosts, read_integers, read_optional_path


def test_hosts_are_names_with_ports(monkeypatch):
    monkeypatch.setenv("FETCH_INTERNAL_HOSTS", "GIS.council.internal:443, maps.internal:8444")

    assert read_hosts("FETCH_INTERNAL_HOSTS") == ["gis.council.internal:443", "maps.internal:8444"]


@pytest.mark.parametrize(
    "value", ["gis.internal", "https://gis.internal:443", "*:443", "[::1]:443"]
)
def test_a_host_without_its_port_is_refused(monkeypatch, value):
    monkeypatch.setenv("FETCH_INTERNAL_HOSTS", value)

    with pytest.raises(SettingInvalid, match="name and a port"):
        read_hosts("FETCH_INTERNAL_HOSTS")


def test_nothing_is_allowed_unless_it_is_said(monkeypatch):
    for name in ("FETCH_INTERNAL_HOSTS", "FETCH_PORTS", "FETCH_CA_FILE"):
        monkeypatch.delenv(name, raising=False)

    assert read_hosts("FETCH_INTERNAL_HOSTS") == []
    assert read_integers("FETCH_PORTS", []) == []
    assert read_optional_path("FETCH_CA_FILE") is None


def test_ports_are_numbers(monkeypatch):
    monkeypatch.setenv("FETCH_PORTS", "8444, 9443")
    assert read_integers("FETCH_PORTS", []) == [8444, 9443]

    monkeypatch.setenv("FETCH_PORTS", "https")
    with pytest.raises(SettingInvalid, match="whole numbers"):
        read_integers("FETCH_PORTS", [])


def test_a_path_may_be_left_out(monkeypatch):
    monkeypatch.setenv("FETCH_CA_FILE", "/etc/ca.pem")

    assert read_optional_path("FETCH_CA_FILE") == Path("/etc/ca.pem")
