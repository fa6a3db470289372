"""Files and pages -> text: each kind is read, each way it can go wrong is told in words with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from kg.errors import KgError
from kg.extract import reading
from kg.extract.fetching import Page, fetch
from kg.extract.reading import read_article

TEXT = "On 16 August 2021 the court sentenced Ivan Petrenko to 13 years.\nHis lawyer Maria Koval appealed."
PARAGRAPHS = "".join(
    f"<p>{line} The hearing lasted all day, and relatives waited outside the building in the rain.</p>" for line in TEXT.split("\n")
)
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Verdict | Example</title>
<meta property="article:published_time" content="2021-08-17T10:00:00Z"></head><body><nav>Home About Contact</nav>
<article><h1>Verdict in Rostov</h1>{PARAGRAPHS * 2}</article><footer>Cookies</footer></body></html>"""


def docx(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def word(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return docx(f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>')


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, written by hand: the smallest file with a text layer."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 700 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(out))


def written(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_plain_text_in_the_usual_encodings(tmp_path: Path) -> None:
    russian = "Суд приговорил Ивана Петрова к 7 годам.\nОн обжаловал приговор."
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1251"):
        assert read_article(written(tmp_path, "a.txt", russian.encode(encoding))).text == russian


def test_an_html_page_gives_its_article_its_title_and_its_date(tmp_path: Path) -> None:
    article = read_article(written(tmp_path, "page.html", PAGE.encode()))
    assert "sentenced Ivan Petrenko to 13 years" in article.text
    assert "Home About" not in article.text
    assert article.published == "2021-08-17"
    assert article.title is not None
    assert "Verdict" in article.title


def test_a_word_document_gives_its_paragraphs(tmp_path: Path) -> None:
    assert read_article(written(tmp_path, "a.docx", word(TEXT))).text == TEXT


def test_a_pdf_gives_its_text_with_broken_lines_joined(tmp_path: Path) -> None:
    lines = ["On 16 August 2021 the court sentenced Ivan", "Petrenko to 13 years.", "His lawyer appealed."]
    assert "sentenced Ivan Petrenko to 13 years." in read_article(written(tmp_path, "a.pdf", pdf(lines))).text


def test_a_pdf_of_pictures_says_what_to_do(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(KgError, match=r"no text layer.*OCR"):
        read_article(written(tmp_path, "scan.pdf", out.getvalue()))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("wall.html", b"<html><body><p>We use cookies. Accept all to go on.</p></body></html>", "consent or login page"),
        ("broken.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("other.zip", docx("x").replace(b"word/document.xml", b"word/documenX.xml"), "not a Word document"),
        ("bomb.docx", docx('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "not one that Word writes"),
        ("torn.docx", docx("<w:p>"), "damaged"),
        ("picture.txt", b"\x89PNG\x00\x00\x01\x02", "not a text"),
        ("odd.txt", bytes(range(128, 256)) * 3, "save it as UTF-8"),
        ("empty.txt", b" \n ", "no text"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(KgError, match=message):
        read_article(written(tmp_path, name, content))


def test_a_missing_and_a_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KgError, match="No such file"):
        read_article(str(tmp_path / "none.txt"))
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(KgError, match="larger than 10 bytes"):
        read_article(written(tmp_path, "a.txt", TEXT.encode()))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://localhost:8000/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "https://192.168.1.1/",
    ],
)
def test_private_addresses_are_not_fetched(url: str) -> None:
    with pytest.raises(KgError, match="private network"):
        fetch(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a", "gopher://example.org"])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(KgError, match="only addresses that begin with http"):
        read_article(url)


def test_a_fetched_page_keeps_the_address_it_was_read_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "fetch", lambda url: Page("https://news.example.org/final", "text/html", "utf-8", PAGE.encode()))
    article = read_article("https://news.example.org/short")
    assert article.url == "https://news.example.org/final"
    assert "Petrenko" in article.text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_message(content: bytes) -> None:
    try:
        text = reading._from_bytes(content, "x", "", None).text
    except KgError as error:
        text = str(error)
    assert text.strip()
