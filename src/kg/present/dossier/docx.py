"""A dossier as a Word document, for those who go on writing in it."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kg.present.archives import timeless
from kg.present.dossier.model import Blank, Claim, Difference, Dossier, Note, PassageEntry, Section
from kg.present.plain_text import plain, web_address
from kg.present.words import Words

_SOFT = RGBColor(0x56, 0x5B, 0x61)


def to_docx(dossier: Dossier) -> bytes:
    """The content of a .docx file; the same dossier gives the same bytes."""
    made = _Document(dossier)
    made.write()
    content = io.BytesIO()
    made.document.save(content)
    return timeless(content.getvalue())


class _Document:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier, self.words = dossier, Words(dossier.language, "kg.present.dossier")
        self.document: Any = Document()
        self._styles()

    def _styles(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22)
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Liberation Serif", Pt(10.5)
        for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11)):
            styles[name].font.name, styles[name].font.size, styles[name].font.color.rgb = (
                "Liberation Sans",
                Pt(size),
                RGBColor(0, 0, 0),
            )
            fonts = styles[name].element.rPr.rFonts  # the template's theme would win over the name
            for attribute in list(fonts.attrib):
                if "Theme" in attribute:
                    del fonts.attrib[attribute]
        small = styles.add_style("Passage", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style = styles["Normal"]
        small.font.size = Pt(9)
        small.paragraph_format.left_indent, small.paragraph_format.space_after = Mm(12), Pt(3)
        line = styles.add_style("Value", WD_STYLE_TYPE.PARAGRAPH)
        line.base_style = styles["Normal"]
        line.paragraph_format.left_indent, line.paragraph_format.space_after = Mm(8), Pt(1)

    def write(self) -> None:
        d, document = self.dossier, self.document
        properties = document.core_properties
        properties.title, properties.author, properties.language = plain(d.title)[:250], "", d.language
        document.add_heading(plain(d.title), 0)
        for label, value in d.about:
            self._labelled(document.add_paragraph(style="Value"), label, value)
        for section in d.sections:
            self._section(section)
        self._footer()

    def _section(self, section: Section) -> None:
        self.document.add_heading(section.title, 1)
        if section.introduction:
            self.document.add_paragraph().add_run(section.introduction).italic = True
        for item in section.items:
            match item:
                case Claim():
                    self._claim(item)
                case Difference():
                    self._difference(item)
                case Blank():
                    paragraph = self.document.add_paragraph()
                    paragraph.add_run(item.label).bold = True
                    self._soft(paragraph, f" ({item.hint})")
                    self.document.add_paragraph()
                case Note():
                    self.document.add_paragraph(plain(item.text), style="List Bullet" if section.key == "summary" else None)
        if section.key == "sources":
            self._sources()

    def _claim(self, claim: Claim) -> None:
        marks = [self.words("claim.inferred").upper()] if claim.inferred else []
        marks += [how.upper() for how in claim.modality]
        marks += [self.words("claim.one-publisher")] if claim.publishers == 1 and not claim.inferred else []
        heading = self.document.add_heading(f"{claim.number}. {plain(claim.text)}", 2)
        if marks:
            self._soft(heading, f"  [{', '.join(marks)}]")
        if claim.rules:
            self._labelled(self.document.add_paragraph(style="Value"), self.words("claim.rules"), "; ".join(claim.rules))
        for line in claim.lines:
            paragraph = self.document.add_paragraph(style="Value")
            disputed = f" ({self.words('claim.disputed')})" if line.disputed else ""
            self._labelled(paragraph, line.label, line.text + disputed)
            self._soft(paragraph, _cited(line.passages))
        if not claim.lines:
            self._soft(heading, _cited(claim.passages))
        self._told(claim.shown, [*claim.passages, *(n for line in claim.lines for n in line.passages)])

    def _difference(self, item: Difference) -> None:
        heading = self.document.add_heading(f"{item.number}. {plain(item.text)}", 2)
        self._soft(heading, f"  [{item.difference}]")
        table = self.document.add_table(1, len(item.sides), style="Table Grid")
        for cell, side in zip(table.rows[0].cells, item.sides, strict=True):
            cell.paragraphs[0].add_run(plain(side.value)).bold = True
            self._soft(cell.paragraphs[0], _cited(side.passages))
            self._soft(cell.add_paragraph(), self.words.count("claim.publishers", side.publishers))
        self._told(item.shown, [n for side in item.sides for n in side.passages])

    def _told(self, shown: tuple[int, ...], cited: list[int]) -> None:
        for number in shown:
            self._passage(self.dossier.passages[number - 1])
        elsewhere = sorted(set(cited) - set(shown))
        if elsewhere:
            passages = [self.dossier.passages[number - 1] for number in elsewhere]
            told = "; ".join(f"[{p.number}] {self.words('claim.under', claim=p.claim)}" for p in passages)
            self._soft(self.document.add_paragraph(style="Passage"), told)

    def _passage(self, passage: PassageEntry) -> None:
        source = self.dossier.sources[passage.source - 1]
        paragraph = self.document.add_paragraph(f"[{passage.number}] {plain(passage.summary)} ", style="Passage")
        if passage.quote:
            paragraph.add_run(f"{self.words('source.quote')}: “{plain(passage.quote)}” ").italic = True
        citing = f" ({self.words('source.cites', publisher=passage.citing)})" if passage.citing else ""
        day = self.words.date(source.published) if source.published else self.words("source.undated")
        told = (source.publisher + citing, f"“{source.title}”", day, passage.locator)
        self._soft(paragraph, "— " + ", ".join(plain(part) for part in told if part) + ". ")
        self._link(paragraph, source.url or source.locator)

    def _sources(self) -> None:
        table = self.document.add_table(1, 4, style="Table Grid")
        for cell, key in zip(table.rows[0].cells, ("number", "source", "published", "check"), strict=True):
            cell.paragraphs[0].add_run(self.words(f"columns.{key}")).bold = True
        for source in self.dossier.sources:
            cells = table.add_row().cells
            cells[0].text = str(source.number)
            cells[1].text = plain(", ".join(filter(None, (source.title, source.publisher, source.author, source.language))))
            cells[2].text = self.words.date(source.published) if source.published else self.words("source.undated")
            self._link(cells[3].paragraphs[0], source.url or source.locator)
            for key in ("accessed", "archived", "hash", "note", "reliability"):
                value = getattr(source, key)
                if value:
                    label = self.words(f"source.{key}") if key != "note" else ""
                    self._labelled(cells[3].add_paragraph(), label, self.words.date(value) if key == "accessed" else value)
            if source.url and not source.accessed and not source.archived:
                self._soft(cells[3].add_paragraph(), self.words("source.unread"))
            self._soft(cells[3].add_paragraph(), f"{self.words('source.record')}: {source.address}")

    def _labelled(self, paragraph: Any, label: str, text: str) -> None:
        if label:
            self._soft(paragraph, f"{plain(label)}: ")
        paragraph.add_run(plain(text))

    def _soft(self, paragraph: Any, text: str) -> None:
        run = paragraph.add_run(plain(text))
        run.font.color.rgb, run.font.size, run.bold = _SOFT, Pt(9), False

    def _link(self, paragraph: Any, url: str) -> None:
        """An address of the web as a hyperlink, any other as text."""
        if not web_address(url):
            self._soft(paragraph, url)
            return
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run = paragraph.add_run(plain(url))
        run.font.size, run.font.underline = Pt(9), True
        link.append(run._r)
        paragraph._p.append(link)

    def _footer(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.add_run(plain(self.dossier.title)[:90] + " · ")
        before, between, after = self.words("page.of").replace("{pages}", "{page}").split("{page}")
        paragraph.add_run(before)
        _field(paragraph, "PAGE")
        paragraph.add_run(between)
        _field(paragraph, "NUMPAGES")
        paragraph.add_run(after)


def _cited(numbers: tuple[int, ...]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in, e.g. PAGE (ECMA-376, 17.16.5)."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
