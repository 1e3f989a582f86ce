"""What changed since an edition or a time."""

from layers.api.openapi.parts import query_parameter

_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)"

CHANGED_SINCE = query_parameter(
    "changed-since",
    "For those who keep a copy: only features that are new or different since this edition (the "
    "`edition` of an earlier answer) or time, with `change` saying how, and in `removed` the ids "
    "of those that are gone. Goes with crs, limit, cursor, f. 410 changes-unknown: copy the "
    "layer whole. 404 layer-withdrawn: empty the copy.",
    type="string",
    # Days to the 28th only: which month has more no pattern says well.
    pattern=rf"^(\d{{1,15}}|{_DATE}(T{_TIME})?)$",
)
# An edition, and the id of the feature after which a page begins.
CURSOR_OF_CHANGES = r"\d{1,15}-[A-Za-z0-9._~-]{1,120}"
