from importers.transform.cells import Mended
from importers.transform.mending import tell_mended


def test_each_value_that_was_put_right_is_told_with_its_row_and_text() -> None:
    mended = Mended(430_000.0, "COORD-MENDED", "read as 430000")

    (finding,) = tell_mended([(7, "430,000", mended)], title="Easting", field="easting")

    assert (finding.kind, finding.severity, finding.row) == ("COORD-MENDED", "fixed", 7)
    assert (finding.field, finding.value) == ("easting", "430,000")
    assert finding.message == "“Easting” is “430,000”; read as 430000."


def test_the_many_of_a_kind_are_told_together() -> None:
    mended = Mended("B1 1BB", "POSTCODE-MENDED", "written as B1 1BB")
    many = [(row, "b11bb", mended) for row in range(2, 1_002)]

    findings = tell_mended(many, title="Postcode", field="postcode")

    assert len(findings) == 51
    assert "950 more rows, from row 52 to row 1001" in findings[-1].message
