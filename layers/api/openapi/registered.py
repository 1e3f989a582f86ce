"""Paths that domain apps answer under `/api/`: each app registers its own part."""

from collections.abc import Callable
from typing import Any

PathsOf = Callable[[], dict[str, Any]]

_registered: dict[str, PathsOf] = {}


def register_paths(app: str, paths_of: PathsOf) -> None:
    """Have ``paths_of`` asked for an app's paths whenever the definition is made.

    Parameters
    ----------
    app
        The app's name: registered again, it replaces what it said before.
    paths_of
        Returns OpenAPI path items by their path below `/api`, made by `parts.operation`.
    """
    _registered[app] = paths_of


def registered_paths() -> dict[str, Any]:
    """Return every app's paths, in the order in which the apps registered."""
    return {path: item for paths_of in _registered.values() for path, item in paths_of().items()}
