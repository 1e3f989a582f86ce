"""One cell at a time: what is understood, what is empty and what is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from importers.catalogue.entries import FieldType
from importers.transform.values import Mended, ValueNotRead, value_reader
from tests.factories.entries import field_entry


def read(type_: FieldType, value: Any, **parts: Any) -> Any:
    return value_reader(field_entry("f", type_, **parts))(value)


def refusal(type_: FieldType, value: Any, **parts: Any) -> ValueNotRead:
    with pytest.raises(ValueNotRead) as caught:
        read(type_, value, **parts)
    return caught.value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Moseley  ", "Moseley"),
        ("007", "007"),
        ("N/A", "N/A"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        (100023336956.0, "100023336956"),
        (0.5, "0.5"),
        (7, "7"),
        ("Sel\0ly", "Selly"),
        (date(2026, 3, 31), "2026-03-31"),
    ],
)
def test_text_is_kept_as_it_is_but_for_spaces_around_it(value: Any, expected: str) -> None:
    assert read("text", value) == expected


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("text", "\ufeff1", "1"),
        ("text", "\u200b \u2060Moseley\u00ad \u200b", "Moseley"),
        ("integer", "\ufeff12", 12),
        ("number", "12.5\u200b", 12.5),
        ("boolean", "\ufeffyes", True),
        ("date", "\ufeff2026-03-31", "2026-03-31"),
        ("datetime", "\ufeff2026-03-31T09:00:00", "2026-03-31T09:00:00"),
        ("url", "https://example.org/\u200b", "https://example.org/"),
        ("postcode", "\ufeffB1 1BB\u200b", "B1 1BB"),
        ("uprn", "\ufeff100023336956", "100023336956"),
    ],
)
def test_characters_that_nobody_sees_around_a_value_go_as_spaces_do(
    type_: FieldType, value: str, expected: Any
) -> None:
    assert read(type_, value) == expected


@pytest.mark.parametrize(
    "text", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "a\u200bb", "क्\u200d"]
)
def test_characters_of_no_width_inside_a_text_stay(text: str) -> None:
    assert read("text", text) == text


@pytest.mark.parametrize("value", [None, "", "   ", "\0", "\u200b", "\ufeff \u00ad", float("nan")])
def test_text_of_nothing_is_empty(value: Any) -> None:
    assert read("text", value) is None


def test_binary_data_is_not_text() -> None:
    assert refusal("text", b"\x00\x01").kind == "TEXT-INVALID"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        (" 12 ", 12),
        ("1,204", 1204),
        ("1,204,000", 1_204_000),
        ("12.0", 12),
        ("12.000", 12),
        (12.0, 12),
        (12, 12),
        ("999999999999999999", 999_999_999_999_999_999),
    ],
)
def test_a_whole_number_is_read_exactly(value: Any, expected: int) -> None:
    found = read("integer", value)

    assert (found, type(found)) == (expected, int)


@pytest.mark.parametrize(
    "value",
    [
        "12.5",
        12.5,
        "1,20",
        "12,5",
        "1.00023E+11",
        "１２",
        "twelve",
        "12 m",
        "#REF!",
        "########",
        "NaN",
        "inf",
        "0x1F",
        "1_000",
        True,
        "9" * 19,
    ],
)
def test_what_is_not_a_whole_number_is_refused_and_never_rounded(value: Any) -> None:
    error = refusal("integer", value)

    assert (error.kind, str(error)) == ("NUMBER-INVALID", "a whole number, such as 12")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.5", 12.5),
        ("-0.25", -0.25),
        (".5", 0.5),
        ("5.", 5.0),
        ("1,204.75", 1204.75),
        ("4.30E+05", 430_000.0),
        ("1e3", 1000.0),
        (3, 3.0),
        (0.1, 0.1),
    ],
)
def test_a_number_is_read(value: Any, expected: float) -> None:
    assert read("number", value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1e400",
        "１２.５",
        "12,5",
        "1,20,4",
        "5m",
        "1_0",
        "0x1",
        True,
    ],
)
def test_what_is_not_a_finite_number_is_refused(value: Any) -> None:
    error = refusal("number", value)

    assert error.kind == "NUMBER-INVALID"


@pytest.mark.parametrize(
    "value",
    ["9999999999999999999", "9,007,199,254,740,993", 2**53 + 1, "9007199254740993.5", "-1e-400",
     "0.0000000001e-390", "12345678901234567890e2"],
)  # fmt: skip
def test_a_number_that_would_become_another_is_refused(value: Any) -> None:
    error = refusal("number", value)

    assert error.kind == "NUMBER-INVALID"
    assert "kept as it is" in str(error)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9007199254740991", 2.0**53 - 1),
        ("9007199254740994", 2.0**53 + 2),
        ("1e23", 1e23),
        ("10000000000000000000", 1e19),
        ("0.1000000000000000055511151231257827", 0.1),
        ("-0.0e-400", 0.0),
        ("1e-300", 1e-300),
    ],
)
def test_a_number_that_comes_out_as_it_is_written_is_read(value: str, expected: float) -> None:
    assert read("number", value) == expected


@pytest.mark.parametrize("type_", ["integer", "number", "date", "datetime", "boolean", "url"])
@pytest.mark.parametrize(
    "value", [None, "", "  ", "\ufeff", "\u200bn/a", "N/A", "#N/A", "null", "None", "-", "\\N"]
)
def test_what_people_write_for_nothing_is_empty(type_: FieldType, value: Any) -> None:
    assert read(type_, value) is None


@pytest.mark.parametrize("value", ["Yes", "y", "TRUE", "1", "t", True])
def test_the_words_for_true_are_true(value: Any) -> None:
    assert read("boolean", value) is True


@pytest.mark.parametrize("value", ["No", "n", "FALSE", "0", "f", False])
def test_the_words_for_false_are_false(value: Any) -> None:
    assert read("boolean", value) is False


def test_a_catalogue_may_have_words_of_its_own_for_true_and_false() -> None:
    words = {"true_values": ("open",), "false_values": ("closed",)}

    assert read("boolean", "Open", **words) is True
    assert read("boolean", "closed", **words) is False
    assert str(refusal("boolean", "yes", **words)) == "one of open, closed"


def test_another_word_is_neither_true_nor_false() -> None:
    assert refusal("boolean", "maybe").kind == "BOOLEAN-INVALID"


def test_a_date_in_the_uk_order_is_day_first_when_the_catalogue_says_so() -> None:
    assert read("date", "03/04/2025", date_formats=("%d/%m/%Y",)) == "2025-04-03"


def test_the_formats_of_a_date_are_tried_in_their_order() -> None:
    formats = ("%d-%m-%Y", "%Y-%m-%d", "%d %b %y")

    assert read("date", "31-03-2026", date_formats=formats) == "2026-03-31"
    assert read("date", "2026-03-31", date_formats=formats) == "2026-03-31"
    assert read("date", "3 Apr 25", date_formats=formats) == "2025-04-03"


@pytest.mark.parametrize("value", [date(2026, 3, 31), datetime(2026, 3, 31, 9, 0, tzinfo=UTC)])
def test_a_typed_date_needs_no_format(value: date) -> None:
    assert read("date", value, date_formats=("%d/%m/%Y",)) == "2026-03-31"


@pytest.mark.parametrize("value", ["31/02/2025", "########", "next week", "2025"])
def test_a_date_that_does_not_exist_or_is_written_otherwise_is_refused(value: str) -> None:
    error = refusal("date", value, date_formats=("%d/%m/%Y",))

    assert (error.kind, str(error)) == (
        "DATE-INVALID",
        "a date that exists, written DD/MM/YYYY",
    )


@pytest.mark.parametrize("value", [1_000_000_000_000, "1000000000000", 1e12])
def test_a_date_may_be_milliseconds_since_1970(value: Any) -> None:
    assert read("date", value, date_formats=("epoch-ms",)) == "2001-09-09"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1_711_926_000_000, "2024-04-01"),  # midnight in Britain, in summer
        (1_711_929_600_000, "2024-04-01"),  # midnight in UTC
        (-5_364_662_400_000, "1800-01-01"),  # London's own time was a minute behind
    ],
)
def test_milliseconds_are_a_british_day(value: int, day: str) -> None:
    assert read("date", value, date_formats=("epoch-ms",)) == day


@pytest.mark.parametrize(
    "value",
    [
        "2024-04-01T00:00:00+01:00",
        "2024-04-01T01:00:00+01:00",
        "2024-03-31T23:00:00Z",
        "2024-04-01 00:00:00Z",
    ],
)
def test_a_midnight_in_britain_or_in_utc_is_a_date(value: str) -> None:
    assert read("date", value) == "2024-04-01"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-01-15T10:00:00+00:00", "2024-01-15"),
        ("2024-06-30T23:30:00Z", "2024-07-01"),
        ("2024-01-15T10:00:00.250000+00:00", "2024-01-15"),
    ],
)
def test_a_moment_is_its_british_day_and_that_its_time_goes_is_told(value: str, day: str) -> None:
    note = f"read as {day}, without its time"

    assert read("date", value) == Mended(day, "DATE-MENDED", note)


@pytest.mark.parametrize(
    "value",
    ["2024-01-15T10:00:00", "2024-02-30T00:00:00+00:00", "9999-12-31T23:59:59-05:00",
     "0001-01-01T00:30:00+05:00"],
)  # fmt: skip
def test_a_moment_that_is_none_or_has_no_offset_is_no_date(value: str) -> None:
    assert refusal("date", value).kind == "DATE-INVALID"


def test_a_date_before_1970_is_negative_milliseconds() -> None:
    assert read("date", -86_400_000, date_formats=("epoch-ms",)) == "1969-12-31"


@pytest.mark.parametrize("value", [-62_167_219_200_000, "-62167219200000", "-99999999999999", 1e17])
def test_milliseconds_of_no_year_that_there_is_are_no_date(value: Any) -> None:
    error = refusal("date", value, date_formats=("epoch-ms",))

    assert (error.kind, str(error)) == (
        "DATE-INVALID",
        "a date that exists, written in milliseconds since 1970",
    )


def test_an_iso_date_is_read_whatever_the_formats_say() -> None:
    assert read("date", "2025-04-03", date_formats=("%d/%m/%Y",)) == "2025-04-03"
    assert read("date", "2025-04-03 00:00:00", date_formats=("%d/%m/%Y",)) == "2025-04-03"


def test_midnight_is_its_day_in_the_zone_it_is_written_in() -> None:
    assert read("date", "2025-06-03T00:00:00+01:00") == "2025-06-03"


@pytest.mark.parametrize("value", ["00/00/0000", "0000-00-00", "0000-00-00 00:00:00", "00000000"])
def test_a_date_of_zeros_is_none(value: str) -> None:
    assert read("date", value, date_formats=("%d/%m/%Y",)) is None


@pytest.mark.parametrize("value", ["03-Apr-25", "3 April 2025", "03-Apr-2025"])
def test_a_date_with_the_name_of_its_month_is_put_right_and_told(value: str) -> None:
    assert read("date", value, date_formats=("%d/%m/%Y",)) == Mended(
        "2025-04-03", "DATE-MENDED", "read as 2025-04-03"
    )


def test_excels_number_of_a_day_is_refused_and_recognised() -> None:
    error = refusal("date", "44927", date_formats=("%d/%m/%Y",))

    assert "Excel's number for 1 January 2023" in str(error)


def test_a_month_in_front_is_refused_and_recognised() -> None:
    error = refusal("date", "11/27/2019", date_formats=("%d/%m/%Y",))

    assert "the month first" in str(error)


@pytest.mark.parametrize(
    ("pattern", "value", "read_as"), [("%Y", "2015", "2015"), ("%m/%Y", "09/2015", "2015-09")]
)
def test_a_date_has_no_more_parts_than_the_source_gives(
    pattern: str, value: str, read_as: str
) -> None:
    assert read("date", value, date_formats=("%d/%m/%Y", pattern)) == read_as


def test_a_date_without_formats_is_iso_8601() -> None:
    assert read("date", "2026-03-31") == "2026-03-31"
    assert str(refusal("date", "31/03/2026")).endswith("written YYYY-MM-DD")


@pytest.mark.parametrize("value", ["100023336956", 100023336956])
def test_a_uprn_is_text(value: str | int) -> None:
    assert read("uprn", value) == "100023336956"


@pytest.mark.parametrize("value", ["000100023336", "100023336.0"])
def test_a_uprn_loses_zeros_in_front_and_decimals_and_that_is_told(value: str) -> None:
    assert read("uprn", value) == Mended("100023336", "UPRN-MENDED", "read as 100023336")


@pytest.mark.parametrize("value", ["1000233369561", "-100023336956", "0", "10002A", "100023.5"])
def test_what_is_no_uprn_is_refused(value: str) -> None:
    assert refusal("uprn", value).kind == "UPRN-INVALID"


@pytest.mark.parametrize("value", ["1.00023E+11", "1E11", "1.00023e+11"])
def test_a_uprn_that_excel_rounded_is_refused(value: str) -> None:
    assert refusal("uprn", value).kind == "UPRN-EXCEL"


def test_a_date_and_time_keeps_its_offset() -> None:
    assert read("datetime", "2026-03-31T09:00:00Z") == "2026-03-31T09:00:00+00:00"
    assert read("datetime", datetime(2026, 3, 31, 9, tzinfo=UTC)) == "2026-03-31T09:00:00+00:00"
    assert refusal("datetime", "31/03/2026 09:00").kind == "DATE-INVALID"


def test_a_web_address_is_http_or_https() -> None:
    assert read("url", " https://example.org/a ") == "https://example.org/a"
    assert read("url", "HTTP://EXAMPLE.ORG") == "HTTP://EXAMPLE.ORG"


@pytest.mark.parametrize(
    "value",
    ["www.example.org", "javascript:alert(1)", "ftp://a", "https://a b", "data:text/html,x", "http://[",
     "https://", "http:///path"],
)  # fmt: skip
def test_anything_else_is_not_a_web_address(value: str) -> None:
    assert refusal("url", value).kind == "URL-INVALID"


@pytest.mark.parametrize("value", ["B1 1BB", " B1  1BB ", "B1\u00a01BB"])
def test_a_postcode_loses_spaces_that_pad_it(value: str) -> None:
    assert read("postcode", value) == "B1 1BB"


@pytest.mark.parametrize("value", ["b11bb", "B1\t1bb", "B11BB"])
def test_a_postcode_that_is_written_otherwise_is_put_right_and_told(value: str) -> None:
    assert read("postcode", value) == Mended("B1 1BB", "POSTCODE-MENDED", "written as B1 1BB")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("B1O 1AA", "B10 1AA"), ("NG1 SDT", ""), ("8B1 1AA", ""), ("B1 1A0", "B1 1AO")],
)
def test_a_letter_that_looks_like_a_digit_is_asked_about_and_never_changed(
    value: str, meant: str
) -> None:
    assert (f"Is {meant} meant?" in str(refusal("postcode", value))) is bool(meant)


def test_a_postcode_of_no_area_is_refused() -> None:
    assert refusal("postcode", "ZZ99 9ZZ").kind == "POSTCODE-INVALID"


@pytest.mark.parametrize("value", ["B1", "B1 1B", "12345", "B1 1BBX", "Ｂ１ 1BB", "B1-1BB"])
def test_what_is_not_a_full_postcode_is_refused(value: str) -> None:
    assert refusal("postcode", value).kind == "POSTCODE-INVALID"
