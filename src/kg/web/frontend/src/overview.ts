// The whole network: communities as discs, their members inside; closer by, names and links. Positions come with the data.
import "./overview.css";
import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import { button, embedded, fetched, inTheme, make, name, onTheme, still, themed } from "./shared/dom.ts";
import { symbol } from "./map/panel.ts";
import { known, t } from "./shared/texts.ts";

interface Community { name: string; members: number; kinds: Record<string, number>; x: number; y: number; radius: number }
type Member = [address: string, name: string, kind: string, community: number, x: number, y: number, links: number];
interface Look { label: string; shape: string; colour: string }
interface OverviewData {
  communities: Community[]; ties: [number, number, number][]; nodes: Member[]; links: [number, number][]; looks: Record<string, Look>;
}

const disc = (index: number): string => `c${index}`;

type Box = [left: number, top: number, right: number, bottom: number];

class OverviewView {
  private written: Box[] = [];
  private readonly graph = new UndirectedGraph();
  private readonly side = make("div", { class: "side", "aria-live": "polite" });
  private readonly picture = make("div", { class: "picture", tabindex: "0", role: "application" });
  private sigma: Sigma | null = null;
  private open: number | null = null;
  private readonly ofCommunity = new Map<number, Member[]>();
  private readonly linksOf = new Map<number, [number, number][]>();

  constructor(root: HTMLElement, private readonly data: OverviewData, private readonly mapPage: string) {
    for (const member of data.nodes) this.ofCommunity.set(member[3], [...(this.ofCommunity.get(member[3]) ?? []), member]);
    for (const link of data.links) {
      const [one, other] = [data.nodes[link[0]]![3], data.nodes[link[1]]![3]];
      if (one === other) this.linksOf.set(one, [...(this.linksOf.get(one) ?? []), link]);
    }
    this.picture.setAttribute("aria-label", t("overview-label", { n: data.communities.length }));
    const stage = make("div", { class: "stage" }, this.picture);
    root.append(stage, this.side);
    this.list();
    this.fill();
    try {
      this.draw();
      stage.append(this.zoom());
      onTheme(() => this.recolour());
    } catch {
      stage.append(make("p", { role: "status" }, t("no-webgl")));
    }
    document.body.setAttribute("data-overview-drawn", "");
  }

  private fill(): void {
    const paper = themed("--surface", "#f3f5f7");
    this.data.communities.forEach((community, index) => this.graph.addNode(disc(index), {
      x: community.x, y: -community.y, size: community.radius, color: paper, label: community.name, zIndex: 0, forceLabel: true,
    }));
    this.data.nodes.forEach(([, label, kind, , x, y, links], index) => this.graph.addNode(String(index), {
      x, y: -y, size: 3 + Math.min(5, Math.sqrt(links)), color: inTheme(this.data.looks[kind]?.colour ?? "#777"), label, zIndex: 1,
    }));
    const most = Math.max(1, ...this.data.ties.map(([, , links]) => links));
    for (const [one, other, links] of this.data.ties) this.graph.addEdge(disc(one), disc(other), { size: 1 + (4 * links) / most, color: "#9aa7b3", zIndex: 0 });
  }

