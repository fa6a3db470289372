"""Where a language model is: whether what is sent to it leaves the machine, and whether others could read it on the way."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import KgError


@dataclass(frozen=True)
class Destination:
    """An endpoint: its address, its host, and whether that is this very machine, or a private network."""

    url: str
    host: str
    this_machine: bool
    private: bool

    def warning(self, characters: int, model: str) -> str:
        """What a user must know before anything is sent."""
        if self.this_machine:
            return f"the article ({characters:,} characters) goes to the model '{model}' at {self.host}, on this machine"
        network = "in your own network" if self.private else "which is not this machine"
        return (
            f"this sends the article ({characters:,} characters: its whole text, title and date, and what was already found in it) "
            f"to {self.host}, {network}, for the model '{model}'. Whoever runs it can read and keep it. Nothing else is sent"
        )


def destination(url: str) -> Destination:
    """Look at an endpoint's address; raises KgError when it is none, or would send the text readable over the open internet."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise KgError(f"{url}: an endpoint is an address such as http://localhost:11434/v1 or https://host/v1")
    if parts.username or parts.password:
        raise KgError("the key of an endpoint does not belong into its address: put it into the environment variable KG_LLM_KEY")
    try:
        found = {
            ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in socket.getaddrinfo(parts.hostname, parts.port or 443)
        }
    except (OSError, ValueError):
        raise KgError(f"{parts.hostname}: no such host, or no such port") from None
    here = all(address.is_loopback for address in found)
    private = all(not address.is_global for address in found)
    if parts.scheme == "http" and not private:
        raise KgError(f"{url}: over http everybody on the way can read the article: use https")
    return Destination(url, parts.hostname, here, private)
