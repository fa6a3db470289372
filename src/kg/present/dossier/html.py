"""A dossier as one HTML page that needs nothing else, and prints well."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup, escape

from kg.present.dossier.model import Claim, Difference, Dossier, PassageEntry, Section
from kg.present.plain_text import plain, web_address
from kg.present.words import Words


def to_html(dossier: Dossier) -> str:
    """The whole page. Nothing is loaded from anywhere; what others wrote is text, and only addresses of the web are links."""
    words = Words(dossier.language, "kg.present.dossier")
    style = _style(words)

    def later(item: Claim | Difference) -> list[PassageEntry]:
        """The passages that another claim tells in full."""
        numbers = {n for line in getattr(item, "lines", ()) for n in line.passages} | set(getattr(item, "passages", ()))
        numbers |= {n for side in getattr(item, "sides", ()) for n in side.passages}
        return [dossier.passages[number - 1] for number in sorted(numbers - set(item.shown))]

    return (
        _environment()
        .get_template("dossier.html")
        .render(
            d=dossier,
            w=words,
            passages=dossier.passages,
            sources=dossier.sources,
            later=later,
            rules_of=rules_of,
            letter=lambda index: chr(ord("a") + index % 26) * (1 + index // 26),
            style=Markup(style),
            style_hash=Markup(f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"),
        )
    )


def rules_of(section: Section) -> list[str]:
    """The rules that the inferred claims of a section follow by, each once."""
    return list(dict.fromkeys(rule for item in section.items if isinstance(item, Claim) for rule in item.rules))


def _style(words: Words) -> str:
    style = files("kg.present.dossier").joinpath("assets", "dossier.css").read_text(encoding="utf-8")
    before, between, after = words("page.of").replace("{pages}", "{page}").split("{page}")
    return style.replace("PAGE_OF", f'"{before}" counter(page) "{between}" counter(pages) "{after}"')


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.present.dossier", "assets"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"shown": shown, "link": link, "kind": lambda item: type(item).__name__.lower()}
    return made


def shown(text: object) -> Markup:
    """A text that somebody else wrote: escaped, and kept from reordering what stands beside it."""
    return Markup("<bdi>{}</bdi>").format(escape(plain(text)))


def link(url: str) -> Markup:
    """An address of the web as a link, any other as text."""
    address = web_address(url)
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, plain(url)) if address else shown(url)
