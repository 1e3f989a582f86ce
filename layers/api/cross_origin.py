"""What lets scripts of any other site read an answer (Fetch standard, CORS protocol)."""

# Any site may read an answer, and what its headers say about it.
FOR_EVERY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Crs, Content-Disposition, Content-Length, Content-Range, ETag,"
        " Last-Modified, Link, RateLimit, RateLimit-Policy, Repr-Digest, Retry-After"
    ),
}
