"""A check as canonical JSON, and back: the same answers are always the same bytes.

Members are sorted, there is no white space, and numbers have three decimals at most, as answers
and the site's coordinates do.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import shapely

from planning.answer import Check, Finding, How, LayerAnswer, NearestFeature, Reason, Verdict
from planning.query.again import Fields
from planning.site import Site

VERSION = 1
_SITE_DECIMALS = 3
_DECIMALS = 3
_SITE_SRID = 27700


def write_record(check: Check, receipt_id: str, fields_read: Mapping[str, Fields]) -> bytes:
    """Return a whole check as UTF-8 JSON, with the id under which it is kept.

    ``fields_read`` are those of `planning.query.again.fields_read` when it was asked.
    """
    slugs = {answer.slug for answer in check.answers}
    return _canonical(
        {
            "answers": [_answer_members(answer) for answer in check.answers],
            "as_at": check.as_at.isoformat() if check.as_at else None,
            "asked_at": check.asked_at.isoformat(),
            "fields_read": {
                slug: asdict(read) for slug, read in fields_read.items() if slug in slugs
            },
            "id": receipt_id,
            "record_version": VERSION,
            "site": _site_members(check.site),
            "software": check.software,
        }
    )


def write_answers(check: Check) -> bytes:
    """Return the answers alone, which the same editions give again to the byte."""
    return _canonical([_answer_members(answer) for answer in check.answers])


def write_answer(answer: LayerAnswer) -> bytes:
    """Return one answer as it stands among them."""
    return _canonical(_answer_members(answer))


def read_record(record: bytes) -> Check:
    """Return the check that `write_record` wrote."""
    members = json.loads(record)
    site = members["site"]
    return Check(
        site=Site(
            shape_27700=shapely.from_wkt(site["wkt_27700"]),
            label=site["label"],
            given_as=site["given_as"],
        ),
        asked_at=datetime.fromisoformat(members["asked_at"]),
        as_at=date.fromisoformat(members["as_at"]) if members["as_at"] else None,
        software=members["software"],
        answers=tuple(_read_answer(answer) for answer in members["answers"]),
    )


def read_fields(record: bytes) -> dict[str, Fields]:
    """Return which fields a kept check read, by layer."""
    return {slug: Fields(**read) for slug, read in json.loads(record)["fields_read"].items()}


def site_as_wkt(site: Site) -> str:
    """Return a site's shape in EPSG:27700 metres, to the millimetre."""
    return str(shapely.to_wkt(site.shape_27700, rounding_precision=_SITE_DECIMALS, trim=True))


def _site_members(site: Site) -> dict[str, Any]:
    return {"given_as": site.given_as, "label": site.label, "wkt_27700": site_as_wkt(site)}


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def write_shown(record: bytes, check: Check) -> bytes:
    """Return a record with the answers of ``check`` in place of its own, and which are cut short.

    These bytes are not the ones that were kept and hashed.
    """
    kept = json.loads(record)
    answers = [_answer_members(answer) for answer in check.answers]
    withheld = [
        now["slug"] for then, now in zip(kept["answers"], answers, strict=True) if then != now
    ]
    return _canonical({**kept, "answers": answers, "withheld": withheld})


def _answer_members(answer: LayerAnswer) -> dict[str, Any]:
    members = {name: _plain(value) for name, value in answer._asdict().items()}
    # Said of what is shown today, and not of what was answered.
    del members["is_withheld"]
    return members


def write_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding's members as they are kept."""
    members: dict[str, Any] = _plain(finding)
    return members


def _plain(value: Any) -> Any:
    """Return a value as JSON has it. What a source says is left as it says it."""
    if isinstance(value, (Finding, NearestFeature)):
        return _plain(value._asdict())
    if isinstance(value, Mapping):
        return {
            name: each if name == "properties" else _plain(each) for name, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        # Adding 0 makes -0.0 into 0.0.
        return round(value, _DECIMALS) + 0.0
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _read_answer(members: dict[str, Any]) -> LayerAnswer:
    nearest, published_at, current_on, reason = (
        members[name] for name in ("nearest", "published_at", "current_on", "reason")
    )
    return LayerAnswer(
        **{
            **{name: value for name, value in members.items() if name in LayerAnswer._fields},
            "verdict": Verdict(members["verdict"]),
            "reason": Reason(reason) if reason else None,
            "findings": tuple(_read_finding(finding) for finding in members["findings"]),
            "nearest": NearestFeature(**nearest) if nearest else None,
            "published_at": datetime.fromisoformat(published_at) if published_at else None,
            "current_on": date.fromisoformat(current_on) if current_on else None,
        }
    )


def _read_finding(members: dict[str, Any]) -> Finding:
    return Finding(
        **{**members, "how": How(members["how"]), "rights": tuple(members["rights"])},
    )
