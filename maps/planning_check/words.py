"""What a check says, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.query import square_of
from maps.distances import describe_metres
from maps.planning_check.facts import Facts
from planning.answer import (
    Check,
    Finding,
    How,
    LayerAnswer,
    NearestFeature,
    Reason,
    Verdict,
)
from planning.site import Site
from planning.words import describe_percent, describe_reason, spell_number

_M2_IN_A_HECTARE = 10_000
_SMALLEST_IN_HECTARES_M2 = 1_000
_WHOLE_M2_FROM = 100
_EXACT_METRES_BELOW = 1_000


def describe_area(area_m2: float) -> str:
    """Return an area such as “1.23 hectares (12,345 m²)” or “8.40 m²”."""
    decimals = 0 if area_m2 >= _WHOLE_M2_FROM else 2
    metric = _("%(area)s m²") % {"area": spell_number(area_m2, decimals)}
    if area_m2 < _SMALLEST_IN_HECTARES_M2:
        return metric
    return _("%(hectares)s hectares (%(metric)s)") % {
        "hectares": spell_number(area_m2 / _M2_IN_A_HECTARE, 2),
        "metric": metric,
    }


def describe_distance(distance_m: float) -> str:
    """Return how far it is to a nearest feature: exact where that matters."""
    if distance_m < _EXACT_METRES_BELOW:
        return _("%(metres)s m") % {"metres": spell_number(distance_m, 1 if distance_m % 1 else 0)}
    return describe_metres(distance_m)


def sum_up(check: Check) -> Iterator[str]:
    """Yield the sentences that come first."""
    yield _say_counts(check)
    neighbours = sum(
        finding.is_probably_neighbours for each in check.answers for finding in each.findings
    )
    if neighbours:
        yield ngettext(
            "%(count)s feature only touches the site, or overlaps it by less than its layer is "
            "accurate. It is probably a neighbour’s.",
            "%(count)s features only touch the site, or overlap it by less than their layers are "
            "accurate. They are probably a neighbour’s.",
            neighbours,
        ) % {"count": neighbours}
    if check.with_verdict(Verdict.NOT_KNOWN):
        yield _(
            "“Not known here” is no answer: a constraint may well apply. Ask before you rely on it."
        )


def say_set_aside(count: int) -> Iterator[str]:
    """Yield what is to be known of findings that officers set aside: they still count above."""
    if count:
        yield ngettext(
            "An officer has set %(count)s finding aside. It is listed with the reason, and "
            "counted.",
            "Officers have set %(count)s findings aside. They are listed with the reasons, and "
            "counted.",
            count,
        ) % {"count": count}


def _say_counts(check: Check) -> str:
    total = len(check.answers)
    if not total:
        return _("No kind of constraint can be checked here yet, so nothing is known of this site.")
    applies, not_here, unknown = (
        len(check.with_verdict(verdict))
        for verdict in (Verdict.APPLIES, Verdict.DOES_NOT_APPLY, Verdict.NOT_KNOWN)
    )
    return _("Of %(kinds)s, %(applies)s to this site, %(does_not)s and %(unknown)s.") % {
        "kinds": ngettext("%(n)s kind of constraint", "%(n)s kinds of constraint", total)
        % {"n": total},
        "applies": ngettext("%(n)s applies", "%(n)s apply", applies) % {"n": applies},
        "does_not": ngettext("%(n)s does not", "%(n)s do not", not_here) % {"n": not_here},
        "unknown": ngettext("%(n)s is not known here", "%(n)s are not known here", unknown)
        % {"n": unknown},
    }


def describe_site(site: Site) -> str:
    """Return what the site is and where, in two sentences."""
    return f"{_say_what(site)} {_say_where(site)}".rstrip()


def warn_of(site: Site) -> str:
    """Return what must be read first of a site that is no property at all; else nothing."""
    words = {
        "postcode": _(
            "This is the middle of a postcode, not a house. What applies to a house of it may be "
            "more: check its address, or draw its boundary."
        ),
        "middle": _(
            "This is one point in the middle of a larger place. Elsewhere in it more may apply, or "
            "less: check an address, or draw the boundary of the site."
        ),
    }
    return words.get(site.given_as, "")


def _say_where(site: Site) -> str:
    middle = site.geom_27700.centroid
    # As with grid references, the metre is meant in which the point lies.
    easting, northing = int(middle.x), int(middle.y)
    square = square_of(easting, northing)
    if square is None:
        return ""
    words = _("Grid reference %(reference)s (easting %(easting)s, northing %(northing)s).")
    if not site.is_point:
        words = _(
            "Its middle is at grid reference %(reference)s (easting %(easting)s, northing "
            "%(northing)s)."
        )
    return words % {
        "reference": square.label,
        "easting": str(easting),
        "northing": str(northing),
    }


def _say_what(site: Site) -> str:
    if site.is_point:
        words = {
            "address": _("The point of one address. Its garden or grounds are not in this check."),
            "uprn": _("The point of one property. Its grounds are not in this check."),
            "postcode": _("One point in the middle of the postcode."),
            "middle": _("One point in the middle of the place."),
        }
        return words.get(site.given_as, _("A point. What lies around it is not in this check."))
    words = {
        "drawn": _("A boundary drawn on the map: %(area)s."),
        "typed": _("A boundary given by its corners: %(area)s."),
        "file": _("A boundary from a file: %(area)s."),
        "feature": _("A feature of one of our layers: %(area)s."),
    }
    return words.get(site.given_as, _("A site of %(area)s.")) % {
        "area": describe_area(site.area_m2)
    }


def describe_answer(answer: LayerAnswer, site: Site, facts: Facts) -> str:
    """Return what one layer says, in a sentence or a few."""
    if answer.verdict == Verdict.NOT_KNOWN:
        return describe_reason(answer)
    said = _say_known(answer, site, facts)
    if answer.verdict == Verdict.APPLIES:
        return said
    # The row of what stands here may be among them.
    return f"{said} {_say_unplaced(facts.unplaced.get(answer.edition_id or 0))}".rstrip()


def _say_unplaced(count: int | None) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s row of its source had a fault, was kept out and does not say where it lies: if "
        "here, this answer does not know of it.",
        "%(count)s rows of its source had faults, were kept out and do not say where they lie: if "
        "here, this answer does not know of them.",
        count,
    ) % {"count": spell_number(count, 0)}


def _say_known(answer: LayerAnswer, site: Site, facts: Facts) -> str:
    if answer.is_withheld:
        return _(
            "This layer is no longer public, so what it has here is not shown. It is kept: ask the "
            "council’s planning team."
        )
    if answer.verdict == Verdict.APPLIES:
        return _describe_overlap(answer, site)
    if answer.nearest is not None:
        return _describe_nearest(answer, answer.nearest, facts)
    if answer.findings:
        return _("Nothing but what is probably a neighbour’s.")
    none = _("There is none within %(margin)s.") % {"margin": describe_distance(answer.margin_m)}
    return f"{none} {_say_if_points(answer, facts)}".rstrip()


def _say_if_points(answer: LayerAnswer, facts: Facts) -> str:
    if not facts.has_points(answer.slug):
        return ""
    return _("This layer has one point for each, even for a whole terrace: look around the site.")


def _describe_nearest(answer: LayerAnswer, nearest: NearestFeature, facts: Facts) -> str:
    said = _("The nearest is “%(title)s”, %(distance)s away.") % {
        "title": facts.name_of(answer.slug, nearest.title),
        "distance": describe_distance(nearest.distance_m),
    }
    if nearest.distance_m > answer.accuracy_m:
        return f"{said} {_say_if_points(answer, facts)}".rstrip()
    doubt = _("The layer is accurate to %(metres)s m: look whether it stands on the site.") % {
        "metres": f"{answer.accuracy_m:g}"
    }
    return f"{said} {doubt}"


def _describe_overlap(answer: LayerAnswer, site: Site) -> str:
    count = sum(not finding.is_probably_neighbours for finding in answer.findings)
    features = ngettext("%(n)s feature", "%(n)s features", count) % {"n": count}
    if site.is_point:
        return _("%(features)s at this point.") % {"features": features}
    if answer.overlap_m2 is None or answer.overlap_percent is None:
        return _("%(features)s in or across the site.") % {"features": features}
    return _("%(features)s, over %(area)s: %(percent)s of the site.") % {
        "features": features,
        "area": describe_area(answer.overlap_m2),
        "percent": describe_percent(answer.overlap_percent),
    }


def describe_how(finding: Finding, answer: LayerAnswer, site: Site, facts: Facts) -> str:
    """Return how one feature meets the site."""
    if finding.how == How.WHOLLY:
        return _("This point lies in it") if site.is_point else _("The whole site lies in it")
    if finding.how == How.SLIVER:
        return _("It overlaps the site by %(area)s, and its layer is accurate to %(metres)s m") % {
            "area": describe_area(finding.overlap_m2 or 0),
            "metres": spell_number(answer.accuracy_m, 0 if answer.accuracy_m % 1 == 0 else 1),
        }
    if facts.has_points(answer.slug):
        return _describe_point(finding, site)
    words = {
        How.CROSSES: _("It runs through the site"),
        How.TOUCHES: _("It shares an edge or a point with the site, and no area"),
        How.INSIDE: _("It lies wholly inside the site"),
        How.PARTLY: _("It covers a part of the site"),
    }
    if finding.overlap_m2 is None or finding.how in (How.CROSSES, How.TOUCHES):
        return words[finding.how]
    return _("%(how)s: %(area)s, %(percent)s of it") % {
        "how": words[finding.how],
        "area": describe_area(finding.overlap_m2),
        "percent": describe_percent(finding.overlap_percent or 0),
    }


def _describe_point(finding: Finding, site: Site) -> str:
    if site.is_point:
        return _("Its point is this point")
    if finding.how == How.TOUCHES:
        return _("Its point is on the edge of the site")
    return _("Its point lies in the site")


def advise(answer: LayerAnswer) -> str:
    """Return what to do about an answer that is not known."""
    ask = _("Ask the council’s planning team about it.")
    words = {
        Reason.NOT_COVERED: _("Ask the council that the site is in, or its planning team."),
        Reason.FAILED: _("Check again in a few minutes. If it fails again, ask the planning team."),
        Reason.TOO_NEAR: _(
            "Look where it stands, or draw the site’s boundary: a point says nothing of the "
            "building and the land around it."
        ),
        Reason.TIMED_OUT: _("Check again, or check a smaller part of the site."),
        Reason.EDITION_NOT_KEPT: _("Choose a later day, or ask the planning team."),
    }
    return words.get(answer.reason, ask) if answer.reason else ask


def describe_old_findings(answer: LayerAnswer) -> str:
    """Return what to think of what an answer that is not known found after all."""
    if answer.verdict != Verdict.NOT_KNOWN or not answer.findings:
        return ""
    if answer.reason == Reason.TOO_OLD:
        return _("The old edition has these:")
    return _("As far as the layer reaches, it has these:")
