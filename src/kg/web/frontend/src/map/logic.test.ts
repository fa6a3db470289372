// What can be checked without a browser: node --test src/map/*.test.ts (tests/web/test_frontend.py does).
import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, toCsv, toGexf, toSvg, xml } from "./export.ts";
import { filtersFromQuery, OPEN, passing } from "./filters.ts";
import { Model, type MapData, type MapEdge, type MapNode } from "./model.ts";
import { freePlace, inDirection, ROOM } from "./place.ts";
import { collapse, EMPTY, expand, fromQuery, toQuery } from "./state.ts";
import { shifted, spanned } from "../time/spans.ts";

const node = (id: string, kind: string, more: Partial<MapNode> = {}): MapNode => ({
  id, label: id, title: id, shape: "dot", color: "#0072B2", size: 10, x: 0, y: 0, font: { size: 12 }, kind, bodies: [], name: id, address: `id:${id}`, cases: 1, around: {}, ...more,
});
const edge = (from: string, to: string, kind: string, more: Partial<MapEdge> = {}): MapEdge => ({
  id: `${from} ${kind} ${to}`, from, to, color: "#8A5A3C", dashes: false, title: "", kind, roles: [kind], stated: true, first: "", last: "", publishers: 1, modalities: ["reported"],
  evidence: [["e", kind, 0]], ...more,
});
const passage = { iri: "https://x.example/p", summary: "", quote: "", locator: "", title: "", publisher: "", url: "https://x.example", published: "", language: "en", voice: "" };
const data: MapData = {
  title: "Map <1>", focus: null, options: {}, passages: [passage], events: {}, looks: {}, roles: {},
  nodes: [node("judge", "judge", { cases: 2, around: { case: 3 } }), node("officer", "officer"), node("case", "case"), node("koval", "person"), node("lysenko", "person"), node("other", "case")],
  edges: [
    edge("judge", "case", "acted", { roles: ["judge"], first: "2021-08-16", last: "2021-08-16", publishers: 3 }),
    edge("case", "koval", "defendant"), edge("officer", "other", "acted", { roles: ["officer"], modalities: ["alleged"], stated: false }), edge("other", "lysenko", "defendant"),
  ],
};
const kept = (more: object): string[] => [...passing(data, { ...OPEN, ...more }).edges].sort();

test("filters keep what passes, and a person only with somebody who reaches them", () => {
  assert.equal(kept({}).length, 4);
  assert.deepEqual(kept({ role: "judge" }), ["case defendant koval", "judge acted case"]);
  assert.deepEqual(kept({ publishers: 2 }), ["judge acted case"]);
  assert.deepEqual(kept({ modality: "alleged" }), ["officer acted other"]);
  assert.deepEqual(kept({ inferred: false }).includes("officer acted other"), false);
  assert.deepEqual(kept({ from: "2021", to: "2021", undated: false }), ["judge acted case"]);
  assert.deepEqual(kept({ from: "2022", undated: false }), []);
  assert.deepEqual(kept({ cases: 2 }), ["case defendant koval", "judge acted case"]);
});

test("a view told in an address comes back the same", () => {
  const state = { ...EMPTY, about: ["id:a/b c", "id:x"], mode: "difference", expanded: ["id:1", "id:2"], path: ["id:a", "id:z"], k: 5, filters: { ...OPEN, role: "judge", kinds: ["judge"], undated: false, cases: 2 } };
  assert.deepEqual(fromQuery(toQuery(state)), state);
  assert.deepEqual(filtersFromQuery(new URLSearchParams("")), OPEN);
  assert.equal(fromQuery("k=999&cases=-4&publishers=x").k, 10);
});

test("expanding and collapsing replace each other", () => {
  const open = expand(expand(EMPTY, "id:a"), "id:b");
  assert.deepEqual(open.expanded, ["id:a", "id:b"]);
  assert.deepEqual([collapse(open, "id:a").expanded, collapse(open, "id:a").collapsed], [["id:b"], ["id:a"]]);
  assert.deepEqual(expand(collapse(open, "id:a"), "id:a").collapsed, []);
});

test("a badge counts the neighbours that are not shown", () => {
  const model = new Model(data);
  assert.deepEqual(model.hidden(model.nodes.get("judge")!), { case: 2 });
});

test("newcomers find room one after the other, always the same", () => {
  const place = (): { x: number; y: number }[] => {
    const taken = [{ x: 0, y: 0 }];
    for (let i = 0; i < 80; i++) taken.push(freePlace({ x: 0, y: 0 }, taken));
    return taken;
  };
  const points = place();
  points.forEach((p, i) => points.slice(i + 1).forEach((q) => assert.ok(Math.hypot(p.x - q.x, p.y - q.y) >= ROOM)));
  assert.deepEqual(place(), points);
});

test("an arrow key goes to the nearest in that direction", () => {
  const [right, far, up] = [{ x: 50, y: 10 }, { x: 90, y: 0 }, { x: 5, y: -40 }];
  assert.equal(inDirection({ x: 0, y: 0 }, [far, right, up], "ArrowRight"), right);
  assert.equal(inDirection({ x: 0, y: 0 }, [far, right, up], "ArrowUp"), up);
  assert.equal(inDirection({ x: 0, y: 0 }, [far, right, up], "ArrowDown"), null);
});

test("exports are well-formed whatever a name says", () => {
  const evil = ['<script>alert(1)</script>', "a & b \"c\"", "\u0000\u001f\ufffe\ud800x", "=1+1"];
  const hostile: MapData = { ...data, nodes: evil.map((name, i) => node(name, i ? "person" : "case")), edges: evil.slice(1).map((name) => edge(evil[0]!, name, "defendant")) };
  const model = new Model(hostile);
  const placed = hostile.nodes.map((n, i) => ({ ...n, x: i * 90, y: 0 }));
  for (const text of [toSvg(model, placed, hostile.edges, evil[0]!), toGexf(model, placed, hostile.edges)]) {
    assert.doesNotMatch(text, /<script|[\u0000-\u0008\u001f\ufffe]|\ud800/);
    assert.match(text, /&lt;script&gt;/);
  }
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell("-3.5"), "-3.5");
  assert.equal(cell('say "a", b'), '"say ""a"", b"');
  assert.equal(xml("a<b>\u0007&"), "a&lt;b&gt;&amp;");
  assert.equal(toCsv(model, hostile.edges).trim().split("\r\n").length, 4);
});

test("a day is a point, a month is a month, an open end is marked", () => {
  assert.deepEqual(spanned("2021-08-16", "2021-08-16"), { start: "2021-08-16", end: null, openStart: false, openEnd: false });
  assert.deepEqual(spanned("2020-02-01", "2020-02-29"), { start: "2020-02-01", end: "2020-03-01", openStart: false, openEnd: false });
  assert.equal(spanned("2022-05-18", "").openEnd, true);
  assert.equal(spanned("", "2019-12-31").openStart, true);
  assert.equal(shifted("2019-12-31", 1), "2020-01-01");
});
