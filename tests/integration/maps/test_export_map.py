"""The command that writes a map as one file."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from shapely import Point

from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])
SECRET = "Olive Officer"


@pytest.fixture(autouse=True)
def _publish() -> None:
    fields = [
        make_field("name"),
        make_field("count", "integer", is_queryable=True),
        make_field("keeper", is_public=False),
    ]
    features = [
        MadeFeature(
            f"{n}",
            Point(406000 + n * 100, 286000),
            {"name": f"Tree {n}", "count": n},
            restricted={"keeper": SECRET},
        )
        for n in range(5)
    ]
    publish_features(make_layer("trees", fields=fields), features)


def test_a_filter_leaves_the_others_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "map.html"
    call_command("export_map", "trees", "--output", str(file), "--where", "count > 2")

    assert "2 features of 1 layers" in capsys.readouterr().out
    text = file.read_text()
    assert "Tree 4" in text
    assert "Tree 1" not in text
    assert SECRET not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "There is no layer called “nothing”"),
        (["trees", "--where", "height > 2"], "has no queryable “height”"),
        (["trees", "--where", "count >"], "trees:"),
        (["trees", "--most-mb", "0.0001"], "--most-mb"),
        (["trees", "--output", "/nowhere/at/all.html"], "not written"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("export_map", *arguments)
