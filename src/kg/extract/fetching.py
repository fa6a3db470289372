"""Fetching one public web page: http and https only, public addresses only, with limits on size, time and redirects."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kg.errors import KgError

MAX_BYTES = 10_000_000
"""Largest page fetched, in bytes: a long report as PDF."""
TIMEOUT = 20.0
"""Seconds that a server may stay silent."""
MAX_REDIRECTS = 5
AGENT = "persecution-networks (kg extract; one page at an editor's request)"


@dataclass(frozen=True)
class Page:
    """What a server answered: the address it was finally read from, the media type it claims, the charset it claims, the bytes."""

    url: str
    media_type: str
    charset: str | None
    content: bytes


def fetch(url: str) -> Page:
    """Fetch `url`, following redirects; raises KgError saying what is wrong and what to do.

    The address is looked up once and the connection made to what was checked, so that a name cannot point elsewhere in between.
    """
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(url)
        if isinstance(answer, Page):
            return answer
        url = urljoin(url, answer)
    raise KgError(f"{url}: more than {MAX_REDIRECTS} redirects: open the page in a browser and save it as a file")


def _ask(url: str) -> Page | str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise KgError(f"{url}: only addresses that begin with http:// or https:// can be fetched")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise KgError(f"{url}: the port is not a number between 0 and 65535") from None
    address = _public_address(parts.hostname, port)
    connection = _Pinned(parts.hostname, port, address, secure=parts.scheme == "https")
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", _quoted(target), headers={"User-Agent": AGENT, "Accept": "text/html,application/pdf,*/*;q=0.5"})
        response = connection.getresponse()
        location = response.getheader("Location")
        if response.status in (301, 302, 303, 307, 308) and location:
            return location
        if response.status != 200:
            raise KgError(
                f"{url}: the server answered {response.status} {response.reason}: open the page in a browser and save it as a file"
            )
        content = response.read(MAX_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise KgError(f"{url}: cannot be fetched: {error}") from None
    finally:
        connection.close()
    if len(content) > MAX_BYTES:
        raise KgError(f"{url}: larger than {MAX_BYTES:,} bytes: save the part you need as a file")
    return Page(url, response.headers.get_content_type(), response.headers.get_content_charset(), content)


def _public_address(host: str, port: int) -> str:
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise KgError(f"{host}: no such host: {error.strerror or error}") from None
    for address in found:
        if not ipaddress.ip_address(address.split("%")[0]).is_global:
            raise KgError(f"{host} is an address of a private network ({address}): save the page as a file and give that")
    return min(found)


def _quoted(target: str) -> str:
    from urllib.parse import quote

    return quote(target, safe="/?&=%:;,@!$'()*+~#[]-._")


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address, with the certificate of the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._secure else plain
