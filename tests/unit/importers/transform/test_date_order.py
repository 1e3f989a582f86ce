from importers.transform.date_order import DateOrder, needs_proof
from tests.factories.entries import field_entry

PLANTED = field_entry("planted", "date", date_formats=("%d/%m/%Y",))


def order_of(*values: str | None) -> DateOrder:
    order = DateOrder(PLANTED)
    order.add(values, range(2, 2 + len(values)))
    return order


def test_dates_that_could_be_either_way_round_are_doubtful() -> None:
    finding = order_of(None, "03/04/2025", "05/06/2025 00:00").finding()

    assert finding is not None
    assert (finding.kind, finding.row, finding.value) == ("DATE-AMBIGUOUS", 3, "03/04/2025")
    assert "all 2 dates" in finding.message


def test_a_day_after_the_twelfth_or_no_doubtful_date_ends_the_doubt() -> None:
    assert order_of("03/04/2025", "31/03/2025").finding() is None
    assert order_of("04/04/2025", "2025-04-03", None).finding() is None


def test_only_day_first_formats_need_proof() -> None:
    assert needs_proof(PLANTED)
    assert not needs_proof(field_entry("planted", "date", date_formats=("%Y-%m-%d",)))
