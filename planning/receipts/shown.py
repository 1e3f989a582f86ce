"""What of a kept check everybody may still see: not what was taken from the public since."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from layers.models import Field, Layer
from planning.answer import Finding, LayerAnswer
from planning.query.again import Fields
from planning.receipts.keep import KeptCheck
from planning.receipts.record import read_fields, write_shown

Names = frozenset[str]


def as_shown(kept: KeptCheck) -> KeptCheck:
    """Return a kept check as pages and files for everybody have it.

    A layer that is no longer public keeps its verdict alone, and features of the others have no
    property that is not. The digest stays that of the whole record, which officers see and which
    proves: what is shown of such a check is not what was hashed.
    """
    public = _public_names([answer.slug for answer in kept.check.answers])
    fields = read_fields(kept.record)
    answers = tuple(
        _shown(answer, public.get(answer.slug), fields.get(answer.slug))
        for answer in kept.check.answers
    )
    if answers == kept.check.answers:
        return kept
    check = replace(kept.check, answers=answers)
    return replace(kept, check=check, record=write_shown(kept.record, check), is_whole=False)


def _public_names(slugs: Collection[str]) -> Mapping[str, Names]:
    """Return the names of the public fields of those layers that are public, by slug."""
    layers = Layer.objects.using("read").filter(slug__in=slugs, is_public=True)
    names: dict[str, set[str]] = {slug: set() for slug in layers.values_list("slug", flat=True)}
    fields = Field.objects.using("read").filter(layer__slug__in=names, is_public=True)
    for slug, name in fields.values_list("layer__slug", "name"):
        names[slug].add(name)
    return {slug: frozenset(each) for slug, each in names.items()}


def _shown(answer: LayerAnswer, public: Names | None, fields: Fields | None) -> LayerAnswer:
    if public is None:
        return answer._replace(
            findings=(),
            nearest=None,
            overlap_m2=None,
            overlap_percent=None,
            is_withheld=True,
        )
    findings = tuple(_shown_finding(finding, public, fields) for finding in answer.findings)
    nearest = answer.nearest
    if nearest and fields and fields.title not in public:
        nearest = nearest._replace(title=nearest.fid)
    return answer._replace(findings=findings, nearest=nearest)


def _shown_finding(finding: Finding, public: Names, fields: Fields | None) -> Finding:
    left = {name: value for name, value in finding.properties.items() if name in public}
    has_title = fields is None or fields.title in public
    has_rights = fields is None or not fields.rights or fields.rights in public
    return finding._replace(
        properties=left,
        title=finding.title if has_title else finding.fid,
        rights=finding.rights if has_rights else (),
    )
