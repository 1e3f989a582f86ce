"""Each key is there, and only once."""

import numpy as np

from importers.validate.keys import KeyRegister


def test_a_missing_key_is_an_error_of_its_row() -> None:
    register = KeyRegister("Reference")

    findings = register.find_faults(["a", None, ""], np.array([2, 3, 4]))

    assert [(finding.kind, finding.severity, finding.row) for finding in findings] == [
        ("KEY-MISSING", "error", 3),
        ("KEY-MISSING", "error", 4),
    ]
    assert findings[0].message == "No Reference."


def test_a_repeated_key_names_the_row_that_is_kept() -> None:
    register = KeyRegister("Reference")

    findings = register.find_faults(["a", "b", "a"], np.array([2, 3, 4]))

    (finding,) = findings
    assert (finding.kind, finding.row, finding.value) == ("KEY-DUPLICATE", 4, "a")
    assert finding.message == "Reference “a” is also in row 2, which is kept."


def test_a_key_of_an_earlier_batch_is_remembered() -> None:
    register = KeyRegister("Reference")
    register.find_faults(["a"], np.array([2]))

    findings = register.find_faults(["a", "b"], np.array([20_002, 20_003]))

    assert [finding.row for finding in findings] == [20_002]


def test_keys_that_differ_in_case_are_two_keys() -> None:
    assert KeyRegister("Reference").find_faults(["a", "A"], np.array([2, 3])) == []
