"""``.env.example`` explains every variable that the code reads."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# Said by one of our processes to another, not by an operator.
_INTERNAL = {"IS_WEB_PROCESS", "PROMETHEUS_MULTIPROC_DIR", "DJANGO_SETTINGS_MODULE", "PATH"}
_READ = re.compile(
    r"""(?:env\.read_\w+|os\.environ\.get|os\.environ\.setdefault)\(\s*"([A-Z_]+)"|"""
    r"""os\.environ\["([A-Z_]+)"\]"""
)


def names_read() -> set[str]:
    files = [*(ROOT / "config").glob("*.py"), *(ROOT / "scripts").glob("*.py")]
    found = {name for path in files for match in _READ.findall(path.read_text()) for name in match}
    return found - _INTERNAL - {"", "DRILL_SEED"}


@pytest.mark.parametrize("name", sorted(names_read()))
def test_it_explains(name: str) -> None:
    text = (ROOT / ".env.example").read_text()

    assert re.search(rf"^#.+\n#{name}=", text, re.MULTILINE), f"{name} is not explained"
