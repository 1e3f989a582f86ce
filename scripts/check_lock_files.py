"""Finds lock files that name a host: where packages come from is for each machine to say."""

import json
import re

from scripts.steps import ROOT

_ADDRESS = re.compile(r"^(?!\s*#).*(https?|file)://", re.IGNORECASE)
_INDEX_OPTION = re.compile(r"^\s*(--(extra-)?index-url|--find-links|--trusted-host|-i|-f)\b")


def find_faults() -> list[str]:
    return [*_in_requirements(), *_in_npm_configuration(), *_in_package_lock()]


def _in_requirements() -> list[str]:
    return [
        f"{path.relative_to(ROOT)}, line {number}: names a host; run `make lock`."
        for path in sorted((ROOT / "requirements").glob("*.txt"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _ADDRESS.match(line) or _INDEX_OPTION.match(line)
    ]


def _in_npm_configuration() -> list[str]:
    return [
        f".npmrc, line {number}: names a registry; leave that to the machine."
        for number, line in enumerate((ROOT / ".npmrc").read_text().splitlines(), start=1)
        if "registry" in line.replace("omit-lockfile-registry-resolved", "")
    ]


def _in_package_lock() -> list[str]:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    faults = []
    for name, package in packages.items():
        if "resolved" in package:
            faults.append(f"package-lock.json, {name}: says where it was resolved; remove that.")
        if name and "integrity" not in package and not package.get("link"):
            faults.append(f"package-lock.json, {name}: has no integrity hash.")
    return faults
