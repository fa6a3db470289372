"""The command line as users meet it: help with examples, tables to read, files to reuse, errors without tracebacks."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner

from kg.cli import app
from kg.cli.chapters import CHAPTERS
from tests.conftest import DataFolder

COMMANDS = [command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands]
COMMANDS += [group.name for group in app.registered_groups if group.name]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.verdict("a", judge="=cmd|' /C calc'!A0")
    folder.verdict("b", judge="Judge B")
    target = folder.path.parent / "build"
    result = CliRunner().invoke(app, ["build", "--data", str(folder.path), "--target", str(target)])
    assert result.exit_code == 0, result.output
    return str(target)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    return subprocess.run([sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"], terminal_width=200)
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"kg {command}" in result.stdout


def test_every_command_stands_in_a_chapter_of_the_help() -> None:
    named = [name for names in CHAPTERS.values() for name in names]
    assert sorted(named) == sorted(COMMANDS), "one chapter each, and no chapter names what is not there"
    told = CliRunner().invoke(app, ["--help"], terminal_width=200).stdout
    assert [told.index(title) for title in CHAPTERS] == sorted(told.index(title) for title in CHAPTERS)


def test_without_a_command_the_help_is_shown() -> None:
    result = run()
    assert "Usage" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "officials-by-peple"], "officials-by-people"),
        (["query", "officials-by-people", "--store", "nowhere"], "kg build"),
        (["ask", "SELECT ?x {"], "not valid SPARQL"),
        (["ask", "SELECT * { SERVICE <http://x.example/> {} }"], "SERVICE"),
        (["query", "who-acted-in-case", "-p", "cas=x"], "case"),
        (["query", "who-acted-in-case", "-p", "case"], "name=value"),
        (["query", "--file", "nothing.rq"], "does not exist"),
        (["map", "--official", "Nobody Atall"], "nothing in the graph answers"),
        (["find", "Nobody Atall"], "another spelling"),
        (["network", "--sort", "beauty"], "betweenness"),
        (["explain", "Judge B", "acted against", "Nobody Atall"], "Judge B"),
        (["ask", "ASK {}", "--store", "ftp://x.example"], "kg build"),
        (["build", "--data", "nowhere"], "--data"),
        (["new", "--publisher", "x", "--url", "y", "--title", "z", "--published", "14.10.2025"], "2019-06-10"),
        (["check", "nothing.yaml"], "cannot be read"),
    ],
)
def test_a_user_error_is_one_message_and_exit_code_1(store: str, tmp_path: Path, arguments: list[str], message: str) -> None:
    if arguments[0] in ("query", "ask", "map", "find", "network", "explain") and "--store" not in arguments:
        arguments = [*arguments, "--store", store]
    result = run(*arguments)
    assert result.returncode == 1, result.stderr
    assert message in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


def test_a_wrong_command_line_is_exit_code_2(store: str) -> None:
    assert run("map", "--store", store).returncode == 2
    assert run("network", "friends", "--store", store).returncode == 2


QUESTION = "SELECT ?judge ?name { ?e pn:judge ?judge . ?judge pn:name ?name } ORDER BY ?name"


def test_a_table_shows_names_and_says_where_the_addresses_are(store: str) -> None:
    result = run("ask", QUESTION, "--store", store)
    assert "Judge B" in result.stdout
    assert "2 rows" in result.stderr
    assert result.returncode == 0


def test_csv_holds_full_addresses_and_nothing_a_spreadsheet_would_run(store: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("ask", QUESTION, "--store", store, "-f", "csv").stdout)))
    assert rows[1] == {"judge": "https://w3id.org/persecution-networks/id/b/judge", "name": "Judge B"}
    assert rows[0]["name"].startswith("'=")


def test_json_is_the_w3c_results_format(store: str) -> None:
    answer = json.loads(run("ask", QUESTION, "--store", store, "-f", "json").stdout)
    assert answer["head"]["vars"] == ["judge", "name"]
    assert answer["results"]["bindings"][1]["name"] == {"type": "literal", "value": "Judge B"}
    assert json.loads(run("ask", "ASK {}", "--store", store, "-f", "json").stdout) == {"head": {}, "boolean": True}


def test_a_graph_comes_as_turtle(store: str) -> None:
    turtle = run("ask", "CONSTRUCT { ?e pn:judge ?j } { ?e pn:judge ?j }", "--store", store, "-f", "turtle").stdout
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 2


def test_a_query_file_runs_with_or_without_decorators(store: str, tmp_path: Path) -> None:
    plain, decorated = tmp_path / "plain.rq", tmp_path / "decorated.rq"
    plain.write_text(QUESTION, encoding="utf-8")
    decorated.write_text(
        "#+ summary: Who is called so?\n#+ parameters:\n#+   name: the name\n"
        "PREFIX pn: <https://w3id.org/persecution-networks/ontology#>\nSELECT ?judge { ?judge pn:name ?_name }\n",
        encoding="utf-8",
    )
    assert "Judge B" in run("query", "--file", str(plain), "--store", store).stdout
    found = run("query", "--file", str(decorated), "-p", "name=Judge B", "-f", "csv", "--store", store)
    assert "id/b/judge" in found.stdout, found.stderr
    assert "id/a/judge" not in found.stdout


def test_a_timeline_tells_each_date_with_who_gives_it(folder: DataFolder) -> None:
    folder.verdict("a", judge="Judge A")
    folder.verdict("b", judge="Judge A")
    path = folder.path / "records" / "b.yaml"
    path.write_text(path.read_text("utf-8").replace("2021-08-16", "2021-08-17").replace("example-news", "other-news"), "utf-8")
    folder.same("events", ("b/verdict", "a/verdict"))
    folder.same("people", ("b/judge", "a/judge"))
    target = str(folder.path.parent / "build")
    assert CliRunner().invoke(app, ["build", "--data", str(folder.path), "--target", target]).exit_code == 0
    table = run("timeline", "Judge A", "--store", target).stdout
    assert "2021-08-16 (Example News)" in table
    assert "2021-08-17 (Other News)" in table
    (row,) = csv.DictReader(io.StringIO(run("timeline", "Judge A", "--store", target, "-f", "csv").stdout))
    assert (row["kind"], row["publishers"], row["in dispute"]) == ("sentence", "2", "date")
    told = json.loads(run("timeline", "Judge A", "--store", target, "-f", "json").stdout)
    assert [dated["text"] for dated in told["events"][0]["dates"]] == ["2021-08-16", "2021-08-17"]


def test_the_doctor_finds_a_build_that_lags_behind_its_records_and_one_that_is_not_there(folder: DataFolder) -> None:
    folder.verdict("a", judge="Judge A")
    target = str(folder.path.parent / "build")
    where = ["--data", str(folder.path), "--store", target]
    missing = run("doctor", *where)
    assert missing.returncode == 1
    assert "kg build --target" in missing.stdout
    assert run("build", "--data", str(folder.path), "--target", target).returncode == 0
    assert "nothing changed since the build" in run("doctor", *where).stdout
    folder.verdict("b", judge="Judge B")
    lagging = {one["what"]: one for one in json.loads(run("doctor", *where, "-f", "json").stdout)}
    assert "b.yaml" in lagging["data"]["told"]
    assert lagging["data"]["remedy"] == "kg build"
    assert lagging["store"]["state"] == "good"


def test_the_library_is_listed_by_group_with_one_line_each() -> None:
    result = run("query")
    assert "officials-by-people" in result.stdout
    assert len(result.stdout.splitlines()) > 60


def test_networks_and_maps_are_written_as_files(store: str, tmp_path: Path) -> None:
    graphml, page = tmp_path / "network.graphml", tmp_path / "map.html"
    assert run("network", "official-case", "-o", str(graphml), "--store", store).returncode == 0
    assert "Judge B" in graphml.read_text(encoding="utf-8")
    assert run("map", "--official", "Judge B", "-o", str(page), "--store", store).returncode == 0
    assert "Judge B" in page.read_text(encoding="utf-8")


def test_an_answer_cut_off_by_a_pipe_is_no_error(store: str) -> None:
    command = f"{sys.executable} -m kg ask 'SELECT ?s ?p ?o {{ ?s ?p ?o }}' -f csv --store {store} | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "s,p,o"
    assert "Traceback" not in result.stderr
