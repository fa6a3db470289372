// Further ways to show an answer: a chart, a link map of two columns, a map of places; each offers itself where the columns allow.
import type Yasr from "@zazuko/yasr";
import land from "virtual:land";
import { make, svg } from "../shared/dom.ts";
import { coast, fitted, HEIGHT, WIDTH } from "../geo/projection.ts";
import { t, type Key } from "../shared/texts.ts";

type Cell = { value: string; type: string; datatype?: string } | undefined;
type Row = Record<string, Cell>;
const MOST = 60;

abstract class Picture {
  abstract priority: number;
  abstract title: Key;
  protected abstract icon: string;
  hideFromSelection = false;

  constructor(protected readonly yasr: Yasr) {}

  protected rows(): Row[] { return (this.yasr.results?.getBindings() ?? []) as Row[]; }
  protected columns(): string[] { return this.yasr.results?.getVariables() ?? []; }
  protected abstract picture(): Element | null;
  canHandleResults(): boolean { return this.rows().length > 0 && this.fits(); }
  protected abstract fits(): boolean;
  get label(): string { return t(this.title); }
  getIcon(): Element { return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: this.icon, fill: "currentColor" })); }
  draw(): void { this.yasr.resultsEl.replaceChildren(this.picture() ?? make("p", {}, t("chart-none"))); }
}

const isNumber = (cell: Cell): boolean => cell !== undefined && cell.type !== "uri" && cell.value.trim() !== "" && Number.isFinite(Number(cell.value));
const isText = (cell: Cell): boolean => cell !== undefined && cell.type !== "uri";

/** Columns of which every filled cell of the first rows passes. */
function columnsOf(columns: string[], rows: Row[], test: (cell: Cell) => boolean): string[] {
  const some = rows.slice(0, 50);
  return columns.filter((column) => some.some((row) => row[column]) && some.every((row) => !row[column] || test(row[column])));
}

/** The column that names the things of an address column: the next one with texts. */
function namesFor(column: string, columns: string[], rows: Row[]): string {
  const texts = columnsOf(columns, rows, (cell) => isText(cell) && !isNumber(cell));
  return columns.slice(columns.indexOf(column) + 1).find((other) => texts.includes(other)) ?? column;
}

export class Chart extends Picture {
  priority = 3;
  title: Key = "show-chart";
  protected icon = "M1 15h14v-1H1zM2 8h3v5H2zM7 3h3v10H7zM12 6h3v7h-3z";
  private numbers(): string[] { return columnsOf(this.columns(), this.rows(), isNumber); }
  protected fits(): boolean { return this.numbers().length > 0; }

  protected picture(): Element {
    const [rows, columns] = [this.rows().slice(0, MOST), this.columns()];
    const value = this.numbers()[0]!;
    const names = columnsOf(columns, rows, (cell) => isText(cell) && !isNumber(cell))[0] ?? columns.find((column) => column !== value) ?? value;
    const most = Math.max(1e-9, ...rows.map((row) => Math.abs(Number(row[value]?.value ?? 0))));
    const table = make("table", { class: "kg-chart" }, make("caption", {}, `${value} / ${names}`));
    for (const row of rows) {
      const number = Number(row[value]?.value ?? 0);
      const bar = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { width: (Math.abs(number) / most) * 100, height: 10 }));
      table.append(make("tr", {}, make("th", { scope: "row", dir: "auto" }, row[names]?.value ?? ""), make("td", { class: "bar" }, bar as never), make("td", {}, row[value]?.value ?? "")));
    }
    return table;
  }
}

export class Links extends Picture {
  priority = 2;
  title: Key = "show-linkmap";
  protected icon = "M3 1a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM13 11a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM13 1a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM4 4l8 8-1 1-8-8zM5 2.5h6v1H5z";
  private addresses(): string[] { return columnsOf(this.columns(), this.rows(), (cell) => cell?.type === "uri"); }
  protected fits(): boolean { return this.addresses().length > 1; }

  /** Two columns of names and a line for each row: as many as can be read. */
  protected picture(): Element {
    const [rows, columns] = [this.rows().filter((row) => this.addresses().slice(0, 2).every((column) => row[column])), this.columns()];
    const [left, right] = this.addresses() as [string, string];
    const sides = [left, right].map((column) => {
      const named = namesFor(column, columns, rows);
      return { column, things: new Map(rows.map((row) => [row[column]!.value, row[named]?.value ?? row[column]!.value])) };
    });
    const pairs = [...new Map(rows.map((row) => [`${row[left]!.value} ${row[right]!.value}`, [row[left]!.value, row[right]!.value] as const])).values()].slice(0, 4 * MOST);
    const used = sides.map(({ things }, side) => [...things.keys()].filter((thing) => pairs.some((pair) => pair[side] === thing)));
    const height = 22 * Math.max(...used.map((things) => things.length)) + 30;
    const at = (side: number, thing: string): number => 30 + ((used[side]!.indexOf(thing) + 0.5) * (height - 30)) / used[side]!.length;
    const picture = svg("svg", { viewBox: `0 0 1000 ${height}`, class: "kg-links", role: "img", "aria-label": `${left} – ${right}: ${pairs.length}` });
    for (const [one, other] of pairs) picture.append(svg("path", { d: `M340,${at(0, one)}C450,${at(0, one)} 550,${at(1, other)} 660,${at(1, other)}` }));
    sides.forEach(({ column, things }, side) => {
      const x = side ? 668 : 332;
      picture.append(svg("text", { x, y: 16, class: "head", "text-anchor": side ? "start" : "end" }, column));
      for (const thing of used[side]!) {
        const shown = things.get(thing)!;
        const text = svg("text", { x, y: at(side, thing) + 4, "text-anchor": side ? "start" : "end" }, shown.length > 44 ? `${shown.slice(0, 43)}…` : shown, svg("title", {}, shown));
        picture.append(text);
      }
    });
    return picture;
  }
}

export class Places extends Picture {
  priority = 2;
  title: Key = "show-places";
  protected icon = "M8 1a5 5 0 0 1 5 5c0 3-5 9-5 9S3 9 3 6a5 5 0 0 1 5-5zm0 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z";
  private position(): [string, string] | null {
    const numbers = columnsOf(this.columns(), this.rows(), isNumber);
    const [lat, lon] = [["lat", "latitude"], ["lon", "long", "lng", "longitude"]].map((names) => numbers.find((column) => names.includes(column.toLowerCase())));
    return lat && lon ? [lat, lon] : null;
  }
  protected fits(): boolean { return this.position() !== null; }

  protected picture(): Element {
    const [lat, lon] = this.position()!;
    const rows = this.rows().filter((row) => row[lat] && row[lon]);
    const names = columnsOf(this.columns(), rows, (cell) => isText(cell) && !isNumber(cell))[0];
    const points = rows.map((row) => ({ lat: Number(row[lat]!.value), lon: Number(row[lon]!.value), name: names ? (row[names]?.value ?? "") : "" }));
    const projection = fitted(points);
    const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "kg-result-places", role: "img", "aria-label": t("show-places") });
    picture.append(svg("path", { class: "land", d: coast(projection, land) }));
    for (const point of points) {
      const [x, y] = projection([point.lon, point.lat]) ?? [0, 0];
      picture.append(svg("circle", { cx: x, cy: y, r: 5 }, svg("title", {}, point.name)));
      if (points.length <= 40) picture.append(svg("text", { x: x + 8, y: y + 4 }, point.name));
    }
    return picture;
  }
}
