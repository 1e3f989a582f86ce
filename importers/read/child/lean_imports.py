"""Keeps the child from loading what reading has no use for."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Hide(MetaPathFinder):
    def __init__(self, *names: str) -> None:
        self._names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name in self._names:
            raise ModuleNotFoundError(f"{name} is not for the reader", name=name)
        return None


def hide_pandas() -> None:
    """Let pyarrow and pyogrio find no pandas, which they load where it is installed.

    It is in development and not in production; loading it takes half a second.
    """
    sys.meta_path.insert(0, _Hide("pandas", "geopandas"))


@contextmanager
def pyproj_hidden() -> Iterator[None]:
    """Let pyogrio find no pyproj, which is half of what it loads, while this lasts.

    It looks whether there is one, for data frames. We ask pyproj about sources that give their
    coordinate system as WKT, and most give a code.
    """
    hide = _Hide("pyproj")
    sys.meta_path.insert(0, hide)
    try:
        yield
    finally:
        sys.meta_path.remove(hide)
