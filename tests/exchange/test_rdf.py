"""RDF in: the same from every syntax, named graphs and blank nodes kept, foreign words by alignments and rules, nothing fetched."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Dataset, RdfFormat, parse, serialize
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph import Graph
from kg.graph.build import current_build
from kg.ingest.rdf.blank_nodes import named
from kg.records import read_record, read_registries
from tests.conftest import SMALL, DataFolder

TURTLE = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <https://schema.org/> .
@prefix e: <http://example.org/> .
e:p a foaf:Person ; foaf:name "Petro Probny" ; s:birthDate "1970-02-01" .
e:c a org:Organization ; rdfs:label "Alushta court" ; s:location "Alushta" .
[] a org:Membership ; org:member e:p ; org:organization e:c ; org:role [ <http://www.w3.org/2004/02/skos/core#prefLabel> "judge" ] .
"""


def ingest(folder: DataFolder, *files: Path, options: tuple[str, ...] = ()) -> tuple[int, str]:
    arguments = ["ingest", *map(str, files), "--publisher", "example-news", "--id", "x", "--data", str(folder.path), *options]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output + str(result.exception or "")


def passages(folder: DataFolder) -> dict[str, Any]:
    record = read_record(folder.path / "records" / "example-news" / "x.jsonl", None, read_registries(folder.path))
    return {passage.id: passage for passage in record.passages}


def facts(folder: DataFolder) -> list[dict[str, Any]]:
    return [fact.model_dump(exclude_defaults=True) for passage in passages(folder).values() for fact in passage.facts]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_foreign_words_become_facts_under_their_subjects(folder: DataFolder, tmp_path: Path) -> None:
    code, output = ingest(folder, write(tmp_path / "a.ttl", TURTLE))
    assert code == 0, output
    said = {next(kind for kind in ("tenure", "person", "body") if kind in fact): fact for fact in facts(folder)}
    assert said["person"]["name"] == "Petro Probny"
    assert (said["body"]["name"], said["body"]["place"]) == ("Alushta court", "alushta")
    assert (said["tenure"]["role"], said["tenure"]["body"]) == ("judge", said["body"]["body"])
    locators = {passage.locator for passage in passages(folder).values()}
    assert "a.ttl, subject <http://example.org/p>" in locators


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("nt", RdfFormat.N_TRIPLES),
        ("nq", RdfFormat.N_QUADS),
        ("trig", RdfFormat.TRIG),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
        ("nt.gz", RdfFormat.N_TRIPLES),
    ],
)
def test_every_syntax_says_the_same(folder: DataFolder, tmp_path: Path, ending: str, form: RdfFormat) -> None:
    assert ingest(folder, write(tmp_path / "a.ttl", TURTLE))[0] == 0
    wanted = sorted(map(str, facts(folder)))
    (folder.path / "records" / "example-news" / "x.jsonl").unlink()
    data = serialize((quad.triple for quad in parse(TURTLE, RdfFormat.TURTLE)), format=form) or b""
    (tmp_path / f"a.{ending}").write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    code, output = ingest(folder, tmp_path / f"a.{ending}")
    assert code == 0, output
    assert sorted(map(str, facts(folder))) == wanted


def test_named_graphs_are_kept_apart(folder: DataFolder, tmp_path: Path) -> None:
    text = """@prefix f: <http://xmlns.com/foaf/0.1/> . @prefix s: <https://schema.org/> . @prefix e: <http://example.org/> .
    e:one { e:p s:birthDate "1970" } e:two { e:p a f:Person ; f:name "Petro Probny" ; s:birthDate "1971" }"""
    code, output = ingest(folder, write(tmp_path / "a.trig", text))
    assert code == 0, output
    found = {passage.locator.rpartition("graph ")[2]: passage.facts for passage in passages(folder).values()}
    assert set(found) == {"<http://example.org/one>", "<http://example.org/two>"}
    (birth,) = found["<http://example.org/one>"]
    assert (str(birth.born), birth.name) == ("1970", None)  # the graph that gives no name is not made to


def test_blank_nodes_keep_their_names_whatever_else_changes() -> None:
    def names(text: str) -> set[str]:
        quads = named(parse(f"@prefix : <http://e.org/> . {text}", RdfFormat.TURTLE), "http://b/")
        return {str(quad) for quad in quads}

    one = names('[] :p [ :q "a" ] ; :r :x . [] :p [ :q "b" ] .')
    other = names('_:k :p _:m . _:m :q "b" . _:u :r :x ; :p _:v . _:v :q "a" .')
    assert one == other
    assert len(names("[] :p 1 . [] :p 1 .")) == 2  # alike, and still two
    assert one < names('[] :p [ :q "a" ] ; :r :x . [] :p [ :q "b" ] . [] :p [ :q "c" ] .')


def test_naming_blank_nodes_joins_nothing() -> None:
    text = "@prefix : <http://e.org/> . _:a :n _:b . _:b :n _:c . _:c :n _:a . _:d :n _:e . _:e :n _:d ."
    quads = list(parse(text, RdfFormat.TURTLE, rename_blank_nodes=False))
    after = named(quads, "http://b/")
    assert len({quad.subject for quad in after}) == 5
    assert len(Dataset(after)) == len(Dataset(quads))


