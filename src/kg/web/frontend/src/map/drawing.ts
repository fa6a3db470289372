// The picture: vis-network without physics, with the positions that the server or the neighbours gave.
import { DataSet } from "vis-data/peer";
import { Network, type Options } from "vis-network/peer";
import { inTheme, narrow, onTheme, still, themed } from "../shared/dom.ts";
import { t } from "../shared/texts.ts";
import { total, type MapEdge, type MapNode, type Model } from "./model.ts";
import type { Placed } from "./export.ts";
import { freePlace, inDirection, type Point } from "./place.ts";
import type { Passed } from "./filters.ts";

const FAINT = "rgba(0,0,0,0)";

export interface Picked { node?: string; edge?: string }

export class Drawing {
  private readonly nodes = new DataSet<Record<string, unknown> & { id: string }>();
  private readonly edges = new DataSet<Record<string, unknown> & { id: string }>();
  private readonly network: Network;
  private readonly points = new Map<string, Point>();
  private model: Model;
  private passed: Passed | null = null;
  private lit: Set<string> | null = null;
  private litNodes: Set<string> = new Set();
  private chosen: string | null = null;

  constructor(private readonly element: HTMLElement, model: Model, private readonly picked: (what: Picked) => void) {
    this.model = model;
    this.place(model);
    this.fill();
    this.network = new Network(element, { nodes: this.nodes as never, edges: this.edges as never }, model.data.options as Options);
    this.network.once("afterDrawing", () => document.body.setAttribute("data-drawn", ""));
    this.network.on("afterDrawing", (context: CanvasRenderingContext2D) => this.badges(context));
    this.network.on("click", (event: { nodes: string[]; edges: string[] }) => {
      this.chosen = event.nodes[0] ?? null;
      this.picked(event.nodes[0] ? { node: event.nodes[0] } : event.edges[0] ? { edge: event.edges[0] } : {});
    });
    element.addEventListener("keydown", (event) => this.key(event));
    onTheme(() => this.restyle());
    this.fitAll(false);
  }

  /** Show another model; what was there stays where it is. */
  show(model: Model): void {
    this.model = model;
    this.place(model);
    const [keepNodes, keepEdges] = [new Set(model.nodes.keys()), new Set(model.edges.keys())];
    this.edges.remove(this.edges.getIds().filter((id) => !keepEdges.has(String(id))));
    this.nodes.remove(this.nodes.getIds().filter((id) => !keepNodes.has(String(id))));
    this.lit = null;
    this.passed = null;
    this.fill();
  }

  filter(passed: Passed): void {
    const nothingChanges = !passed.filtered && !this.passed?.filtered;
    this.passed = passed;
    if (nothingChanges) return;
    this.nodes.update(this.model.data.nodes.map((node) => ({ id: node.id, hidden: passed.filtered && !passed.nodes.has(node.id) })));
    this.edges.update(this.model.data.edges.map((edge) => ({ id: edge.id, hidden: !passed.edges.has(edge.id) })));
    if (passed.filtered && passed.nodes.size) this.network.fit({ nodes: [...passed.nodes], animation: this.moving() });
  }

  /** What is not next to the chosen link or node steps back, so that names can be read. */
  emphasise(links: MapEdge[]): void {
    this.lit = links.length ? new Set(links.map((edge) => edge.id)) : null;
    this.litNodes = new Set(links.flatMap((edge) => [edge.from, edge.to]));
    this.restyle();
  }

  focus(id: string): void {
    this.chosen = id;
    this.network.selectNodes([id]);
    this.network.focus(id, { scale: 1.1, animation: this.moving(), offset: narrow() ? { x: 0, y: -120 } : { x: -180, y: 0 } });
  }

