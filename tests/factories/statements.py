"""Counting what is asked of the database, by Django's models and by the layers' own reads."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connections

from layers.query import run


@contextmanager
def noted_statements() -> Iterator[list[str]]:
    """Yield the statements of this thread on every connection, which are added as they run."""
    noted: list[str] = []

    def note(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        noted.append(statement)
        return execute(statement, *rest)

    plain_execute = run._execute

    def note_read(connection: Any, statement: Any, *rest: Any) -> Any:
        noted.append(statement if isinstance(statement, str) else statement.as_string(None))
        return plain_execute(connection, statement, *rest)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        stack.enter_context(patch.object(run, "_execute", note_read))
        yield noted
