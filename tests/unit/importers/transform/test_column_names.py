"""Finding a column among a header's names."""

import pytest

from importers.errors import CheckFailed
from importers.transform.column_names import ColumnNames

DISTRICT = r"pattern:^lad\d\dcd$"


def test_a_pattern_fits_the_whole_name_in_any_case() -> None:
    names = ColumnNames(("old_LAD24CD", "LAD25CD ", "LAD25CDO"))

    assert names.find([DISTRICT]) == "LAD25CD "


def test_characters_that_nobody_sees_around_a_name_do_not_matter() -> None:
    names = ColumnNames(("\ufeffref", "LAD25CD\u200b"))

    assert names.find(["ref"]) == "\ufeffref"
    assert names.find([DISTRICT]) == "LAD25CD\u200b"


def test_a_name_wins_over_a_pattern() -> None:
    names = ColumnNames(("lad25cd", "oslaua"))

    assert names.find([DISTRICT, "OSLAUA"]) == "oslaua"


@pytest.mark.parametrize(
    ("columns", "newest"),
    [
        (("lad24cd", "lad26cd", "lad25cd"), "lad26cd"),
        (("LAD98CD", "LAD01CD"), "LAD01CD"),
    ],
)
def test_of_several_years_of_one_column_the_newest_is_found(
    columns: tuple[str, ...], newest: str
) -> None:
    assert ColumnNames(columns).find([DISTRICT]) == newest


def test_years_of_four_digits_are_years_too() -> None:
    names = ColumnNames(("LSOA2011CD", "LSOA2021CD"))

    assert names.find([r"pattern:lsoa\d+cd"]) == "LSOA2021CD"


@pytest.mark.parametrize(
    ("pattern", "columns"),
    [
        (r"pattern:^(lad|wd)\d\dcd$", ("lad25cd", "wd25cd")),
        (r"pattern:^lep\d\dcd\d$", ("lep21cd1", "lep21cd2")),
        (r"pattern:^lad\d\dcd$", ("lad25cd", "LAD25CD")),
    ],
)
def test_columns_that_are_not_one_columns_years_are_refused_by_name(
    pattern: str, columns: tuple[str, ...]
) -> None:
    with pytest.raises(CheckFailed) as caught:
        ColumnNames(columns).find([pattern])

    assert caught.value.code == "COLUMN-AMBIGUOUS"
    assert f": {', '.join(columns)}." in str(caught.value)


def test_what_no_column_fits_is_not_found() -> None:
    assert ColumnNames(("name",)).find([DISTRICT, "code"]) is None
