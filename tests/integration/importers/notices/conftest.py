"""Servers on this machine that notices may be sent to."""

from tests.integration.importers.fetch.conftest import _drop_editions, serve

__all__ = ["_drop_editions", "serve"]
