"""The compose file keeps its promises: who holds which password, who is reachable."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def services() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert isinstance(found, dict)
    return found


def test_the_web_process_does_not_hold_the_owners_password(services: dict[str, Any]) -> None:
    assert "OWNER_PASSWORD" not in str(services["web"]["environment"])
    assert "WEB_PASSWORD" in str(services["web"]["environment"])


def test_the_web_process_and_the_worker_share_the_inbox_and_files_to_send_and_nothing_else(
    services: dict[str, Any],
) -> None:
    web, worker = services["web"], services["worker"]

    inbox, exports = web["environment"]["INBOX_DIR"], web["environment"]["EXPORTS_DIR"]
    assert worker["environment"]["INBOX_DIR"] == inbox
    assert worker["environment"]["EXPORTS_DIR"] == exports
    assert web["volumes"] == [f"inbox:{inbox}", f"exports:{exports}:ro"]
    assert {f"inbox:{inbox}", f"exports:{exports}"} <= set(worker["volumes"])


def test_only_nginx_is_reachable_from_outside(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]


@pytest.mark.parametrize("name", ["db", "nginx"])
def test_images_of_others_are_pinned(name: str, services: dict[str, Any]) -> None:
    _, _, tag = services[name]["image"].partition(":")

    assert tag[:1].isdigit()


def test_every_file_that_is_mounted_is_in_the_repository(services: dict[str, Any]) -> None:
    mounted = [
        volume.partition(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]

    assert mounted
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_who_asks_is_said_by_nginx_alone(services: dict[str, Any]) -> None:
    text = (ROOT / "deploy/nginx.conf").read_text()

    assert services["web"]["environment"]["CLIENT_ADDRESS_HEADER"] == "X-Real-IP"
    assert "proxy_set_header X-Real-IP $remote_addr;" in text
    for header in ("X-Forwarded-For", "Forwarded", "X-Forwarded-Host"):
        assert f'proxy_set_header {header} "";' in text


def test_only_the_service_compresses() -> None:
    text = (ROOT / "deploy/nginx.conf").read_text()

    assert "gzip off;" in text
    assert "gzip on;" not in text


def test_nginx_writes_no_query_and_no_readers_address() -> None:
    text = (ROOT / "deploy/nginx.conf").read_text()
    log_format = text[text.index("log_format") : text.index("access_log")]

    for variable in ("$request ", "$request_uri", "$args", "$uri", "$remote_addr", "$http_referer"):
        assert variable not in log_format


def test_the_worker_is_told_whom_to_tell(services: dict[str, Any]) -> None:
    environment = services["worker"]["environment"]

    assert environment["NOTICES_EMAIL"] == "${NOTICES_EMAIL:-}"
    assert "OWNER_PASSWORD" in environment["DATABASE_URL"]
