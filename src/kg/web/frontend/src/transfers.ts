// The map of transfers of a page: coasts without borders, places as data/places.yaml names them, every move with its passages.
import "./transfers.css";
import land from "virtual:land";
import { button, embedded, fetched, make, name, svg } from "./shared/dom.ts";
import { passageBox, type Passage } from "./shared/evidence.ts";
import { coast, fitted, HEIGHT, WIDTH, type At } from "./geo/projection.ts";
import { known, t } from "./shared/texts.ts";

interface Place extends At { iri: string; label: string; part_of: string }
interface Move {
  event: string; label: string; person: string; name: string; origin: string; destination: string; where: string; home: string; dates: string[];
  km: number | null; passages: number[]; modalities: string[];
}
interface TransfersData { moves: Move[]; places: Record<string, Place>; regions: Place[]; passages: Passage[] }

class TransfersView {
  private readonly picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "xMidYMid meet", role: "group", tabindex: 0 });
  private readonly labels = svg("g");
  private readonly detail = make("div", { class: "kg-detail", "aria-live": "polite", hidden: true });
  private readonly lines = new Map<Move, SVGElement>();
  private readonly at: (place: At) => [number, number];
  private view = { x: 0, y: 0, scale: 1 };

  constructor(root: HTMLElement, private readonly data: TransfersData) {
    const places = Object.values(data.places);
    const projection = fitted(places);
    this.at = (place) => projection([place.lon, place.lat]) ?? [0, 0];
    this.picture.setAttribute("aria-label", t("transfers-label", { n: data.moves.length }));
    this.picture.append(svg("path", { class: "land", d: coast(projection, land) }));
    for (const move of data.moves) this.drawMove(move);
    const ends = new Set(data.moves.map((move) => move.destination));
    for (const place of places) {
      const [cx, cy] = this.at(place);
      const title = svg("title", {}, this.placeName(place));
      this.picture.append(svg("circle", { class: ends.has(place.iri) ? "place destination" : "place", cx, cy, r: 6 }, title));
    }
    this.picture.append(this.labels);
    const zoom = make("div", { class: "zoom" },
      button("+", () => this.zoom(1.5), { "aria-label": t("zoom-in") }), button("−", () => this.zoom(1 / 1.5), { "aria-label": t("zoom-out") }),
      button("⤢", () => this.show({ x: 0, y: 0, scale: 1 }), { "aria-label": t("fit") }));
    const key = make("p", { class: "key" }, make("span", {}, t("move-stated")), make("span", { class: "from-home" }, t("move-home")));
    root.append(make("div", { class: "frame" }, this.picture as never, zoom), key, this.detail, this.list());
    if (!data.moves.length) root.append(make("p", {}, t("no-moves")));
    this.drawLabels();
    addEventListener("resize", () => this.drawLabels());
    this.moveAbout();
    document.body.setAttribute("data-places-drawn", "");
  }

  private placeName(place: Place): string { return place.part_of ? `${place.label}, ${place.part_of}` : place.label; }

  /** A line from where a source says the person came; where none does, a broken one from home, which only shows the distance. */
  private drawMove(move: Move): void {
    const start = this.data.places[move.origin || move.home];
    const end = this.data.places[move.destination];
    if (!start || !end || start.iri === end.iri) return;
    const [[x1, y1], [x2, y2]] = [this.at(start), this.at(end)];
    const [mx, my] = [(x1 + x2) / 2 - (y2 - y1) * 0.15, (y1 + y2) / 2 + (x2 - x1) * 0.15];
    const sure = move.modalities.includes("reported") || move.modalities.includes("found");
    const line = svg("path", { class: `move${move.origin ? "" : " from-home"}${sure ? "" : " alleged"}`, d: `M${x1},${y1}Q${mx},${my} ${x2},${y2}` }, svg("title", {}, this.told(move)));
    line.addEventListener("click", () => this.choose(move));
    this.lines.set(move, line);
    this.picture.append(line);
  }

  private told(move: Move): string {
    const way = [this.data.places[move.origin || ""], this.data.places[move.destination]].filter((place) => place !== undefined).map((place) => this.placeName(place));
    const far = move.km === null ? "" : ` (${t("km-from-home", { km: move.km })})`;
    return `${move.name}: ${way.join(" → ")}${far}`;
  }

  /** Names that would overlap one already written are left out; closer by there is room for them. */
  private drawLabels(): void {
    // Letters keep their size on every screen.
    const { clientWidth, clientHeight } = this.picture;
    const scale = this.view.scale * Math.min(1.6, Math.max(0.3, Math.min(clientWidth / WIDTH, clientHeight / HEIGHT) || 1));
    const boxes: [number, number, number, number][] = [];
    this.labels.replaceChildren();
    const write = (place: Place, text: string, size: number, kind: string, dy: number): void => {
      const [x, y] = this.at(place);
      const [width, height] = [(text.length * size * 0.55) / scale, (size * 1.2) / scale];
      const box: [number, number, number, number] = [x - width / 2, y + dy / scale - height, x + width / 2, y + dy / scale];
      if (boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
      boxes.push(box);
      this.labels.append(svg("text", { class: kind, x, y: y + dy / scale, "font-size": size / scale, "stroke-width": 3.5 / scale, "text-anchor": "middle" }, text));
    };
    for (const place of Object.values(this.data.places)) write(place, place.label, 13, "", -10);
    // From afar only the regions that somebody was moved from or to.
    const used = new Set(Object.values(this.data.places).map((place) => place.part_of.split(", ")[0]));
    for (const region of this.data.regions.filter(({ label }) => this.view.scale > 1.5 || used.has(label))) write(region, this.placeName(region), 11, "region", 24);
    for (const circle of this.picture.querySelectorAll("circle")) circle.setAttribute("r", String(6 / scale));
  }

  private list(): HTMLElement {
    const list = make("ol", { class: "moves" });
    for (const move of this.data.moves) {
      const where = move.where && move.where !== this.data.places[move.destination]?.label ? ` (${move.where})` : "";
      list.append(make("li", {}, button(name(this.told(move)), () => this.choose(move)), `${where}${move.dates.length ? ", " + move.dates.join(" / ") : ""}`));
    }
    return list;
  }

  private choose(move: Move): void {
    for (const [other, line] of this.lines) line.classList.toggle("chosen", other === move);
    const how = move.modalities.length === 1 && move.modalities[0] !== "reported" ? [make("span", { class: "badge alleged" }, known(`modality-${move.modalities[0]}`, move.modalities[0]!))] : [];
    this.detail.hidden = false;
    this.detail.replaceChildren(make("h3", {}, name(this.told(move))), ...how, ...move.passages.map((number) => passageBox(this.data.passages[number]!, new Map())));
    this.detail.scrollIntoView({ block: "nearest" });
  }

  private show(view: { x: number; y: number; scale: number }): void {
    const scale = Math.min(30, Math.max(0.35, view.scale));
    this.view = { ...view, scale };
    this.picture.setAttribute("viewBox", `${this.view.x} ${this.view.y} ${WIDTH / scale} ${HEIGHT / scale}`);
    this.drawLabels();
  }

  private zoom(factor: number): void {
    const { x, y, scale } = this.view;
    const next = Math.min(30, Math.max(0.35, scale * factor));
    this.show({ x: x + WIDTH / scale / 2 - WIDTH / next / 2, y: y + HEIGHT / scale / 2 - HEIGHT / next / 2, scale: next });
  }

  private moveAbout(): void {
    let from: { x: number; y: number; view: { x: number; y: number; scale: number } } | null = null;
    this.picture.addEventListener("pointerdown", (event) => { from = { x: event.clientX, y: event.clientY, view: { ...this.view } }; });
    this.picture.addEventListener("pointermove", (event) => {
      if (!from || event.buttons !== 1) return;
      const unit = WIDTH / from.view.scale / this.picture.clientWidth;
      this.show({ ...from.view, x: from.view.x - (event.clientX - from.x) * unit, y: from.view.y - (event.clientY - from.y) * unit });
    });
    this.picture.addEventListener("wheel", (event) => { if (event.ctrlKey) { event.preventDefault(); this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2); } }, { passive: false });
    this.picture.addEventListener("keydown", (event) => {
      const step = 80 / this.view.scale;
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (by) { event.preventDefault(); this.show({ ...this.view, x: this.view.x + by[0]!, y: this.view.y + by[1]! }); }
      if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? 1.5 : 1 / 1.5);
    });
  }
}

async function start(root: HTMLElement): Promise<void> {
  root.classList.add("kg-places");
  const source = root.dataset["source"];
  const data = source ? await fetched<TransfersData>(source) : embedded<TransfersData>(root.dataset["data"] ?? "transfers-data");
  if (data) new TransfersView(root, data);
}

for (const root of document.querySelectorAll<HTMLElement>("[data-transfers]")) {
  start(root).catch((error: unknown) => root.append(make("p", { role: "alert" }, t("failed", { why: error instanceof Error ? error.message : String(error) }))));
}