def test_a_second_ingest_changes_nothing(folder: DataFolder, tmp_path: Path) -> None:
    path = write(tmp_path / "a.ttl", TURTLE)
    assert ingest(folder, path)[0] == 0
    record = folder.path / "records" / "example-news" / "x.jsonl"
    before = (record.read_bytes(), record.stat().st_mtime_ns)
    code, output = ingest(folder, path)
    assert (code, (record.read_bytes(), record.stat().st_mtime_ns)) == (0, before)
    assert "unchanged" in output


def test_a_users_alignment_and_rule_translate_their_own_words(folder: DataFolder, tmp_path: Path) -> None:
    data = write(
        tmp_path / "a.ttl", '@prefix x: <http://x.org/> . x:p a x:Human ; x:called "Petro Probny" ; x:arrestedOn "2020-01-02" .'
    )
    code, output = ingest(folder, data)
    assert code == 1
    align = write(
        tmp_path / "align.ttl",
        """@prefix x: <http://x.org/> . @prefix pn: <https://w3id.org/persecution-networks/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        x:Human owl:equivalentClass pn:Person . x:called skos:exactMatch pn:name .""",
    )
    code, output = ingest(folder, data, options=("--alignments", str(align)))
    assert code == 0, output
    assert "1 x http://x.org/arrestedOn: no alignment and no rule says what it is" in output
    rule = write(
        tmp_path / "arrest.rq",
        """PREFIX x: <http://x.org/> PREFIX pn: <https://w3id.org/persecution-networks/ontology#>
        CONSTRUCT { ?e a pn:Detention ; pn:date ?day ; pn:detainee ?p }
        WHERE { ?p x:arrestedOn ?day BIND(IRI(CONCAT(STR(?p), "#arrest")) AS ?e) }""",
    )
    code, output = ingest(folder, data, options=("--alignments", str(align), "--rules", str(rule)))
    assert code == 0, output
    (event,) = [fact for fact in facts(folder) if "event" in fact]
    assert (event["kind"], list(event["people"])) == ("detention", ["detainee"])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonld", '{"@context": "https://schema.org/", "@type": "Person"}', "the JSON-LD context lies elsewhere"),
        ("a.ttl", '<http://a> <http://b> "x" .\n<http://a> <http://b "y" .\n', "a.ttl:2:"),
        ("a.ttl", "", "there is no statement in it"),
        (
            "a.rdf",
            '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;&a;">]>\n<rdf:RDF/>',
            "a.rdf:3:1: the entity b is made of other entities",
        ),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]>\n<rdf:RDF/>', "the entity x lies elsewhere"),
        ("a.rdf", "<!DOCTYPE r [" + "<!ENTITY e 'x'>" * 300 + "]>\n<rdf:RDF/>", "too many or strange entity declarations"),
        ("a.ttl.gz", gzip.compress(TURTLE.encode() * 100)[:-40], "damaged or cut off"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_and_leaves_nothing(
    folder: DataFolder, tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, output = ingest(folder, path)
    assert code == 1
    assert told in output
    assert list((folder.path / "records").rglob("*")) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("CONSTRUCT { ?a ?b ?c WHERE { ?a ?b ?c }", "not SPARQL"),
        ("SELECT * WHERE { ?a ?b ?c }", "no CONSTRUCT query"),
        ("CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <http://x.org/> { ?a ?b ?c } }", "asks another service"),
    ],
)
def test_a_bad_rule_is_refused(folder: DataFolder, tmp_path: Path, rule: str, told: str) -> None:
    options = ("--rules", str(write(tmp_path / "bad.rq", rule)))
    code, output = ingest(folder, write(tmp_path / "a.ttl", TURTLE), options=options)
    assert code == 1
    assert "bad.rq" in output
    assert told in output


def test_a_graph_of_our_own_comes_back(tmp_path: Path) -> None:
    kg.build(SMALL, tmp_path / "build", strict=True)
    folder = DataFolder(tmp_path / "data")
    for name in ("publishers", "places", "codes"):
        (folder.path / f"{name}.yaml").write_text((SMALL / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    dump = tmp_path / "quads.nq.gz"
    dump.write_bytes((current_build(tmp_path / "build") / "quads.nq.gz").read_bytes())
    publisher = next(iter(read_registries(SMALL).publishers.entries))
    arguments = ["ingest", str(dump), "--publisher", publisher, "--id", "x", "--data", str(folder.path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    kg.build(folder.path, tmp_path / "again", strict=True)
    before, after = Graph.open(tmp_path / "build"), Graph.open(tmp_path / "again")
    for query in (
        "SELECT DISTINCT ?kind ?role ?name WHERE { GRAPH ?g { ?e ?role ?x } ?e a ?kind . ?x a pn:Person ; rdfs:label ?name . "
        "?role rdfs:subPropertyOf+ pn:participant . ?kind pn:recordKey ?key }",
        "SELECT DISTINCT ?one ?other WHERE { ?x pn:actedAgainst ?y . ?x rdfs:label ?one . ?y rdfs:label ?other }",
        "SELECT DISTINCT ?name ?role WHERE { ?x rdfs:label ?name ; pn:hasTenure/pn:tenureRole ?role }",
        "SELECT DISTINCT ?kind ?date WHERE { ?e a ?kind ; pn:date ?date . ?kind pn:recordKey ?key }",
    ):
        wanted = {tuple(map(str, row.values())) for row in before.select(query)}
        assert wanted
        assert wanted - {tuple(map(str, row.values())) for row in after.select(query)} == set()
