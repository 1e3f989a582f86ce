"""One sample city for all of its tests."""

from pathlib import Path

import pytest

from sample_city.city import DEFAULT_SEED, write_sample_city
from sample_city.ground import Ground, lay_ground


@pytest.fixture(scope="session")
def ground() -> Ground:
    return lay_ground(DEFAULT_SEED)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_sample_city(tmp_path_factory.mktemp("city"))
