"""A file, a web page or standard input -> the plain text of an article, its title and date.

Plain text, HTML (trafilatura finds the article in the page), PDF with a text layer, and Word documents (DOCX). What comes in is
hostile until parsed: sizes are capped, archives are not unpacked further than their cap, XML with a document type is refused.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from kg.errors import KgError
from kg.extract.fetching import fetch

MAX_BYTES = 20_000_000
"""Largest file read, in bytes."""
MAX_TEXT = 1_000_000
"""Longest article, in characters: about 150,000 words."""
MAX_PAGES = 500
"""Most pages of a PDF."""
SHORTEST = 200
"""A page that gives fewer characters is probably no article but a consent wall or an empty shell filled by scripts."""
_WALL = re.compile(
    r"cookie|consent|enable javascript|javascript|captcha|are you human|subscribe to|log in|cloudflare|увімкніть|включите", re.I
)
MIXED = "two encodings are mixed"
_CONSENT = re.compile(
    r"cookies?\b|consent|privacy policy|personal data|partners|advertising|legitimate interest|accept all|reject all"
    r"|manage (?:settings|options)|соглас\w+|конфиденциальност\w+|персональн\w+ данн\w+|принять все"
    r"|куки|згод\w+|конфіденційн\w+|персональн\w+ дан\w+|прийняти всі",
    re.I,
)
CONSENT_SHARE = 0.04
"""A short page of which so many words speak of consent is a consent wall that the page finder took for an article."""
SHORT = 4_000
"""Longest text, in characters, that can be such a wall."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Article:
    """Plain text, one paragraph a line; title, date (ISO 8601), address where the input gives them; `notes`: what was not read."""

    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


def read_article(source: str) -> Article:
    """Read a file, an http(s) address, or standard input for `-`.

    Raises KgError saying what is wrong and what to do: a PDF without a text layer, a consent wall, an unknown encoding, too large.
    """
    if re.match(r"[a-z]+://", source, re.I):
        page = fetch(source)
        return replace(_from_bytes(page.content, source, page.media_type, page.charset), url=page.url)
    if source == "-":
        return _from_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", "", None)
    path = Path(source)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise KgError(f"{source}: larger than {MAX_BYTES:,} bytes: save the part you need as a file of its own")
        content = path.read_bytes()
    except OSError as error:
        raise KgError(f"{source}: cannot be read: {error.strerror}") from None
    return _from_bytes(content, source, "", None)


def _from_bytes(content: bytes, name: str, media_type: str, charset: str | None) -> Article:
    if len(content) > MAX_BYTES:
        raise KgError(f"{name}: larger than {MAX_BYTES:,} bytes: save the part you need as a file of its own")
    if content[:5] == b"%PDF-" or media_type == "application/pdf":
        article = _pdf(content, name)
    elif content[:4] == b"PK\x03\x04":
        article = Article(_docx(content, name))
    elif media_type in ("text/html", "application/xhtml+xml") or re.match(
        rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<\?xml|<head|<body|<article|<!--)", content[:300], re.I
    ):
        article = _html(_decoded(content, name, charset or _declared(content)), name)
    else:
        article = Article(_decoded(content, name, charset))
    text = re.sub(r"[ \t\u00a0]+\n", "\n", article.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise KgError(f"{name}: there is no text in it")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise KgError(f"{name}: line {line}: a NUL byte in the text: the file is damaged; save it anew as UTF-8 text")
    if len(text) > MAX_TEXT:
        raise KgError(f"{name}: {len(text):,} characters, the limit is {MAX_TEXT:,}: save the part you need as a file of its own")
    return replace(article, text=text)


def _decoded(content: bytes, name: str, charset: str | None) -> str:
    if content[:2] == b"\x1f\x8b":
        raise KgError(f"{name}: packed with gzip: unpack it first (gunzip), then give the file inside")
    if b"\x00" in content[:4000] and content[:2] not in (b"\xff\xfe", b"\xfe\xff") and not _mostly_text(content[:4000]):
        raise KgError(f"{name}: not a text, HTML, PDF or DOCX file")
    marked = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    by_mark = next((encoding for mark, encoding in marked.items() if content.startswith(mark)), None)
    for encoding in (by_mark, charset, "utf-8"):
        try:
            if encoding:
                return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    # The usual Cyrillic encoding before UTF-8; believed only when nearly all that it gives are Cyrillic letters, and when nothing
    # before the first misfit is UTF-8: two encodings in one file would be read as letters too, and as nonsense.
    misfit = _misfit(content)
    if MIXED in misfit:
        raise KgError(f"{name}: {misfit}: save all of it as UTF-8 text")
    text = content.decode("cp1251", errors="replace")
    high = [char for char in text if ord(char) > 127]
    letters = [char for char in high if char in "«»“”„–—…№" or "Ѐ" <= char <= "ӿ"]
    if len(letters) >= 0.95 * len(high) and re.search("[а-яіїєґ]{4}", text):
        return text
    raise KgError(f"{name}: {misfit}: neither UTF-8 nor an encoding that it declares: save it as UTF-8 text")


def _misfit(content: bytes) -> str:
    """Where the first byte stands that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        other = f", while others are: {MIXED}" if any(ord(char) > 127 for char in before) else ""
        return f"line {line}, column {column}: byte {content[error.start]:#04x} is not UTF-8{other}"
    return "line 1"


def _mostly_text(content: bytes) -> bool:
    """Whether a few NUL bytes stand in what is otherwise text."""
    return content.count(b"\x00") * 50 < len(content) and not re.search(rb"[\x01-\x08\x0e-\x1a]", content)


def _declared(content: bytes) -> str | None:
    match = re.search(rb"""charset\s*=\s*["']?([\w-]+)""", content[:3000], re.I)
    return match[1].decode("ascii") if match else None


def _html(page: str, name: str) -> Article:
    import trafilatura

    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True)
    values = found if isinstance(found, dict) else found.as_dict() if found is not None else {}
    text = str(values.get("text") or "")
    if len(text) < SHORTEST:
        wall = " It looks like a consent or login page." if _WALL.search(page) else ""
        raise KgError(
            f"{name}: no article was found in the page ({len(text)} characters).{wall} Open it in a browser, accept what it asks, "
            "and save the page as HTML or its text as a .txt file"
        )
    told = _CONSENT.findall(text)
    if len(text) < SHORT and len(told) > CONSENT_SHARE * len(text.split()):
        share = f"{len(told)} of its {len(text.split())} words speak of consent"
        raise KgError(
            f"{name}: this is a consent wall, not an article ({share}). Open it in a browser, accept or refuse, and save the page "
            "as HTML; if it is the article, save its text as a .txt file"
        )
    title, date = values.get("title"), values.get("date")
    return Article(
        text, str(title) if title else None, str(date) if date and re.fullmatch(r"\d{4}(-\d\d){0,2}", str(date)) else None
    )


