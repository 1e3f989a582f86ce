"""Installs through apt what the machine lacks, and only that."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.steps import StepFailed, run_step

# Chromium has no typeface of its own.
_FONT_PACKAGE = "fonts-liberation2"


@dataclass(frozen=True)
class Need:
    """Something that must be on the machine, and the Debian package that brings it."""

    name: str
    package: str
    is_met: Callable[[], bool]


def _has_program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _has_file(root: str, pattern: str) -> Callable[[], bool]:
    return lambda: next(Path(root).glob(pattern), None) is not None


# The package of PostGIS brings PostgreSQL and, as libraries of its own, GDAL, GEOS and PROJ.
_FOR_SERVICE = (
    Need(
        "PostgreSQL with PostGIS",
        "postgresql-postgis",
        _has_file("/usr/share/postgresql", "*/extension/postgis.control"),
    ),
    Need("bubblewrap, the importers' sandbox", "bubblewrap", _has_program("bwrap")),
    Need(
        "Pango, which sets the words of maps for paper",
        "libpangoft2-1.0-0",
        _has_file("/usr/lib", "*/libpangoft2-1.0.so.0"),
    ),
    Need(
        "HarfBuzz's subsets, which put typefaces into PDFs",
        "libharfbuzz-subset0",
        _has_file("/usr/lib", "*/libharfbuzz-subset.so.0"),
    ),
    Need(
        "Python's venv",
        f"python3.{sys.version_info.minor}-venv",
        lambda: importlib.util.find_spec("ensurepip") is not None,
    ),
)
_FOR_TESTS = (
    Need("Chromium", "chromium", _has_program("chromium")),
    Need("a typeface", _FONT_PACKAGE, _has_file("/usr/share/fonts", "truetype/liberation*/*.ttf")),
    Need("GDAL's programs", "gdal-bin", _has_program("ogr2ogr")),
    # Playwright brings a Node of its own, which does not start without.
    Need("libatomic", "libatomic1", _has_file("/usr/lib", "*/libatomic.so.1")),
)


def install_for_service() -> None:
    _install(_FOR_SERVICE)


def install_for_tests() -> None:
    _install((*_FOR_SERVICE, *_FOR_TESTS))


def _install(needs: Iterable[Need]) -> None:
    missing = [need for need in needs if not need.is_met()]
    if not missing:
        return
    as_root = _root_prefix(missing)
    quietly = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    packages = [need.package for need in missing]
    run_step("Reading the list of system packages", [*quietly, "update"])
    run_step(
        f"Installing {', '.join(need.name for need in missing)}",
        [
            *quietly,
            *("-o", "DPkg::Lock::Timeout=120"),
            *("install", "--yes", "--no-install-recommends"),
            *packages,
        ],
    )
    if left := [need.name for need in missing if not need.is_met()]:
        raise StepFailed(f"After installing {', '.join(packages)} there is still no {left[0]}.")


def _root_prefix(missing: Iterable[Need]) -> list[str]:
    wanted = "Not installed: " + "; ".join(f"{need.name} ({need.package})" for need in missing)
    if shutil.which("apt-get") is None:
        raise StepFailed(
            f"{wanted}. This machine has no apt-get: install them its own way, then start again."
        )
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise StepFailed(
            f"{wanted}. Installing needs root, and there is no sudo: start once as root."
        )
    return ["sudo"]
