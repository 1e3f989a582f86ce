"""How a check reads a layer, and where the layer may say "no", right and wrong."""

import shutil
from pathlib import Path

import pytest

from importers.catalogue.constraint_entry import CoverageEntry
from importers.catalogue.entries import LayerEntry
from importers.catalogue.load import load_catalogue
from importers.errors import CatalogueInvalid

SMALLVILLE = Path(__file__).resolve().parents[3] / "fixtures" / "catalogue" / "smallville"
ZONES = 'template = "planning-data-conservation-area"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALLVILLE, tmp_path / "smallville"))


def _load(folder: Path, text: str) -> LayerEntry:
    (folder / "zones.toml").write_text(ZONES + text)
    return load_catalogue(folder).layers["zones"]


def test_what_is_said_is_stored_and_nothing_else(folder: Path) -> None:
    entry = _load(folder, "[constraint]\nmargin_m = 20\nmax_age_days = 400")

    assert entry.constraint.as_stored() == {
        "category": "Heritage and conservation",
        "margin_m": 20.0,
        "max_age_days": 400,
    }
    assert entry.coverage.as_stored() == {"area": "council"}


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("extent_27700 = [1, 2, 3, 4.5]", {"extent_27700": [1.0, 2.0, 3.0, 4.5]}),
        ('layer = "trees"', {"layer": "trees"}),
        ("features = true", {"features": True}),
        ("", {}),
    ],
)
def test_a_councils_coverage_takes_the_place_of_its_templates(
    folder: Path, said: str, stored: dict[str, object]
) -> None:
    assert _load(folder, f"[coverage]\n{said}").coverage.as_stored() == stored


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[constraint]\naccuracy_m = -1", "from 0 to 1000"),
        ("[constraint]\nmargin_m = 9000", "from 0 to 5000"),
        ("[constraint]\nmax_age_days = 0", "at least 1"),
        ('[constraint]\nrights_field = "rigths"', "is not a public field. Write one of"),
        ("[constraint]\nacuracy_m = 2", 'Did you mean "accuracy_m"'),
        ('[coverage]\narea = "county"', 'is not "council"'),
        ('[coverage]\narea = "council"\nfeatures = true', "State the area in one way"),
        ("[coverage]\nfeatures = false", "Leave it out"),
        ('[coverage]\nlayer = "zones"', "names the layer itself"),
        ('[coverage]\nlayer = "treess"', "is not a layer of this council"),
        ("[coverage]\nextent_27700 = [1, 2, 3]", "is no box"),
        ("[coverage]\nextent_27700 = [3, 2, 1, 4]", "is no box"),
        ('[coverage]\nextent_27700 = [1, 2, 3, "4"]', "Write numbers from 0"),
        ("[use]\nconstraint = false\n[constraint]\nmargin_m = 2", "Add constraint = true"),
    ],
)
def test_what_no_check_could_use_is_refused(folder: Path, text: str, complaint: str) -> None:
    with pytest.raises(CatalogueInvalid, match=complaint):
        _load(folder, text)


def test_a_template_may_be_used_for_a_layer_that_limits_nothing(folder: Path) -> None:
    entry = _load(folder, "[use]\nconstraint = false")

    assert not entry.is_constraint


def test_nothing_is_stated_unless_somebody_does(folder: Path) -> None:
    assert load_catalogue(folder).layers["trees"].coverage == CoverageEntry()