def _pdf(content: bytes, name: str) -> Article:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise KgError(f"{name}: the PDF is locked with a password: save an unlocked copy")
        if len(reader.pages) > MAX_PAGES:
            raise KgError(
                f"{name}: {len(reader.pages)} pages, the limit is {MAX_PAGES}: save the pages you need as a file of their own"
            )
        pages = [(page.extract_text() or "").splitlines() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise KgError(f"{name}: the PDF cannot be read: {error}") from None
    text = _paragraphs([line for page in pages for line in page])
    if len(re.sub(r"\s", "", text)) < 40:
        raise KgError(f"{name}: the PDF has no text layer, only pictures of pages: run it through text recognition (OCR) first")
    silent = [str(number) for number, page in enumerate(pages, 1) if not any(line.strip() for line in page)]
    told = f"{name}: page {', '.join(silent)} of {len(pages)} has no text layer: what stands there was not read"
    return Article(text, notes=(told,) if silent else ())


def _paragraphs(lines: list[str]) -> str:
    """Lines of a page -> paragraphs: a line that fills the column and ends in mid-sentence goes on in the next."""
    longest = max((len(line) for line in lines), default=0)
    text = ""
    for line in lines:
        bare = line.strip()
        if not bare:
            text = text.rstrip() + "\n"
        elif text.endswith("-") and bare[0].islower():
            text = text[:-1] + bare
        elif (
            text
            and not text.endswith("\n")
            and (len(last := text.rsplit("\n", 1)[-1]) > 0.6 * longest or last[-1:] not in ".!?:»”")
        ):
            text += " " + bare
        else:
            text += bare
        if bare and bare[-1] in ".!?”»:" and len(bare) < 0.75 * longest:
            text += "\n"
    return text.strip()


def _docx(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > MAX_BYTES:
                raise KgError(f"{name}: the document unpacks to {info.file_size:,} bytes, the limit is {MAX_BYTES:,}")
            with archive.open(info) as part:
                xml = part.read(MAX_BYTES + 1)
    except KeyError:
        raise KgError(
            f"{name}: a ZIP archive, but not a Word document (DOCX): save the article as DOCX, PDF, HTML or text"
        ) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise KgError(f"{name}: the document is damaged or locked: {error}") from None
    if len(xml) > MAX_BYTES or b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        raise KgError(f"{name}: the document is not one that Word writes: save it anew or as text")
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise KgError(f"{name}: the document is damaged: {error}") from None
    lines = []
    for paragraph in root.iter(f"{_WORD}p"):
        pieces = []
        for node in paragraph.iter():
            if node.tag == f"{_WORD}t":
                pieces.append(node.text or "")
            elif node.tag in (f"{_WORD}tab", f"{_WORD}br"):
                pieces.append(" ")
        lines.append("".join(pieces))
    return "\n".join(lines)
