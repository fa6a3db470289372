// The link map on a page: toolbar, filters, picture, table, panel. Live, when a server answers; else of the data at hand.
import { button, make, name, narrow, saved } from "../shared/dom.ts";
import { known, t } from "../shared/texts.ts";
import { FilterForm } from "./controls.ts";
import { Drawing } from "./drawing.ts";
import { toCsv, toGexf, toSvg } from "./export.ts";
import { passing, type Filters } from "./filters.ts";
import { Live, NameBox } from "./live.ts";
import { Model, when, type MapData, type MapEdge, type MapNode } from "./model.ts";
import { edgeDetail, kindName, nodeDetail, pathDetail, symbol, type PanelActs } from "./panel.ts";
import { collapse, EMPTY, expand, fromQuery, toQuery, type State } from "./state.ts";

export class LinkMapView implements PanelActs {
  private model: Model;
  private readonly drawing: Drawing;
  private readonly filters = new FilterForm((filters) => this.filtersChanged(filters));
  private readonly query = make("input", { id: "query", type: "search", list: "names", placeholder: t("search-hint"), "aria-label": t("search-label"), autocomplete: "off" });
  private readonly names = make("datalist", { id: "names" });
  private readonly map = make("div", { id: "map", role: "application", tabindex: "0" });
  private readonly table = make("div", { id: "table", hidden: true, tabindex: "0" });
  private readonly detail = make("div", { id: "detail" });
  private readonly panel = make("aside", { id: "panel", "aria-label": t("evidence"), hidden: true });
  private readonly status = make("p", { id: "status", role: "status" });
  private readonly legend = make("details", { id: "legend", open: !narrow() });
  private readonly zoom = make("div", { id: "zoom" });
  private readonly undo = button(t("undo"), () => void this.undone(), { id: "undo" });
  private depth = 0;
  private readonly earlier: State[] = [];