  private draw(): void {
    this.sigma = new Sigma(this.graph, this.picture, {
      itemSizesReference: "positions", zoomToSizeRatioFunction: (ratio) => ratio, labelRenderedSizeThreshold: 14, labelSize: 13, labelDensity: 0.4, zIndex: true,
      labelColor: { color: themed("--text", "#1b1f24") }, labelFont: "system-ui, sans-serif", defaultDrawNodeLabel: (context, node) => this.write(context, node), minCameraRatio: 0.02, maxCameraRatio: 2, stagePadding: 40, allowInvalidContainer: true,
      nodeReducer: (node, attributes) => {
        const community = this.open;
        if (node.startsWith("c")) return community === Number(node.slice(1)) ? { ...attributes, label: "", color: "#00000000" } : attributes; // links lie under discs
        const mine = community !== null && this.data.nodes[Number(node)]![3] === community;
        return mine ? { ...attributes, forceLabel: attributes["size"] > 5 } : { ...attributes, label: "" };
      },
      edgeReducer: (edge, attributes) => (this.open !== null && !edge.startsWith("m") ? { ...attributes, hidden: true } : attributes),
    });
    this.sigma.on("beforeRender", () => { this.written = []; });
    this.sigma.on("clickNode", ({ node }) => this.choose(node));
    this.sigma.on("doubleClickStage", () => this.close());
    this.picture.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "+" || event.key === "=") void this.sigma?.getCamera().animatedZoom({ duration: this.time() });
      if (event.key === "-") void this.sigma?.getCamera().animatedUnzoom({ duration: this.time() });
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      const camera = this.sigma?.getCamera();
      if (by && camera) { event.preventDefault(); camera.setState({ x: camera.x + by[0]! * camera.ratio * 0.1, y: camera.y + by[1]! * camera.ratio * 0.1 }); }
    });
  }

  /** A community is named under its disc where no other name stands; a member beside its dot. */
  private write(context: CanvasRenderingContext2D, node: { key?: string; label: string | null; x: number; y: number; size: number }): void {
    if (!node.label) return;
    const isDisc = node.key?.startsWith("c") ?? false;
    if (isDisc && node.size < 14) return;
    context.font = `${isDisc ? "600 12px" : "12.5px"} system-ui, sans-serif`;
    context.textAlign = isDisc ? "center" : "left";
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = themed("--background", "#ffffff");
    context.fillStyle = themed("--text", "#1b1f24");
    const lines = isDisc ? inLines(context, node.label, Math.max(130, node.size * 2)) : [node.label];
    const [x, y] = isDisc ? [node.x, node.y + node.size + 13] : [node.x + node.size + 3, node.y + 4];
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const left = isDisc ? x - width / 2 : x;
    const box: Box = [left, y - 11, left + width, y + 14 * lines.length - 11];
    if (this.written.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
    this.written.push(box);
    lines.forEach((line, index) => {
      context.strokeText(line, x, y + 14 * index);
      context.fillText(line, x, y + 14 * index);
    });
  }

  private zoom(): HTMLElement {
    const camera = this.sigma!.getCamera();
    return make("div", { class: "zoom" },
      button("+", () => void camera.animatedZoom({ duration: this.time() }), { "aria-label": t("zoom-in") }),
      button("−", () => void camera.animatedUnzoom({ duration: this.time() }), { "aria-label": t("zoom-out") }),
      button("⤢", () => this.close(), { "aria-label": t("fit") }));
  }

  private choose(node: string): void {
    const member = node.startsWith("c") ? null : this.data.nodes[Number(node)]!;
    const community = member ? member[3] : Number(node.slice(1));
    if (member && this.open === community) this.tell(member);
    else this.drill(community);
  }

  /** Come close to a community: names and links of its members, the rest steps back. */
  drill(community: number): void {
    this.undrill();
    this.open = community;
    for (const [one, other] of this.linksOf.get(community) ?? []) this.graph.addEdgeWithKey(`m${one}-${other}`, String(one), String(other), { size: 0.8, color: "#7d868f", zIndex: 1 });
    this.sigma?.refresh();
    const at = this.sigma?.getNodeDisplayData(disc(community));
    const reach = Math.max(...this.data.communities.map((c) => Math.abs(c.x) + c.radius), 1);
    if (at) void this.sigma?.getCamera().animate({ x: at.x, y: at.y, ratio: Math.min(1, (this.data.communities[community]!.radius / reach) * 1.6), angle: 0 }, { duration: this.time() });
    this.members(community);
  }

  private undrill(): void {
    if (this.open === null) return;
    for (const [one, other] of this.linksOf.get(this.open) ?? []) this.graph.dropEdge(`m${one}-${other}`);
    this.open = null;
  }

  private close(): void {
    this.undrill();
    this.sigma?.refresh();
    void this.sigma?.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: this.time() });
    this.list();
  }

  private kindName(kind: string): string { return known(`kind-${kind}`, this.data.looks[kind]?.label ?? kind); }
  private kinds(counts: Record<string, number>): string { return Object.entries(counts).map(([kind, count]) => `${count} ${this.kindName(kind)}`).join(", "); }

  private list(): void {
    const items = this.data.communities.map((community, index) => make("li", {},
      button(name(community.name), () => this.drill(index)), " ", t("community-members", { n: community.members }), make("p", { class: "sub" }, this.kinds(community.kinds))));
    const looks = Object.values(this.data.looks).map((look) => make("li", {}, symbol("dot", look.colour), look.label));
    this.side.replaceChildren(make("h2", {}, t("communities")), make("p", { class: "sub" }, t("community-caution")), make("ul", { class: "looks" }, ...looks), make("ol", {}, ...items));
  }

  private members(index: number): void {
    const community = this.data.communities[index]!;
    const ties = this.data.ties.filter(([one, other]) => one === index || other === index).sort((a, b) => b[2] - a[2]);
    const tied = ties.map(([one, other, links]) => make("li", {}, button(name(this.data.communities[one === index ? other : one]!.name), () => this.drill(one === index ? other : one)), ` ${t("links", { n: links })}`));
    const people = (this.ofCommunity.get(index) ?? []).map((member) => this.memberItem(member));
    this.side.replaceChildren(
      button(`← ${t("community-back")}`, () => this.close()), make("h2", {}, name(community.name)),
      make("p", { class: "sub" }, `${t("community-members", { n: community.members })}: ${this.kinds(community.kinds)}`),
      ...(tied.length ? [make("h3", {}, t("community-links")), make("ul", {}, ...tied)] : []),
      make("h3", {}, t("all-names")), make("ul", {}, ...people));
    this.side.scrollTop = 0;
  }

  private memberItem(member: Member): HTMLElement {
    const [address, label, kind, , , , links] = member;
    const target = this.mapPage ? make("a", { href: `${this.mapPage}?about=${encodeURIComponent(address)}` }, name(label)) : name(label);
    return make("li", {}, target, ` ${this.kindName(kind)}, ${t("links", { n: links })}`);
  }

  private tell(member: Member): void {
    const items = [...this.side.querySelectorAll("li")];
    const item = items.find((element) => element.textContent?.startsWith(member[1]));
    item?.scrollIntoView({ block: "center" });
    item?.querySelector("a")?.focus();
  }

  private recolour(): void {
    const paper = themed("--surface", "#f3f5f7");
    this.data.communities.forEach((_, index) => this.graph.setNodeAttribute(disc(index), "color", paper));
    this.sigma?.setSetting("labelColor", { color: themed("--text", "#1b1f24") });
  }

  private time(): number { return still() ? 0 : 300; }
}

/** A name in at most two lines of at most `room` pixels. */
function inLines(context: CanvasRenderingContext2D, text: string, room: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width <= room || !lines.at(-1)) lines[lines.length - 1] = longer;
    else if (lines.length < 2) lines.push(word);
    else { lines[1] += "…"; break; }
  }
  return lines.map((line) => (line.length > 60 ? `${line.slice(0, 59)}…` : line));
}

async function start(root: HTMLElement): Promise<void> {
  root.classList.add("kg-overview");
  const source = root.dataset["source"];
  const data = source ? await fetched<OverviewData>(source) : embedded<OverviewData>(root.dataset["data"] ?? "overview-data");
  if (data) new OverviewView(root, data, root.dataset["map"] ?? "");
}

for (const root of document.querySelectorAll<HTMLElement>("[data-overview]")) {
  start(root).catch((error: unknown) => root.append(make("p", { role: "alert" }, t("failed", { why: error instanceof Error ? error.message : String(error) }))));
}
