"""A table that nobody described: the drafted mapping runs as it is, says why each column was taken for what, and merges nobody."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.errors import Problem, RecordError
from kg.ingest import guess_mapping, read_all, read_mapping
from tests.conftest import ROOT, DataFolder

SHARED = ROOT.parent / "shared" / "datasets"
REGISTRY, FIGURES = SHARED / "ar-victims-registry", SHARED / "historical-figures-50k"

RUSSIAN = """\
ФИО;Дата рождения;Дата задержания;Дата приговора;Суд;Судья;Статья УК РФ;Срок, лет;Колония;Дело
Иванов Пётр Ильич;03.02.1980;25/06/2019;2020-09-16;Южный окружной суд;Сидоренко О. В.;ст. 205.5 ч. 2 УК РФ;12;СИЗО-1;дело четырёх
Петренко Олег Иванович;нет данных;10/06/2019;2020-09-16;Южный окружной суд;Сидоренко О. В.;ст. 278 УК РФ;18;ИК-2;дело четырёх
Коваль Илья Петрович;;14/12/2019;;;;ст. 280 УК РФ;;;
"""


class Desk:
    """Tables, a data folder, and the two commands."""

    def __init__(self, folder: DataFolder, path: Path) -> None:
        self.data, self.path, self.map = folder.path, path, path / "map.yaml"

    def table(self, text: str, name: str = "table.csv") -> Path:
        (self.path / name).write_text(text, encoding="utf-8")
        return self.path / name

    def guess(self, *files: Path) -> Result:
        return CliRunner().invoke(app, ["ingest", *map(str, files), "--guess-mapping", "-o", str(self.map), "--replace"])

    def ingest(self, *files: Path) -> list[dict[str, Any]]:
        """Guess and ingest; the passages."""
        assert self.guess(*files).exit_code == 0
        done = CliRunner().invoke(app, ["ingest", *map(str, files), "--mapping", str(self.map), "--data", str(self.data)])
        assert done.exit_code == 0, done.exception
        (record,) = (self.data / "records").rglob("*.jsonl")
        with record.open(encoding="utf-8") as file:
            return [json.loads(line) for line in file][1:-1]


@pytest.fixture
def desk(folder: DataFolder, tmp_path: Path) -> Desk:
    return Desk(folder, tmp_path)


def kept(passage: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [fact for fact in passage.get("facts", []) if next(iter(fact)) == kind]


def test_a_table_of_cases_goes_in_without_a_line_written(desk: Desk) -> None:
    first, second, third = desk.ingest(desk.table(RUSSIAN))
    assert kept(first, "person")[0] == {"person": "p-2", "name": "Иванов Пётр Ильич", "born": "1980-02-03"}
    verdict = next(fact for fact in kept(first, "event") if fact["kind"] == "sentence")
    assert verdict["date"] == "2020-09-16"
    assert verdict["provisions"] == ["ru-cc:205.5/2"]
    assert verdict["penalties"] == [{"person": "p-2", "years": "12"}]
    assert verdict["people"] == {"defendant": ["p-2"], "judge": ["o-2-sidorenko-o-v"]}
    assert kept(second, "person")[0]["note"] == "said to be unknown: born (нет данных)"
    # Charges alone are no sentence.
    assert [fact["kind"] for fact in kept(third, "event")] == ["detention"]


def test_people_are_never_merged_because_their_names_match(desk: Desk) -> None:
    same = "Name,Judge,Date of verdict\nIvan Petrenko,O. Koval,2020-01-01\nIvan Petrenko,O. Koval,2021-01-01\n"
    passages = desk.ingest(desk.table(same))
    keys = [fact["person"] for passage in passages for fact in kept(passage, "person")]
    assert len(keys) == len(set(keys)) == 4


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["05/06/2019", "07/08/2019"], "dates: keep  # needs a look: 2 dates such as 05/06/2019 can be two days"),
        (["25/06/2019", "07/08/2019"], "dates: day-first  # needs a look: 1 dates can only be read so"),
        (["06/25/2019"] * 6, "dates: month-first  # 6 dates can only be read so"),
        (["06/25/2019", "25/06/2019", "05/06/2019"], "dates: keep  # needs a look: two ways of writing are mixed"),
        (["31.02.2019", "01.02.2019"], "unreadable-dates: keep  # needs a look: 1 cells, such as '31.02.2019', are no dates"),
    ],
)
def test_how_dates_are_to_be_read_is_told_or_asked(desk: Desk, dates: list[str], told: str) -> None:
    rows = "".join(f"Ivan Petrenko,{date}\n" for date in dates)
    file = desk.table(f"Name,Arrested on\n{rows}")
    assert told in guess_mapping([file]).text
    assert len(desk.ingest(file)) == len(dates)


@pytest.mark.parametrize(
    ("header", "row", "field", "value"),
    [
        ("Full name,Gender,Occupation", "Ivan Petrenko,M,imam", "sex", "male"),
        ("Прізвище,Ім'я,По батькові", "Петренко,Іван,Олегович", "name", "Іван Олегович Петренко"),
        ("nombre,edad", "Ana Abad,26 años", "age", 26),
        ("name,alias", "Ana Abad,Anita", "other-names", ["Anita"]),
        ("name,year of birth", "Ana Abad,1950.0", "born", 1950),
        ("a,b", "Ana Abad,1950", "name", "Ana Abad"),
    ],
)
def test_columns_are_told_by_header_and_cells(desk: Desk, header: str, row: str, field: str, value: object) -> None:
    (passage,) = desk.ingest(desk.table(f"{header}\n{row}\n"))
    assert kept(passage, "person")[0][field] == value


def test_every_column_has_its_reason(desk: Desk) -> None:
    shown = desk.guess(desk.table(RUSSIAN))
    assert "needs a look" in shown.stdout
    text = desk.map.read_text(encoding="utf-8")
    for header in RUSSIAN.partition("\n")[0].split(";"):
        assert f"#   {header}: " in text
    assert "Срок, лет: years of sentence; the header says 'срок', 'лет'; 100% are numbers" in text
    assert yaml.safe_load(text)["source"]["language"] == "ru"


def test_a_draft_is_not_written_over_and_goes_to_the_output_without_a_file(desk: Desk) -> None:
    file = str(desk.table(RUSSIAN))
    plain = CliRunner().invoke(app, ["ingest", file, "--guess-mapping"])
    assert plain.stdout.startswith("# Drafted by kg ingest --guess-mapping from table.csv")
    desk.map.write_text("mine", encoding="utf-8")
    refused = CliRunner().invoke(app, ["ingest", file, "--guess-mapping", "-o", str(desk.map)])
    assert refused.exit_code == 1
    assert desk.map.read_text(encoding="utf-8") == "mine"


def test_workbooks_and_tables_of_posts(desk: Desk) -> None:
    book = Workbook()
    for row in (["Name", "Position", "Court"], ["Oleh Petrenko", "Judge", "District Court"], ["Ivan Koval", "clerk", None]):
        book.worksheets[0].append(row)
    book.save(desk.path / "posts.xlsx")
    first, second = desk.ingest(desk.path / "posts.xlsx")
    assert kept(first, "tenure") == [{"tenure": "p-2", "role": "judge", "body": "b-district-court", "title": "Judge"}]
    assert kept(second, "tenure") == [{"tenure": "p-3", "role": "official", "title": "clerk"}]


def test_every_sheet_of_a_workbook_has_its_own_mapping(desk: Desk) -> None:
    book = Workbook()
    sheets: dict[str, list[list[object]]] = {
        "People": [["id", "Name"], ["a1", "Ivan Petrenko"], ["a2", "Maria Koval"]],
        "Arrests": [["id", "Name", "Date of arrest"], ["a1", "Ivan Petrenko", "2019-06-10"]],
        "Empty": [["x"]],
    }
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.remove(book.worksheets[0])
    book.save(desk.path / "both.xlsx")
    passages = desk.ingest(desk.path / "both.xlsx")
    assert [passage["id"] for passage in passages] == ["people-a1", "people-a2", "arrests-a1"]
    assert [fact["person"] for passage in passages for fact in kept(passage, "person")] == ["p-a1", "p-a2", "p-a1"]
    assert passages[2]["locator"] == "both.xlsx[Arrests], row 2"
    assert "rows of several tables with the same value are one person" in desk.map.read_text(encoding="utf-8")


HEADERS = ["id", "Name", "дата", "fecha", "court", "x{y}", "a\nb", "x\u2028y # z", "years", "article", "note", "Sex"]
CELLS = ["", "sin datos", "05/06/2019", "31.02.2019", "Ivan Petrenko", "12", "ст. 205", "a{b}", "two\nlines", "x: y # z"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5, unique=True),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=5, max_size=5), min_size=1, max_size=4),
)
def test_any_table_gives_a_mapping_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with (folder / "any.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row[: len(header)] for row in rows)])
    try:
        draft = guess_mapping([folder / "any.csv"])
    except RecordError:
        return
    (folder / "map.yaml").write_text(draft.text, encoding="utf-8")
    mapping = read_mapping(folder / "map.yaml")
    mapping.check_header(mapping.tables[0], tuple(one.header for one in draft.purposes["any.csv"]))
    problems: Sequence[Problem] = []
    try:
        list(read_all([folder / "any.csv"], mapping))
    except RecordError as error:
        problems = error.problems
    assert all(problem.file == "any.csv" and problem.line > 1 and problem.message for problem in problems)


def test_the_argentine_register_goes_in_as_guessed(desk: Desk) -> None:
    if not REGISTRY.is_dir():
        pytest.skip("../shared/datasets/ar-victims-registry is not here")
    files = [*sorted(REGISTRY.glob("victimas_*.csv")), REGISTRY / "apodos.csv"]
    passages = desk.ingest(*files)
    people = [kept(passage, "person")[0] for passage in passages]
    assert len({person["person"] for person in people[:9_537]}) == 9_537
    assert len(people) == 9_537 + 5_362
    text = desk.map.read_text(encoding="utf-8")
    assert "missing: [dato resguardado, sin datos]" in text
    assert "dates: day-first" in text
    assert "the header also says 'hallazgo', 'restos'" in text  # a date of death, or of finding the remains
    said = sum("born (sin datos)" in person.get("note", "") for person in people)
    silent = sum("anio_nacimiento" in passage["summary"].partition("without entry: ")[2] for passage in passages)
    born = sum("born" in person for person in people)
    guarded = sum("born (dato resguardado)" in person.get("note", "") for person in people)
    assert said > 0
    assert said + silent + born + guarded == 9_537
    arrests = [fact for passage in passages for fact in kept(passage, "event") if fact["kind"] == "detention"]
    assert sum("date" in fact for fact in arrests) > 7_000


@pytest.mark.slow
def test_the_historical_figures_go_in_as_guessed(desk: Desk) -> None:
    if not FIGURES.is_dir():
        pytest.skip("../shared/datasets/historical-figures-50k is not here")
    passages = desk.ingest(FIGURES / "historical_50k.csv.gz")
    assert len(passages) == 50_578
    people = [person for passage in passages for person in kept(passage, "person")]
    assert len({person["person"] for person in people}) == len(people) == 50_511  # 67 rows name nobody
    assert "37% are 1 January" in desk.map.read_text(encoding="utf-8")
