import pytest

from importers.validate.last_row import find_total


@pytest.mark.parametrize(
    "values",
    [
        {"ref": "Total", "n": "1,204"},
        {"ref": "", "name": "Grand total:", "n": 7},
        {"text": "TOTALS,,,9"},
    ],
)
def test_a_line_of_totals_is_noticed(values: dict[str, object]) -> None:
    finding = find_total(9, values)

    assert finding is not None
    assert (finding.kind, finding.row) == ("TOTAL-ROW", 9)


@pytest.mark.parametrize(
    "values", [{}, {"ref": None}, {"ref": "T9"}, {"ref": "Total Fitness, Quinton"}, {"n": 9}]
)
def test_other_last_rows_are_left_alone(values: dict[str, object]) -> None:
    assert find_total(9, values) is None
