"""A check as its page shows it: the answers in groups and categories, numbered as on the map."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

from django.utils.translation import gettext as _

from maps.field_values import FieldValue
from maps.planning_check.facts import Facts, read_facts
from maps.planning_check.site_map import describe_check_map
from maps.planning_check.words import (
    advise,
    describe_answer,
    describe_how,
    describe_old_findings,
    describe_site,
    say_set_aside,
    sum_up,
    warn_of,
)
from planning.answer import Check, Finding, LayerAnswer, Verdict
from planning.query.outlines import Outline, box_around, outlines_of
from planning.receipts.asides import FindingKey, Word
from planning.words import describe_verdict

_SYMBOLS = 8
_MARGIN_M = 60.0
_MARGIN_OF_A_POINT_M = 150.0
# Outlines end so far beyond what the map shows at first: people zoom out.
_REACH_M = 2_000.0
Asides = Mapping[FindingKey, Sequence[Word]]


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding under the number that it has on the map. ``outline`` is None of one off the map.

    ``name`` is its title, in words where that is a number alone; ``facts`` are its first fields.
    ``words`` are all that was said of it, last words last.
    """

    number: int
    symbol: int
    finding: Finding
    name: str
    facts: tuple[FieldValue, ...]
    how: str
    outline: Outline | None
    words: Sequence[Word]

    @property
    def is_aside(self) -> bool:
        return bool(self.words) and self.words[-1].is_aside


@dataclass(frozen=True, slots=True)
class ListedAnswer:
    """What one layer says, in words. ``is_public``: it has a page of its own to link to."""

    answer: LayerAnswer
    sentence: str
    advice: str
    before_findings: str
    findings: tuple[ListedFinding, ...]
    symbol: int
    nearest_name: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one verdict, by category."""

    verdict: Verdict
    title: str
    categories: tuple[tuple[str, tuple[ListedAnswer, ...]], ...]

    @property
    def size(self) -> int:
        return sum(len(answers) for _title, answers in self.categories)


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything that the page of a check shows.

    ``warning`` is what must be read before the answers, or nothing.
    """

    check: Check
    sentences: tuple[str, ...]
    site_sentence: str
    warning: str
    groups: tuple[Group, ...]
    web_map: dict[str, Any]
    legend: tuple[tuple[int, str], ...]


def describe_check(check: Check, asides: Asides | None = None) -> CheckPage:
    """Return a check in words, with ``asides`` as officers have set findings aside."""
    margin_m = _MARGIN_OF_A_POINT_M if check.site.is_point else _margin_of(check)
    outlines = outlines_of(check.answers, check.site, box_around(check.site, margin_m + _REACH_M))
    groups = tuple(_groups(check, outlines, asides or {}))
    listed = [each for group in groups for _title, answers in group.categories for each in answers]
    findings = [each for answer in listed for each in answer.findings]
    return CheckPage(
        check=check,
        sentences=(*sum_up(check), *say_set_aside(sum(each.is_aside for each in findings))),
        site_sentence=describe_site(check.site),
        warning=warn_of(check.site),
        groups=groups,
        web_map=describe_check_map(check.site, margin_m, findings),
        legend=tuple((each.symbol, each.answer.title) for each in listed if each.findings),
    )


def _margin_of(check: Check) -> float:
    west, south, east, north = check.site.shape_27700.bounds
    return float(max(_MARGIN_M, max(east - west, north - south) / 3))


def _groups(
    check: Check, outlines: Mapping[FindingKey, Outline], asides: Asides
) -> Iterator[Group]:
    numbers, symbols = count(1), count(0)
    facts = read_facts(check.answers)
    titles = {
        Verdict.APPLIES: _("Applies to this site"),
        Verdict.NOT_KNOWN: describe_verdict(Verdict.NOT_KNOWN),
        Verdict.DOES_NOT_APPLY: describe_verdict(Verdict.DOES_NOT_APPLY),
    }
    for verdict, title in titles.items():
        answers = [
            _list_answer(answer, check, outlines, asides, facts, numbers, symbols)
            for answer in _by_category(check.with_verdict(verdict))
        ]
        if answers:
            yield Group(verdict, title, tuple(_categories(answers)))


def _by_category(answers: Sequence[LayerAnswer]) -> list[LayerAnswer]:
    """Return answers with those of one category together, categories as they first come."""
    order = list(dict.fromkeys(answer.category for answer in answers))
    return sorted(answers, key=lambda answer: order.index(answer.category))


def _categories(
    answers: Iterable[ListedAnswer],
) -> Iterator[tuple[str, tuple[ListedAnswer, ...]]]:
    for title, members in groupby(answers, key=lambda each: each.answer.category):
        yield title, tuple(members)


def _list_answer(
    answer: LayerAnswer,
    check: Check,
    outlines: Mapping[FindingKey, Outline],
    asides: Asides,
    facts: Facts,
    numbers: Iterator[int],
    symbols: Iterator[int],
) -> ListedAnswer:
    symbol = next(symbols) % _SYMBOLS + 1 if answer.findings else 0
    is_unknown = answer.verdict == Verdict.NOT_KNOWN
    return ListedAnswer(
        answer=answer,
        sentence=describe_answer(answer, check.site, facts),
        advice=advise(answer) if is_unknown else "",
        before_findings=describe_old_findings(answer),
        findings=tuple(
            ListedFinding(
                number=next(numbers),
                symbol=symbol,
                finding=finding,
                name=facts.name_of(answer.slug, finding.title),
                facts=facts.of(answer.slug, finding),
                how=describe_how(finding, answer, check.site, facts),
                outline=outlines.get((answer.slug, finding.fid)),
                words=asides.get((answer.slug, finding.fid), ()),
            )
            for finding in answer.findings
        ),
        symbol=symbol,
        nearest_name=facts.name_of(answer.slug, answer.nearest.title) if answer.nearest else "",
        is_public=answer.slug in facts.layers,
    )
