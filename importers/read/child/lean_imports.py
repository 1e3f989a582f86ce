"""Keeps the child from loading what reading has no use for."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_HIDDEN = frozenset(("pandas", "geopandas"))


class _Hide(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name in _HIDDEN:
            raise ModuleNotFoundError(f"{name} is not for the reader", name=name)
        return None


def hide_pandas() -> None:
    """Let pyarrow and pyogrio find no pandas, which they load where it is installed.

    It is in development and not in production; loading it takes half a second.
    """
    sys.meta_path.insert(0, _Hide())
