"""Somebody with a spreadsheet of names asks, through OpenRefine's protocol, whom they may mean; nobody is matched by likeness."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import uvicorn
from starlette.testclient import TestClient

import kg
from kg.vocabulary import ID
from kg.web import create_app
from tests.conftest import DataFolder
from tests.web.conftest import built

TYPE = {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
RESULT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score", "match", "type", "features"],
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"type": "string"},
                        "description": {"type": "string"},
                        "score": {"type": "number", "minimum": 0, "maximum": 100},
                        "match": {"type": "boolean"},
                        "type": {"type": "array", "items": TYPE},
                        "features": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["id", "value"],
                                "properties": {"id": {"type": "string"}, "value": {"type": ["boolean", "number"]}},
                            },
                        },
                    },
                },
            }
        },
    },
}
"""What section 4.4 of the Reconciliation Service API 0.2 asks of a result batch, and the fields that this service always gives."""
EXTENSION: dict[str, Any] = {
    "type": "object",
    "required": ["rows", "meta"],
    "properties": {
        "meta": {"type": "array", "items": TYPE},
        "rows": {
            "additionalProperties": {
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "oneOf": [
                            {"required": ["id", "name"], "additionalProperties": False, "properties": {"id": {}, "name": {}}},
                            {"required": ["str"], "additionalProperties": False, "properties": {"str": {"type": "string"}}},
                        ]
                    },
                }
            }
        },
    },
}


def matched(visitor: TestClient, **query: Any) -> list[dict[str, Any]]:
    """The candidates for one query, asked as OpenRefine asks."""
    answer = visitor.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert answer.status_code == 200, answer.text
    batch = answer.json()
    jsonschema.validate(batch, RESULT)
    found: list[dict[str, Any]] = batch["q0"]["result"]
    return found


def test_the_manifest_leads_to_everything_the_service_offers(shipped: TestClient) -> None:
    answer = shipped.get("/reconcile")
    manifest = answer.json()
    assert answer.headers["access-control-allow-origin"] == "*"
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == ID
    for service in manifest["suggest"].values():
        assert shipped.get(service["service_path"], params={"prefix": "person"}).status_code == 200
    view = manifest["view"]["url"].replace("{{id}}", "eu-2014-269-2021-10-11%2Fkolpikov")
    assert shipped.get(view).status_code == 200
    assert "Kolpikov" in shipped.get(manifest["preview"]["url"].replace("{{id}}", "eu-2014-269-2021-10-11%2Fkolpikov")).text


@pytest.mark.parametrize("name", ["Yevgeny Kolpikov", "Евгений Колпиков", "KOLPIKOV, Evgenii Sergeevich"])
def test_a_name_in_any_spelling_finds_the_person_but_never_as_a_match(shipped: TestClient, name: str) -> None:
    found = matched(shipped, query=name, type="Person")
    assert found[0]["id"] == "eu-2014-269-2021-10-11/kolpikov"
    assert found[0]["score"] > 90
    assert not any(candidate["match"] for candidate in found)
    assert any("Kolpikov" in feature["id"].title() or "Колпиков" in feature["id"] for feature in found[0]["features"])


def test_two_people_of_one_name_are_both_proposed(shipped: TestClient) -> None:
    found = [candidate for candidate in matched(shipped, query="Lenur Khalilov") if candidate["score"] == 100]
    assert len(found) == 2
    assert not found[0]["match"]


def test_an_old_address_is_a_match_and_gives_the_current_one(shipped: TestClient) -> None:
    (found,) = matched(shipped, query="id:112international-2021-08-16-alushta-sentence/khalilov")
    assert found["match"]
    assert found["id"] == "zmina-2025-10-14-khalilov-rearrest/khalilov"
    assert matched(shipped, query="id:nothing/here") == []
    assert matched(shipped, query="id:nothing/he re>") == []


def test_an_identifier_is_a_match_unless_two_things_have_it(folder: DataFolder) -> None:
    person = "{person: x, name: %s, wikidata: %s, born: %s}"
    for source, name, number, born in (
        ("a", "Petro Koval", "Q5", "1980"),
        ("b", "Петро Коваль", "Q7", "1991-02-03"),
        ("c", "P. K.", "Q7", "1991"),
    ):
        folder.record(
            f"{source}.yaml",
            f"""
            source: {{id: {source}, publisher: example-news, url: "https://n.example/{source}", title: T, language: en}}
            passages: [{{id: p, summary: Somebody., facts: [{person % (name, number, born)}]}}]
            """,
        )
    visitor = built(folder)
    (found,) = matched(visitor, query="Some Name", properties=[{"pid": "wikidataId", "v": "Q5"}])
    assert (found["id"], found["match"]) == ("a/x", True)
    assert [c["match"] for c in matched(visitor, query="Q7")] == [False, False]
    by_birth = matched(visitor, query="Petro Koval", properties=[{"pid": "bornOn", "v": "1991"}])
    assert by_birth[0]["id"] == "b/x"
    assert {"id": "bornOn", "value": False} in by_birth[1]["features"]
    assert "bornOn differs: 1980" in by_birth[1]["description"]


def test_suggestions_and_data_extension(shipped: TestClient) -> None:
    entities = shipped.get("/reconcile/suggest/entity", params={"prefix": "Колпик"}).json()["result"]
    assert "eu-2014-269-2021-10-11/kolpikov" in [entity["id"] for entity in entities]
    assert {"id": "Person", "name": "Person"} in shipped.get("/reconcile/suggest/type", params={"prefix": "pers"}).json()["result"]
    properties = shipped.get("/reconcile/suggest/property", params={"prefix": "born"}).json()["result"]
    assert "bornOn" in [one["id"] for one in properties]
    proposed = shipped.get("/reconcile/properties", params={"type": "Court", "limit": "3"}).json()
    assert len(proposed["properties"]) == 3
    asked: dict[str, Any] = {
        "ids": ["112international-2021-08-16-alushta-sentence/khalilov", "no/body"],
        "properties": [{"id": "otherName"}, {"id": "x"}],
    }
    answer = shipped.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    jsonschema.validate(answer, EXTENSION)
    assert answer["rows"][asked["ids"][0]]["otherName"]
    assert answer["rows"]["no/body"] == {"otherName": [], "x": []}


def test_a_hostile_name_stays_text_and_a_bad_request_is_told(folder: DataFolder) -> None:
    folder.verdict("a", judge="'<script>alert(1)</script> Ivanova'")
    visitor = built(folder)
    page = visitor.get("/reconcile/preview", params={"id": "a/judge"})
    assert "<script>" not in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert visitor.get("/reconcile/preview", params={"id": "no/body> {"}).status_code == 404
    assert visitor.get("/reconcile", params={"queries": "{not json"}).status_code == 400
    assert visitor.get("/reconcile", params={"queries": "[]"}).status_code == 400
    assert visitor.get("/reconcile", params={"queries": '{"q": 1}'}).status_code == 400
    many = json.dumps({str(n): {"query": "x"} for n in range(51)})
    assert visitor.post("/reconcile", data={"queries": many}).status_code == 413
    assert visitor.post("/reconcile", data={"queries": "x" * 1_100_000}).status_code == 413
    assert matched(visitor, query="Ivanova", type=["pn:Nothing"], limit=-4, properties=[{"pid": "a b> {", "v": "x"}]) == []


def test_over_a_real_server_a_batch_is_answered(shipped_build: Path) -> None:
    with serving(shipped_build) as base:
        queries = {f"q{n}": {"query": name} for n, name in enumerate(["Южный окружной военный суд", "Ленур Халилов"])}
        sent = urllib.parse.urlencode({"queries": json.dumps(queries)}).encode()
        with urllib.request.urlopen(f"{base}/reconcile", sent, timeout=30) as answer:
            batch = json.load(answer)
    jsonschema.validate(batch, RESULT)
    assert batch["q0"]["result"][0]["name"] == "Southern District Military Court"
    assert batch["q1"]["result"][0]["score"] == 100


@contextmanager
def serving(build: Path) -> Iterator[str]:
    """The explorer over `build` on a free port."""
    server = uvicorn.Server(uvicorn.Config(create_app(kg.open(build).graph), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
