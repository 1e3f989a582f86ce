"""Opens the encrypted connection to a checked number, and says in words why it cannot."""

import functools
import socket
import ssl
from pathlib import Path

from importers.errors import FetchFailed

# OpenSSL's X509_V_ERR numbers.
_NOT_YET, _EXPIRED, _WRONG_NAME, _WRONG_NUMBER = 9, 10, 62, 64
_UNKNOWN_AUTHORITY = frozenset((2, 18, 19, 20, 21))
_OLD_PROTOCOL = ("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "WRONG_VERSION", "NO_PROTOCOLS")
_WANTS_CERTIFICATE = ("CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "HANDSHAKE_FAILURE")


@functools.lru_cache(maxsize=8)
def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what certificates are checked by: the system's authorities and those of ``ca_file``.

    Raises
    ------
    FetchFailed
        ``TLS-CA-FILE``: the operator's file cannot be read.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError:
            raise FetchFailed(
                f"FETCH_CA_FILE is {ca_file}, which is missing or holds no certificate in PEM.",
                code="TLS-CA-FILE",
            ) from None
    return context


def open_tls(
    number: str, port: int, host: str, *, context: ssl.SSLContext, connect_s: float
) -> ssl.SSLSocket:
    """Connect to ``number``; the certificate must be one for ``host``. The handshake comes later.

    Raises
    ------
    OSError
        Nobody answers there.
    """
    plain = socket.create_connection((number, port), connect_s)
    try:
        # Not to be quiet about an end without a goodbye, which may be in the middle of an answer.
        return context.wrap_socket(
            plain,
            server_hostname=host,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
        )
    except OSError:
        plain.close()
        raise


def say_tls_fault(host: str, error: ssl.SSLError) -> FetchFailed:
    """Return the fault in words, none of which invite anybody to pass it over."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _say_certificate_fault(host, error.verify_code)
    reason = f"{error.reason or ''} {error}".upper()
    if any(word in reason for word in _OLD_PROTOCOL):
        return FetchFailed(
            f"{host} offers only encryption that is no longer safe (older than TLS 1.2). "
            "Tell the people who run it.",
            code="TLS-VERSION",
        )
    if any(word in reason for word in _WANTS_CERTIFICATE):
        return FetchFailed(
            f"{host} turned the encrypted connection down. It may ask for a certificate of ours, "
            "which this service has none of. Ask its owner for a public address of the data.",
            code="TLS-CLIENT-CERTIFICATE",
        )
    return FetchFailed(
        f"An encrypted connection to {host} could not be made or broke off. Try again later.",
        code="TLS-FAILED",
        can_retry=True,
    )


def _say_certificate_fault(host: str, verify_code: int) -> FetchFailed:
    if verify_code in (_EXPIRED, _NOT_YET):
        word = "has expired" if verify_code == _EXPIRED else "is not valid yet"
        return FetchFailed(
            f"The certificate of {host} {word}. Tell the people who run it; if it looks right to "
            "others, set this machine's clock.",
            code="TLS-EXPIRED",
        )
    if verify_code in (_WRONG_NAME, _WRONG_NUMBER):
        return FetchFailed(
            f"The server that answers for {host} shows a certificate of another name. "
            "Check the address.",
            code="TLS-NAME",
        )
    if verify_code in _UNKNOWN_AUTHORITY:
        return FetchFailed(
            f"The certificate of {host} is signed by nobody known here. If your organisation has "
            "an authority of its own, whoever runs this service names it in FETCH_CA_FILE.",
            code="TLS-UNTRUSTED",
        )
    return FetchFailed(
        f"The certificate of {host} cannot be believed. Tell the people who run it.",
        code="TLS-CERTIFICATE",
    )
