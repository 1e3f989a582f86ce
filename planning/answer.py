"""What a check says: of each layer that it applies, that it does not, or that it is not known."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from planning.site import Site


class Verdict(StrEnum):
    """The three answers. No data is never "does not apply"."""

    APPLIES = "applies"
    DOES_NOT_APPLY = "does-not-apply"
    NOT_KNOWN = "not-known"


class Reason(StrEnum):
    """Why an answer is not known.

    ``KEPT_OUT``: a row of the layer's source lies here that had a fault, so that it is no feature.
    ``TOO_NEAR``: the site is a point, and so is a feature that stands no farther from it than its
    layer is accurate, so that they may be the same place.
    """

    NOT_COVERED = "not-covered"
    PARTLY_COVERED = "partly-covered"
    KEPT_OUT = "kept-out"
    COVERAGE_NOT_STATED = "coverage-not-stated"
    TOO_OLD = "too-old"
    TOO_NEAR = "too-near"
    NOT_PUBLISHED = "not-published"
    WITHDRAWN = "withdrawn"
    EDITION_NOT_KEPT = "edition-not-kept"
    FAILED = "failed"
    TIMED_OUT = "timed-out"


class How(StrEnum):
    """How a feature meets a site.

    ``WHOLLY``: the site lies in it. ``PARTLY``: some of the site does. ``INSIDE``: it lies in the
    site. ``CROSSES``: a line runs through. ``TOUCHES``: they share an edge or a point, and no
    area. ``SLIVER``: they overlap by less than the layer is accurate.
    """

    WHOLLY = "wholly"
    PARTLY = "partly"
    INSIDE = "inside"
    CROSSES = "crosses"
    TOUCHES = "touches"
    SLIVER = "sliver"


class Finding(NamedTuple):
    """One feature that meets the site.

    ``overlap_m2`` and ``overlap_percent`` (of the site) are None for points and lines, and for
    a site that is a point. ``is_probably_neighbours``: it only touches, or overlaps by less than
    the layer is accurate. ``rights`` are the permitted development rights that it takes away.
    """

    fid: str
    title: str
    properties: dict[str, Any]
    how: How
    overlap_m2: float | None
    overlap_percent: float | None
    is_probably_neighbours: bool
    rights: tuple[str, ...] = ()


class NearestFeature(NamedTuple):
    """The nearest feature of a layer that finds none, within the layer's margin."""

    fid: str
    title: str
    distance_m: float


class LayerAnswer(NamedTuple):
    """What one layer says about the site.

    ``findings`` come largest overlap first, probably neighbours' last; where the answer is not
    known they are what an edition that is too old, or that covers a part of the site, holds.
    ``edition_id``, ``published_at`` and ``source`` are None or "" where no edition was read.
    ``current_on`` is the day on which the source was last read to the end, or else the edition
    was published. ``covered_percent`` is how much of the site the layer covers, None where that
    is not stated. ``margin_m`` is within which distance ``nearest`` was looked for.
    ``is_withheld``: the layer is no longer public, so that of a kept answer no more than the
    verdict is shown; no record has it.
    """

    slug: str
    title: str
    category: str
    verdict: Verdict
    reason: Reason | None
    findings: tuple[Finding, ...]
    nearest: NearestFeature | None
    margin_m: float
    accuracy_m: float
    covered_percent: float | None
    overlap_m2: float | None
    overlap_percent: float | None
    edition_id: int | None
    published_at: datetime | None
    current_on: date | None
    max_age_days: int | None
    source: str
    licence: str
    attribution: str
    is_sample: bool = False
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """Everything that was asked and answered at one moment.

    ``as_at`` is the day whose editions answered, None for those published at ``asked_at``.
    ``answers`` come in page order. ``software`` is the version that answered.
    """

    site: Site
    asked_at: datetime
    as_at: date | None
    software: str
    answers: tuple[LayerAnswer, ...] = field(default=())

    def with_verdict(self, verdict: Verdict) -> tuple[LayerAnswer, ...]:
        """Return the answers that say so."""
        return tuple(answer for answer in self.answers if answer.verdict == verdict)