  selectEdge(id: string): void { this.network.selectEdges([id]); }
  unselect(): void { this.network.unselectAll(); this.chosen = null; this.emphasise([]); }
  fitAll(animated = true): void { this.network.fit({ animation: animated ? this.moving() : false }); }
  /** The whole map in what a panel of that width on the right leaves free. */
  fitBeside(panel: number): void {
    const points = [...this.points.values()];
    if (!points.length) return;
    const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
    const [width, height] = [Math.max(...xs) - Math.min(...xs) + 170, Math.max(...ys) - Math.min(...ys) + 130];
    const scale = Math.min((this.element.clientWidth - panel) / width, this.element.clientHeight / height, 1.25);
    const position = { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 };
    this.network.moveTo({ position, scale: Math.max(scale, 0.05), offset: { x: -panel / 2, y: 0 } });
  }
  fit(nodes: string[]): void { this.network.fit({ nodes, animation: this.moving() }); }
  zoom(factor: number): void { this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.moving() }); }
  redraw(): void { this.network.redraw(); }

  /** What is shown, with its positions, for exports. */
  shown(): { nodes: Placed[]; edges: MapEdge[] } {
    const nodes = this.model.data.nodes.filter((node) => !this.passed?.filtered || this.passed.nodes.has(node.id));
    return {
      nodes: nodes.map((node) => ({ ...node, ...this.points.get(node.id)! })),
      edges: this.model.data.edges.filter((edge) => this.passed?.edges.has(edge.id) ?? true),
    };
  }

  /** The picture as it stands on the screen, on the background of the page. */
  async png(): Promise<Blob> {
    const canvas = this.element.querySelector("canvas")!;
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext("2d")!;
    context.fillStyle = themed("--background", "#ffffff");
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
    return new Promise((done, failed) => copy.toBlob((blob) => (blob ? done(blob) : failed(new Error(t("no-picture")))), "image/png"));
  }

  private place(model: Model): void {
    // The picture is wider than high; on an upright screen it lies on its side.
    const turned = narrow();
    for (const node of model.data.nodes) {
      if (this.points.has(node.id) || node.x == null || node.y == null) continue;
      this.points.set(node.id, turned ? { x: node.y, y: node.x } : { x: node.x, y: node.y });
    }
    for (const node of model.data.nodes) {
      if (this.points.has(node.id)) continue;
      const taken = model.data.nodes.flatMap((other) => this.points.get(other.id) ?? []);
      this.points.set(node.id, freePlace(this.points.get(node.near ?? "") ?? { x: 0, y: 0 }, taken));
    }
  }

  private fill(): void {
    this.nodes.update(this.model.data.nodes.map((node) => this.drawnNode(node)));
    this.edges.update(this.model.data.edges.map((edge) => this.drawnEdge(edge)));
  }

  private restyle(): void {
    this.nodes.update(this.model.data.nodes.map((node) => ({ id: node.id, color: inTheme(node.color), opacity: this.isLit(node.id) ? 1 : 0.15, font: this.font(node) })));
    this.edges.update(this.model.data.edges.map((edge) => ({ id: edge.id, color: this.colour(edge) })));
  }

  private isLit(id: string): boolean { return !this.lit || this.litNodes.has(id); }

  private font(node: MapNode): object {
    const shown = this.isLit(node.id);
    return {
      ...node.font, strokeWidth: 4, color: shown ? themed("--text", "#1b1f24") : FAINT, strokeColor: shown ? themed("--background", "#ffffff") : FAINT,
    };
  }

  private colour(edge: MapEdge): object { return { color: edge.color, opacity: !this.lit || this.lit.has(edge.id) ? 1 : 0.12 }; }

  private drawnNode(node: MapNode): Record<string, unknown> & { id: string } {
    const { id, label, title, shape, color, size } = node;
    return { id, label, title, shape, color: inTheme(color), size, ...this.points.get(id), physics: false, hidden: false, opacity: 1, font: this.font(node) };
  }

  private drawnEdge(edge: MapEdge): Record<string, unknown> & { id: string } {
    const { id, from, to, title } = edge;
    // What is only alleged or denied is dotted, what joins several passages is dashed.
    const sure = edge.modalities.some((how) => how === "reported" || how === "found" || how === "charged");
    return { id, from, to, title, hidden: false, dashes: sure ? (edge.stated ? false : [7, 5]) : [2, 5], color: this.colour(edge) };
  }

  /** How many neighbours are hidden, at the shoulder of each node. */
  private badges(context: CanvasRenderingContext2D): void {
    context.save();
    context.font = "bold 11px sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const node of this.model.data.nodes) {
      const count = total(this.model.hidden(node));
      if (!count || !this.isLit(node.id) || (this.passed?.filtered && !this.passed.nodes.has(node.id))) continue;
      const { x, y } = this.points.get(node.id)!;
      const text = `+${count}`;
      const width = Math.max(18, context.measureText(text).width + 8);
      context.fillStyle = themed("--text", "#1b1f24");
      context.strokeStyle = themed("--background", "#ffffff");
      context.beginPath();
      context.roundRect(x + node.size * 0.55, y - node.size - 9, width, 16, 8);
      context.fill();
      context.stroke();
      context.fillStyle = themed("--background", "#ffffff");
      context.fillText(text, x + node.size * 0.55 + width / 2, y - node.size - 0.5);
    }
    context.restore();
  }

  private key(event: KeyboardEvent): void {
    const shown = this.shown().nodes;
    if (event.key.startsWith("Arrow") && shown.length) {
      event.preventDefault();
      const here = shown.find((node) => node.id === this.chosen);
      const next = here ? inDirection(here, shown, event.key) : (shown.find((node) => node.id === this.model.data.focus) ?? shown[0]!);
      if (!next) return;
      this.chosen = next.id;
      this.network.selectNodes([next.id]);
      this.network.moveTo({ position: { x: next.x, y: next.y }, animation: this.moving() });
      this.element.dispatchEvent(new CustomEvent("arrived", { detail: next.id }));
    } else if ((event.key === "Enter" || event.key === " ") && this.chosen) {
      event.preventDefault();
      this.picked({ node: this.chosen });
    } else if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? 1.3 : 1 / 1.3);
  }

  private moving(): false | { duration: number; easingFunction: "easeInOutQuad" } { return still() ? false : { duration: 350, easingFunction: "easeInOutQuad" }; }
}
