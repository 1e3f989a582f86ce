import pytest

from maps.applications.drawn_area import read_corners


def test_corners_are_longitude_before_latitude() -> None:
    corners = read_corners("-1.9,52.4 -1.8,52.4 -1.8,52.5", pytest.fail)
    assert corners == ((-1.9, 52.4), (-1.8, 52.4), (-1.8, 52.5))


@pytest.mark.parametrize(
    "text",
    ["x", "-1.9,52.4 -1.8,52.4", "nan,52 1,52 1,51", "-1.9,52.4,3 1,2 3,4", "52,-1.9 inf,1 1,1",
     " ".join(["-1.9,52.4"] * 61)],
)  # fmt: skip
def test_what_is_no_area_is_said(text: str) -> None:
    errors: dict[str, str] = {}
    assert read_corners(text, errors.setdefault) == ()
    assert "corners" in errors["shape"]
