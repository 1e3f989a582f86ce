"""A lock file that names a host is found, whatever form it takes."""

import json
from pathlib import Path

import pytest

from scripts import check_lock_files

HASH = "sha512-abc"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/base.txt").write_text("a==1 \\\n    --hash=sha256:00\n    # via b\n")
    (tmp_path / ".npmrc").write_text("omit-lockfile-registry-resolved=true\n")
    write_package_lock(tmp_path, {"integrity": HASH})
    monkeypatch.setattr(check_lock_files, "ROOT", tmp_path)
    return tmp_path


def write_package_lock(folder: Path, package: dict[str, str]) -> None:
    lock = {"packages": {"": {"name": "x"}, "node_modules/a": package}}
    (folder / "package-lock.json").write_text(json.dumps(lock))


def test_locked_by_hash_alone_is_well(checkout: Path) -> None:
    assert check_lock_files.find_faults() == []


@pytest.mark.parametrize(
    "line", ["--index-url https://x.example/simple", "--find-links wheels", "a @ https://x/a.whl"]
)
def test_a_requirement_from_a_named_place_is_a_fault(checkout: Path, line: str) -> None:
    (checkout / "requirements/base.txt").write_text(f"a==1\n{line}\n")

    (fault,) = check_lock_files.find_faults()

    assert fault == "requirements/base.txt, line 2: names a host; run `make lock`."


def test_a_resolved_address_is_a_fault(checkout: Path) -> None:
    write_package_lock(checkout, {"integrity": HASH, "resolved": "https://x.example/a.tgz"})

    assert "says where it was resolved" in check_lock_files.find_faults()[0]


def test_a_package_without_a_hash_is_a_fault(checkout: Path) -> None:
    write_package_lock(checkout, {"version": "1"})

    assert "has no integrity hash" in check_lock_files.find_faults()[0]


def test_a_registry_in_npmrc_is_a_fault(checkout: Path) -> None:
    (checkout / ".npmrc").write_text("registry=https://x.example/\n")

    assert "names a registry" in check_lock_files.find_faults()[0]
