"""What is true of every answer to a request that cannot be answered."""

import json
from collections.abc import Callable
from typing import Any


def refused(
    ask: Callable[..., Any], path: str, status: int = 400, **parameters: str
) -> dict[str, Any]:
    """Return the problem that a request is answered with."""
    response = ask(path, **parameters)
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem = json.loads(response.content)
    assert problem["status"] == status
    assert problem["type"].startswith("/api/problems#")
    assert problem["title"]
    assert len(problem["detail"]) < 500
    return problem
