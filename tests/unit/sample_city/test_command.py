"""Loading the sample city into the catalogue that it is made for, and into no other."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.processes import ROOT


def test_it_is_not_loaded_into_the_catalogue_of_another_council(
    settings: Any,
) -> None:
    settings.CATALOGUE_DIR = ROOT / "tests/fixtures/catalogue"
    settings.COUNCIL = "camden"

    with pytest.raises(CommandError, match="made-up Birmingham, and COUNCIL is 'camden'"):
        call_command("load_sample_city")
