"""A feature's key, and the URL segment made from it."""

from hashlib import sha256
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

_PLAIN = "^[A-Za-z0-9_~-]{1,100}$"
_OTHER = "[^A-Za-z0-9._~-]+"
_LONGEST_READABLE = 80


def feature_ids(keys: "pa.StringArray") -> "pa.StringArray":
    """Return a URL segment for each of a source's keys: the same key gives the same for ever.

    A key that is already plain stays as it is. Another has its odd characters
    replaced and a few digits of its hash added, so that two keys never meet:
    ``2026/01234/PA`` becomes ``2026-01234-PA.c12a5534``.
    """
    is_plain = pc.match_substring_regex(keys, _PLAIN)
    if pc.all(is_plain, min_count=0).as_py():
        return keys
    is_odd = pc.invert(is_plain)
    return cast(
        "pa.StringArray", pc.replace_with_mask(keys, is_odd, _segments(keys.filter(is_odd)))
    )


def _segments(odd: "pa.StringArray") -> "pa.StringArray":
    readable = pc.utf8_trim(pc.replace_substring_regex(odd, _OTHER, "-"), "-.")
    digests = [sha256(key.encode()).hexdigest()[:8] for key in odd.to_pylist()]
    return cast(
        "pa.StringArray",
        pc.binary_join_element_wise(
            pc.utf8_slice_codeunits(readable, 0, _LONGEST_READABLE),
            pa.array(digests, pa.string()),
            ".",
        ),
    )
