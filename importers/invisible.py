"""Takes away what nobody sees around a text: spaces, and characters without any width."""

# Byte order mark, as stands where two files were joined, zero-width space, word joiner, soft
# hyphen. Not the joiners U+200C and U+200D, which some languages write with.
BYTE_ORDER_MARK = "\ufeff"
_UNSEEN = f"{BYTE_ORDER_MARK}\u200b\u2060\u00ad"
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def strip_unseen(text: str) -> str:
    """Return a text without spaces and characters of no width at its ends."""
    bare = text.strip()
    if bare and (bare[0] in _UNSEEN or bare[-1] in _UNSEEN):
        return bare.strip(_UNSEEN + _SPACES)
    return bare
