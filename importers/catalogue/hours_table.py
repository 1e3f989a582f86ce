"""The table ``[hours]`` of a layer: which of its fields hold opening hours, and in what form."""

import re
from datetime import date, timedelta

from importers.catalogue.entries import HoursEntry, SeasonEntry
from importers.catalogue.toml_table import TomlTable

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_OF_YEAR = re.compile(r"\d\d-\d\d")
_FORMS = ("field", "days", "seasons")


def hours_entry(table: TomlTable) -> HoursEntry:
    """Return what the table says; without one, no field holds hours.

    Raises
    ------
    CatalogueInvalid
        It names fields in two ways or in none, leaves out a weekday, or its seasons
        are not a year together.
    """
    if not table.keys:
        return HoursEntry()
    _refuse_two_forms(table)
    seasons = tuple(_season(season) for season in table.tables("seasons"))
    entry = HoursEntry(
        field=table.text("field", ""),
        days=_days(table),
        seasons=seasons,
        every_day_unless_said=table.flag("every_day_unless_said", False),
        empty_is_closed=table.flag("empty_is_closed", False),
    )
    table.close()
    _refuse_useless_flags(table, entry)
    if seasons:
        _refuse_broken_year(table, seasons)
    return entry


def _refuse_two_forms(table: TomlTable) -> None:
    given = [key for key in _FORMS if table.has(key)]
    if not given:
        table.refuse(
            "field",
            "is missing: name the field that holds the hours, or one for each weekday in "
            "[hours.days], or one for each season in [[hours.seasons]].",
        )
    if len(given) > 1:
        table.refuse(given[1], f"is given beside {given[0]}. Keep the one that holds the hours.")


def _refuse_useless_flags(table: TomlTable, entry: HoursEntry) -> None:
    if entry.empty_is_closed and not entry.days:
        table.refuse("empty_is_closed", "is for [hours.days], which is missing.")
    if entry.every_day_unless_said and entry.days:
        table.refuse("every_day_unless_said", "is of no use beside [hours.days], which says days.")


def _days(table: TomlTable) -> tuple[str, ...]:
    if not table.has("days"):
        return ()
    days = table.table("days")
    names = tuple(days.text(day) for day in _WEEKDAYS)
    days.close()
    return names


def _season(table: TomlTable) -> SeasonEntry:
    season = SeasonEntry(
        field=table.text("field"), first_day=_day(table, "from"), last_day=_day(table, "to")
    )
    table.close()
    return season


def _day(table: TomlTable, key: str) -> str:
    text = table.text(key)
    if not _DAY_OF_YEAR.fullmatch(text) or _in_leap_year(text) is None:
        table.refuse(key, f'is "{text}". Write a month and a day, such as "04-01" for 1 April.')
    return text


def _in_leap_year(day: str) -> date | None:
    """Return the day in a leap year, which has every day that any year has."""
    try:
        return date.fromisoformat(f"2024-{day}")
    except ValueError:
        return None


def _refuse_broken_year(table: TomlTable, seasons: tuple[SeasonEntry, ...]) -> None:
    """Refuse seasons that leave out a day: nobody can say whether it is closed then."""
    ordered = sorted(seasons, key=lambda season: season.first_day)
    for season, following in zip(ordered, ordered[1:] + ordered[:1], strict=True):
        last = _in_leap_year(season.last_day)
        assert last is not None  # `_day` refused it
        expected = f"{last + timedelta(days=1):%m-%d}"
        if following.first_day != expected:
            table.refuse(
                "seasons",
                f'has "{season.last_day}" as the last day of {season.field} and '
                f'"{following.first_day}" as the first of {following.field}. Together the seasons '
                f'have to make a year: after "{season.last_day}" comes "{expected}".',
            )
