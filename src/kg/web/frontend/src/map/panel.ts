// The side panel: what the sources say about a link, a node or a path.
import { button, inTheme, make, name, svg } from "../shared/dom.ts";
import { passageBox } from "../shared/evidence.ts";
import { known, t } from "../shared/texts.ts";
import { otherEnd, total, when, type MapEdge, type MapNode, type Model, type Passage, type PathFound } from "./model.ts";
import { outline } from "./export.ts";

export interface PanelActs {
  showEdge(edge: MapEdge): void;
  showNode(node: MapNode): void;
  emphasise(edges: MapEdge[]): void;
  /** Buttons for a node on a live map. */
  nodeActs(node: MapNode): HTMLElement[];
}

export const kindName = (model: Model, kind: string): string => known(`kind-${kind}`, model.data.looks[kind]?.label ?? kind);
const rolesOf = (model: Model, edge: MapEdge): string => edge.roles.map((role) => known(`role-${role}`, model.role(role))).join(", ");
const details = (model: Model, edge: MapEdge): string => `${rolesOf(model, edge)}${when(edge) ? ", " + when(edge) : ""}`;

export function edgeDetail(model: Model, edge: MapEdge): HTMLElement[] {
  const badge = make("span", { class: edge.stated ? "badge" : "badge inferred" }, t(edge.stated ? "stated" : "inferred"));
  const title = make("h2", {}, name(model.name(edge.from)), " – ", name(model.name(edge.to)));
  const found = [title, make("p", { class: "sub" }, badge, details(model, edge), ", ", t("publishers", { n: edge.publishers }))];
  if (!edge.stated) found.push(make("p", { class: "sub" }, t("inferred-why")));
  return [...found, ...passagesOf(model, [edge])];
}

export function nodeDetail(model: Model, node: MapNode, acts: PanelActs): HTMLElement[] {
  const mine = model.edgesOf(node.id);
  const title = make("h2", {}, name(node.name));
  const sub = make("p", { class: "sub" }, `${kindName(model, node.kind)} · `, node.page ? make("a", { href: node.page }, t("open-page")) : make("code", {}, node.address));
  const hidden = model.hidden(node);
  const told = total(hidden) ? [make("p", { class: "hidden-around" }, t("hidden-around", { n: total(hidden), kinds: kinds(model, hidden) }))] : [];
  const list = make("ul", { class: "links" });
  for (const edge of mine) {
    const link = button(name(model.name(otherEnd(edge, node.id))), () => acts.showEdge(edge));
    list.append(make("li", {}, link, ` ${details(model, edge)}${edge.stated ? "" : ` (${t("inferred")})`}`));
  }
  return [
    title, sub, ...told, ...acts.nodeActs(node), make("h3", {}, t("links", { n: mine.length })), list,
    make("h3", {}, t("what-sources-say")), ...passagesOf(model, mine),
  ];
}

export function pathDetail(model: Model, paths: PathFound[], acts: PanelActs): HTMLElement[] {
  if (!paths.length) return [make("h2", {}, t("path")), make("p", {}, t("no-path"))];
  const found: HTMLElement[] = [make("h2", {}, t("paths", { n: paths.length })), make("p", { class: "sub" }, t("path-caution"))];
  paths.forEach((path, index) => {
    const edges = path.edges.flat().map((id) => model.edges.get(id)).filter((edge) => edge !== undefined);
    const choose = button(t("path-number", { n: index + 1, steps: path.edges.length }), () => acts.emphasise(edges), { class: "path" });
    const list = make("ol", { class: "steps" });
    path.edges.forEach((ids, step) => {
      const parts = ids.map((id) => model.edges.get(id)).filter((edge) => edge !== undefined);
      const item = make("li", {}, name(model.name(path.nodes[step]!)), " – ", name(model.name(path.nodes[step + 1]!)), ": ");
      for (const edge of parts) item.append(button(t("passages", { n: new Set(edge.evidence.map(([, , n]) => n)).size }), () => acts.showEdge(edge)), ` ${details(model, edge)} `);
      if (!parts.some((edge) => edge.stated)) item.append(make("span", { class: "badge inferred" }, t("inferred")));
      list.append(item);
    });
    found.push(make("h3", {}, choose), list);
  });
  return found;
}

export function kinds(model: Model, counts: Record<string, number>): string {
  return Object.entries(counts).map(([kind, count]) => `${count} ${kindName(model, kind)}`).join(", ");
}

function passagesOf(model: Model, edges: MapEdge[]): HTMLElement[] {
  const grouped = new Map<number, Map<string, [string, string]>>();
  for (const [event, role, passage] of edges.flatMap((edge) => edge.evidence)) {
    const acts = grouped.get(passage) ?? new Map<string, [string, string]>();
    grouped.set(passage, acts.set(`${event} ${role}`, [event, role]));
  }
  return [...grouped].map(([number, acts]) => passageElement(model, model.data.passages[number]!, [...acts.values()]));
}

function passageElement(model: Model, passage: Passage, acts: [string, string][]): HTMLElement {
  const told = new Map<string, string>();
  for (const [id, role] of acts) {
    const event = model.data.events[id];
    told.set(`${known(`role-${role}`, model.role(role))}${event ? ": " + event.label : ""}`, event?.modality[passage.iri] ?? "");
  }
  return passageBox(passage, told);
}

/** The sign of a kind of node, for the legend. */
export function symbol(shape: string, colour: string): SVGElement {
  const points = outline(shape, 7);
  const drawn = points ? svg("polygon", { points, fill: inTheme(colour) }) : svg("circle", { r: 7, fill: inTheme(colour) });
  return svg("svg", { viewBox: "-8 -8 16 16", width: 15, height: 15, "aria-hidden": "true" }, drawn);
}