  /** `ownsAddress`: the page is about this map, so that its address tells the view and Back undoes. */
  constructor(root: HTMLElement, data: MapData, private state: State, private readonly live: Live | null, private readonly ownsAddress = true) {
    this.model = new Model(data);
    root.append(this.toolbar(), this.filters.element, this.main(), this.legend);
    this.drawing = new Drawing(this.map, this.model, (what) => this.clicked(what));
    this.map.addEventListener("arrived", (event) => this.say(this.model.name((event as CustomEvent<string>).detail)));
    this.offer();
    this.applyFilters(state.filters, false);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.closePanel(); });
    if (live && ownsAddress) addEventListener("popstate", (event) => this.back(event));
    this.undo.disabled = true;
    if (data.sought) {
      this.showPaths();
      if (!narrow()) this.drawing.fitBeside(this.panel.offsetWidth);
    } else if (data.focus && this.model.nodes.has(data.focus) && !narrow()) {
      this.showNode(this.model.nodes.get(data.focus)!);
      this.drawing.fitBeside(this.panel.offsetWidth);
    }
  }

  // --- what stands on the page -------------------------------------------------------------------------------------
  private toolbar(): HTMLElement {
    const form = make("form", { id: "search", role: "search" }, this.query, this.names);
    const filters = button(t("filters"), () => this.toggleFilters(filters), { id: "toggle-filters", "aria-expanded": "false", "aria-controls": "filters" });
    const table = button(t("table"), () => this.toggleTable(table), { id: "toggle-table", "aria-pressed": "false" });
    form.append(filters, table);
    form.addEventListener("submit", (event) => { event.preventDefault(); void this.search(); });
    this.query.addEventListener("change", () => void this.search());
    if (this.live) {
      form.append(button(t("connect"), () => this.openConnect(), { id: "connect" }), this.undo, button(t("share"), () => void this.share(), { id: "share" }));
    }
    form.append(this.exports());
    return make("div", { class: "toolbar" }, form);
  }

  private exports(): HTMLElement {
    const files: [string, () => Promise<Blob> | Blob][] = [
      ["PNG", () => this.drawing.png()],
      ["SVG", () => this.written(toSvg(this.model, ...this.shown(), this.note()), "image/svg+xml")],
      ["GEXF", () => this.written(toGexf(this.model, ...this.shown()), "application/xml")],
      ["CSV", () => this.written(toCsv(this.model, this.shown()[1]), "text/csv")],
    ];
    const menu = make("details", { id: "export" }, make("summary", {}, t("export")));
    const list = make("div", { class: "menu" });
    for (const [format, content] of files) {
      const act = async (): Promise<void> => { saved(`link-map.${format.toLowerCase()}`, await content()); menu.open = false; };
      list.append(button(format, () => void act().catch((error: unknown) => this.say(t("failed", { why: String(error) }))), { "data-format": format }));
    }
    menu.append(list);
    return menu;
  }

  private main(): HTMLElement {
    this.zoom.append(
      button("+", () => this.drawing.zoom(1.4), { "aria-label": t("zoom-in") }),
      button("−", () => this.drawing.zoom(1 / 1.4), { "aria-label": t("zoom-out") }),
      button("⤢", () => this.drawing.fitAll(), { "aria-label": t("fit"), id: "fit" }),
    );
    this.panel.append(button("×", () => this.closePanel(), { id: "close", "aria-label": t("close") }), this.detail);
    return make("div", { class: "stage" }, this.map, this.zoom, this.table, this.panel, this.status);
  }

  private offer(): void {
    const { nodes, edges } = this.model;
    this.map.setAttribute("aria-label", t("map-label", { nodes: nodes.size, links: edges.size }));
    const names = [...new Set([...nodes.values()].map((node) => node.name))].sort((a, b) => a.localeCompare(b));
    this.names.replaceChildren(...names.map((value) => make("option", { value })));
    this.filters.offer(this.model, this.state.filters);
    const present = new Set([...nodes.values()].map((node) => node.kind));
    const looks = Object.entries(this.model.data.looks).filter(([kind]) => present.has(kind));
    const list = make("ul", { id: "looks" }, ...looks.map(([kind, look]) => make("li", {}, symbol(look.shape, look.colour), kindName(this.model, kind))));
    const line = (type: string, text: string): HTMLElement => make("p", {}, make("span", { class: `line ${type}` }), text);
    this.legend.replaceChildren(
      make("summary", {}, t("legend")), list, line("", t("legend-stated")), line("dashed", t("legend-inferred")), line("dotted", t("legend-alleged")),
    );
  }

  // --- panel -------------------------------------------------------------------------------------------------------
  showEdge(edge: MapEdge): void {
    this.open(edgeDetail(this.model, edge));
    this.drawing.selectEdge(edge.id);
    this.drawing.emphasise([edge]);
  }

  showNode(node: MapNode): void {
    this.open(nodeDetail(this.model, node, this));
    this.drawing.emphasise(this.model.near(node.id));
  }

  emphasise(edges: MapEdge[]): void {
    this.drawing.emphasise(edges);
    this.drawing.fit(edges.flatMap((edge) => [edge.from, edge.to]));
  }

  nodeActs(node: MapNode): HTMLElement[] {
    if (!this.live) return [];
    const acts = make("p", { class: "acts" });
    if (Object.keys(this.model.hidden(node)).length) acts.append(button(t("expand"), () => void this.go(expand(this.state, node.address), node.address), { id: "expand" }));
    if (this.model.edgesOf(node.id).length > 1 || this.state.expanded.includes(node.address)) {
      acts.append(button(t("collapse"), () => void this.go(collapse(this.state, node.address), node.address), { id: "collapse" }));
    }
    acts.append(
      button(t("path-from"), () => this.openConnect(node)),
      button(t("map-of-this"), () => void this.go({ ...EMPTY, about: [node.address], filters: this.state.filters }, node.address)),
    );
    return [acts];
  }

  private showPaths(): void {
    const { paths } = this.model.data;
    this.open(pathDetail(this.model, paths ?? [], this));
    const first = (paths ?? []).flatMap((path) => path.edges.flat()).map((id) => this.model.edges.get(id)).filter((edge) => edge !== undefined);
    this.drawing.emphasise(first);
  }

  /** Two forms: the shortest ways between two names, and two maps put together. */
  private openConnect(node?: MapNode): void {
    const live = this.live!;
    const [start, end, other] = [new NameBox(live, "path-start", t("path-start")), new NameBox(live, "path-end", t("path-end")), new NameBox(live, "compare-with", t("compare-with"))];
    const from = node ?? this.model.nodes.get(this.model.data.focus ?? "");
    if (from) start.set(from.name, from.address);
    const count = make("input", { id: "path-count", type: "number", min: "1", max: "10", value: String(this.state.k) });
    const path = make("form", { class: "connect", id: "path-form" }, make("h2", {}, t("path")), start.element, end.element, make("label", {}, `${t("path-count")} `, count), make("button", { id: "find-path" }, t("find-path")));
    path.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.go({ ...this.state, path: [start.address, end.address], k: Number(count.value) || 3 });
    });
    const mode = make("select", { id: "mode", "aria-label": t("compare") }, ...(["union", "difference", "common"] as const).map((value) => make("option", { value }, t(value))));
    const parts: HTMLElement[] = [path];
    if (this.state.about.length) {
      const compare = make("form", { class: "connect", id: "compare-form" }, make("h2", {}, t("compare")), other.element, mode, make("button", { id: "compare" }, t("put-together")));
      compare.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.go({ ...this.state, about: [this.state.about[0]!, other.address], mode: mode.value, expanded: [], collapsed: [] });
      });
      parts.push(compare);
      if (this.state.about.length === 2) parts.push(button(t("first-map-only"), () => void this.go({ ...this.state, about: this.state.about.slice(0, 1), mode: "union" })));
    }
    this.open(parts);
    (from ? end : start).input.focus();
  }

  private open(elements: HTMLElement[]): void {
    this.detail.replaceChildren(...elements);
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
  }

  private closePanel(): void {
    if (this.panel.hidden) return;
    const within = this.panel.contains(document.activeElement);
    this.panel.hidden = true;
    this.drawing.unselect();
    if (within) this.map.focus();
  }

  private clicked(what: { node?: string; edge?: string }): void {
    const [node, edge] = [this.model.nodes.get(what.node ?? ""), this.model.edges.get(what.edge ?? "")];
    if (node) this.showNode(node);
    else if (edge) this.showEdge(edge);
    else this.closePanel();
  }

  // --- going from view to view ---------------------------------------------------------------------------------------
  private async go(state: State, keep?: string): Promise<void> {
    this.say(t("working"));
    try {
      const data = await this.live!.view(state);
      const { about, expanded, collapsed, path } = data.view;
      this.earlier.push(this.state);
      this.state = { ...state, about, expanded, collapsed, path };
      this.depth += 1;
      if (this.ownsAddress) history.pushState({ depth: this.depth }, "", `?${toQuery(this.state)}`);
      this.showData(data, keep);
    } catch (error) {
      this.say(t("failed", { why: error instanceof Error ? error.message : String(error) }));
    }
  }

  private async undone(): Promise<void> {
    if (this.ownsAddress) { history.back(); return; }
    const earlier = this.earlier.pop();
    if (!earlier) return;
    this.state = earlier;
    this.depth -= 1;
    this.showData(await this.live!.view(earlier));
  }

  private async back(event: PopStateEvent): Promise<void> {
    this.depth = (event.state as { depth?: number } | null)?.depth ?? 0;
    this.state = fromQuery(location.search);
    if (!this.state.about.length && !this.state.path.length && !this.state.chosen) { location.reload(); return; }
    this.showData(await this.live!.view(this.state));
  }

  private showData(data: MapData, keep?: string): void {
    this.model = new Model(data);
    this.undo.disabled = this.depth === 0;
    const heading = document.getElementById("map-title");
    if (heading) heading.textContent = data.title;
    this.drawing.show(this.model);
    this.offer();
    this.applyFilters(this.state.filters, false);
    const kept = [...this.model.nodes.values()].find((node) => node.address === keep);
    if (data.sought && !kept) this.showPaths();
    else if (kept && !narrow()) this.showNode(kept);
    else this.closePanel();
    if (!kept) this.drawing.fitAll();
    else if (!this.status.textContent) this.say(t("status-filtered", this.counts(data.nodes.length, data.edges.length)));
  }

  private async share(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.address());
      this.say(t("shared"));
    } catch {
      this.say(this.address());
    }
  }

  private address(): string { return this.ownsAddress ? location.href : new URL(`/map?${toQuery(this.state)}`, location.href).href; }

  // --- filters, table ------------------------------------------------------------------------------------------------
  private filtersChanged(filters: Filters): void {
    this.state = { ...this.state, filters };
    if (this.live && this.ownsAddress) history.replaceState({ depth: this.depth }, "", `?${toQuery(this.state)}`);
    this.applyFilters(filters, true);
  }

  private applyFilters(filters: Filters, moved: boolean): void {
    const passed = passing(this.model.data, filters);
    this.drawing.filter(passed);
    this.say(passed.filtered ? t("status-filtered", this.counts(passed.nodes.size, passed.edges.size)) : "");
    this.drawTable(this.model.data.edges.filter((edge) => passed.edges.has(edge.id)));
    if (moved && !passed.filtered) this.drawing.fitAll();
  }

  private counts(nodes: number, links: number): Record<string, number> {
    return { nodes, links, allNodes: this.model.nodes.size, allLinks: this.model.edges.size };
  }

  private toggleFilters(toggle: HTMLButtonElement): void {
    this.filters.element.hidden = !this.filters.element.hidden;
    toggle.setAttribute("aria-expanded", String(!this.filters.element.hidden));
    this.drawing.redraw();
  }

  private toggleTable(toggle: HTMLButtonElement): void {
    this.table.hidden = !this.table.hidden;
    toggle.setAttribute("aria-pressed", String(!this.table.hidden));
    this.legend.hidden = this.zoom.hidden = !this.table.hidden;
  }

  /** The same links as text. */
  private drawTable(shown: MapEdge[]): void {
    const heads = (["table-who", "table-role", "table-whom", "table-when", "table-passages"] as const).map((key) => make("th", { scope: "col" }, t(key)));
    const rows = shown.map((edge) => {
      const count = edge.evidence.length;
      const open = button(`${count}${edge.stated ? "" : ` (${t("inferred")})`}`, () => this.showEdge(edge), { "aria-label": t("passages-of-link", { n: count }) });
      const roles = edge.roles.map((role) => known(`role-${role}`, this.model.role(role))).join(", ");
      const cells = [name(this.model.name(edge.from)), roles, name(this.model.name(edge.to)), when(edge), open];
      return make("tr", {}, ...cells.map((content) => make("td", {}, content)));
    });
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
    this.table.replaceChildren(rows.length ? table : make("p", {}, t("table-empty")));
  }

  // --- search --------------------------------------------------------------------------------------------------------
  private async search(): Promise<void> {
    const text = this.query.value.trim().toLocaleLowerCase();
    if (!text) return;
    const found = this.model.data.nodes.filter((node) => node.name.toLocaleLowerCase().includes(text));
    const best = found.find((node) => node.name.toLocaleLowerCase() === text) ?? found[0];
    if (!best && this.live) { await this.searchElsewhere(); return; }
    this.say(best ? (found.length > 1 ? t("status-many", { count: found.length, name: best.name }) : "") : t("status-none", { name: this.query.value }));
    if (!best) return;
    this.drawing.focus(best.id);
    this.showNode(best);
  }

  private async searchElsewhere(): Promise<void> {
    const wanted = this.query.value;
    const found = await this.live!.find(wanted).catch(() => []);
    const here = found.map((one) => [...this.model.nodes.values()].find((node) => node.address === one.address)).find(Boolean);
    if (here) { this.drawing.focus(here.id); this.showNode(here); return; }
    const list = make("ul", { class: "links" });
    for (const one of found) {
      list.append(make("li", {}, button(name(one.name), () => void this.go({ ...EMPTY, about: [one.address], filters: this.state.filters })), ` ${kindName(this.model, one.kind)}`));
    }
    this.open([make("h2", {}, t("elsewhere")), found.length ? list : make("p", {}, t("elsewhere-none", { name: wanted }))]);
  }

  // --- exports -------------------------------------------------------------------------------------------------------
  private shown(): [ReturnType<Drawing["shown"]>["nodes"], MapEdge[]] {
    const { nodes, edges } = this.drawing.shown();
    return [nodes, edges];
  }

  private note(): string {
    const edges = this.shown()[1];
    return t("sources-note", { links: edges.length, passages: new Set(edges.flatMap((edge) => edge.evidence.map(([, , n]) => n))).size });
  }

  private written(text: string, type: string): Blob { return new Blob([text], { type: `${type};charset=utf-8` }); }
  private say(text: string): void { this.status.textContent = text; }
}
