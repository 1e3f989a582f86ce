"""What an importer hands over: the only thing that publishing knows of imports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StagedEdition:
    """A complete load in its own table, indexed and analyzed, seen by nobody yet.

    Parameters
    ----------
    edition_id
        The row of `layers.models.Edition`; its table is named after it.
    feature_count
        Rows in the table, as the importer counted them.
    quarantined_count
        Rows of the source that were kept out.
    unplaced_count
        Those of them that had a fault and are not among the `KeptOutShape` either; None where
        these are not kept.
    """

    edition_id: int
    feature_count: int
    quarantined_count: int
    unplaced_count: int | None = None
