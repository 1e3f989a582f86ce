"""What changed since an edition or a time."""

from layers.api.openapi.parts import query_parameter

# The 29th of February of every year that 4 divides, and no other day that is none.
_DATE = (
    r"(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)"
    r"|02-(0[1-9]|1\d|2[0-8]))|\d\d([02468][048]|[13579][26])-02-29)"
)
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)"

CHANGED_SINCE = query_parameter(
    "changed-since",
    "For those who keep a copy: only features that are new or different since this edition (the "
    "`edition` of an earlier answer) or time, with `change` saying how, and in `removed` the ids "
    "of those that are gone. Goes with crs, limit, cursor, f. 410 changes-unknown: copy the "
    "layer whole. 404 layer-withdrawn: empty the copy.",
    type="string",
    pattern=rf"^(\d{{1,15}}|{_DATE}(T{_TIME})?)$",
)
# An edition, and the id of the feature after which a page begins.
CURSOR_OF_CHANGES = r"\d{1,15}-[A-Za-z0-9._~-]{1,120}"
