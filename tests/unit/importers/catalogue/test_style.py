"""How a layer is drawn, right and wrong."""

import shutil
from pathlib import Path

import pytest

from importers.catalogue.load import load_catalogue
from importers.errors import CatalogueInvalid

SMALLVILLE = Path(__file__).resolve().parents[3] / "fixtures" / "catalogue" / "smallville"
CLASSES = """colour = "#1b5e20"
by = "species"
symbol = "star"
min_zoom = 14

[[style.classes]]
value = "Oak"
colour = "#4e342e"
symbol = "square"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALLVILLE, tmp_path / "smallville"))


def _written(folder: Path, style: str) -> Path:
    trees = folder / "trees.toml"
    trees.write_text(trees.read_text().replace('colour = "#1b5e20"', style))
    return folder


def test_only_what_is_not_as_usual_is_stored(folder: Path) -> None:
    style = load_catalogue(_written(folder, CLASSES)).layers["trees"].style

    assert style.as_stored() == {
        "colour": "#1b5e20",
        "symbol": "star",
        "min_zoom": 14,
        "by": "species",
        "classes": [
            {
                "value": "Oak",
                "title": "Oak",
                "colour": "#4e342e",
                "line": "solid",
                "fill": "plain",
                "symbol": "square",
            }
        ],
    }


@pytest.mark.parametrize(
    ("style", "complaint"),
    [
        ('colour = "#1b5e20"\nsymbol = "hexagon"', "Write one of: circle"),
        ('colour = "#1b5e20"\nmin_zoom = 21', "from 0 to 20"),
        ('colour = "#1b5e20"\nby = "species"', "belong together"),
        ('colour = "#1b5e20"\nlabel = "surveyor"', "not a public field with queryable = true"),
        (CLASSES.replace('"species"', '"speces"'), "not a public field with queryable = true"),
        (CLASSES.replace("#4e342e", "#ffe680"), "Choose a darker colour"),
    ],
)
def test_a_style_that_cannot_be_drawn_is_refused(folder: Path, style: str, complaint: str) -> None:
    with pytest.raises(CatalogueInvalid, match=complaint):
        load_catalogue(_written(folder, style))
