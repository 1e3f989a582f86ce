"""The command that fetches what is due."""

import json

import pytest
from django.core import mail

from importers.models import ImportRun, Notice
from layers.models import Layer
from layers.publish import roll_back, withdraw_layer
from tests.factories.https_server import Reply
from tests.integration.importers.refresh.installation import Installation
from tests.integration.importers.smallville import good_trees

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def test_what_is_due_is_fetched_and_published_and_then_no_longer_due(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")

    first = smallville.manage("refresh_layers")
    second = smallville.manage("refresh_layers")

    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("trees: Published. 3 features; 3 added")
    assert (second.returncode, second.stdout.split(".")[0]) == (0, "No layer is due")
    assert ImportRun.objects.get().asked_by.endswith("at the command line")


def test_a_named_layer_is_fetched_whether_or_not_it_is_due(smallville: Installation) -> None:
    smallville.serve_trees("T1", "T2", "T3", etag='"one"')
    smallville.manage("refresh_layers")

    again = smallville.manage("refresh_layers", "trees", "--json")

    (report,) = json.loads(again.stdout)["layers"]
    assert (again.returncode, report["outcome"]) == (0, "unchanged")


def test_a_source_that_a_check_stops_ends_with_1_and_one_that_cannot_be_read_with_2(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1")  # Smallville's catalogue wants three
    stopped = smallville.manage("refresh_layers")
    smallville.reply = Reply(
        b"<html><body>Sorry</body></html>", headers={"Content-Type": "text/html"}
    )
    unreadable = smallville.manage("refresh_layers", "trees")

    assert (stopped.returncode, unreadable.returncode) == (1, 2)
    assert "trees: Stopped by a check." in stopped.stdout
    assert "Not refreshed: trees." in stopped.stderr
    assert "SOURCE-HTML" in unreadable.stdout


def test_layers_without_an_address_are_listed_as_due_by_hand(smallville: Installation) -> None:
    smallville.say(f'address = "{smallville.server.address}/trees.csv"\n', "")

    listed = smallville.manage("refresh_layers")
    as_json = json.loads(smallville.manage("refresh_layers", "--json").stdout)
    named = smallville.manage("refresh_layers", "trees")

    assert listed.returncode == 0
    assert "trees: Due, to be sent by hand. Ask the tree officer." in listed.stdout
    assert (as_json["layers"], as_json["by_hand"][0]["layer"]) == ([], "trees")
    assert named.returncode == 2
    assert "Ask the tree officer" in named.stderr


def test_an_unknown_name_ends_with_2_and_fetches_nothing(smallville: Installation) -> None:
    done = smallville.manage("refresh_layers", "trees", "tress")

    assert done.returncode == 2
    assert "There is no layer “tress”" in done.stderr
    assert smallville.server.asked == []


def test_what_a_person_took_back_is_not_published_again_by_itself(smallville: Installation) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    smallville.manage("refresh_layers")
    smallville.serve_trees("T1", "T2", "T3", "T4")
    smallville.manage("refresh_layers", "trees")
    roll_back(Layer.objects.get(), actor="Ann")
    smallville.pass_days(60)
    rolled_back = smallville.manage("refresh_layers")
    withdraw_layer(Layer.objects.get(), actor="Ann")
    withdrawn = smallville.manage("refresh_layers")

    by_name = smallville.manage("refresh_layers", "trees")

    assert "TAKEN-BACK" in rolled_back.stdout
    assert "No layer is due" in withdrawn.stdout
    assert by_name.returncode == 1
    assert "LAYER-WITHDRAWN" in by_name.stdout


def test_made_up_trees_are_left_alone(smallville: Installation) -> None:
    from importers.pipeline import import_layer
    from importers.request import ImportRequest

    catalogue = smallville.catalogue
    request = ImportRequest(str(good_trees(smallville.folder)), is_sample=True)
    assert import_layer(catalogue.layers["trees"], catalogue.council, request).edition
    smallville.pass_days(60)

    assert "No layer is due" in smallville.manage("refresh_layers").stdout
    assert smallville.server.asked == []


def test_a_wrong_file_from_a_person_does_not_make_the_source_a_failing_one(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    smallville.manage("refresh_layers")
    wrong = smallville.folder / "wrong.csv"
    wrong.write_text("not,a,tree\n1,2,3\n")

    assert smallville.manage("import_layer", "trees", "--source", str(wrong)).returncode != 0

    assert Layer.objects.get().failing_since is None
    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_the_list_says_when_a_source_was_read_and_since_when_it_fails(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    smallville.manage("refresh_layers")
    smallville.pass_days(31)
    smallville.reply = Reply(status=404)
    smallville.manage("refresh_layers")

    (layer,) = json.loads(smallville.manage("list_layers", "--json").stdout)["layers"]
    in_words = smallville.manage("list_layers").stdout

    assert (layer["layer"], layer["features"], layer["made_up"]) == ("trees", 3, False)
    assert layer["failing_since"] > layer["checked_at"]
    assert layer["due_on"] < layer["failing_since"][:10]
    assert "1 days ago" in in_words or "1 day ago" in in_words
