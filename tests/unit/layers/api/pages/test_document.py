"""Any answer as nested lists of terms."""

from layers.api.pages.document import entries_of


def test_a_list_that_is_too_long_to_show_says_how_much_it_leaves_out():
    *shown, last = entries_of([{"id": str(number)} for number in range(1_500)])

    assert len(shown) == 200
    assert last.text == "1,300 more, which the data has"


def test_a_list_that_can_be_shown_is_shown_whole():
    shown = entries_of([{"id": str(number)} for number in range(200)])

    assert [entry.name for entry in shown] == [str(number) for number in range(1, 201)]
    assert shown[-1].entries[0].text == "199"
