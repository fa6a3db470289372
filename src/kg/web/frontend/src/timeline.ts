// A timeline of a page: bars as long as the sources' dates are precise; dates that cannot all be right stand side by side.
import "./timeline.css";
import { DataSet } from "vis-data/peer";
import { Timeline } from "vis-timeline/peer";
import { button, embedded, fetched, make, name, still } from "./shared/dom.ts";
import { passageBox, type Passage } from "./shared/evidence.ts";
import { known, t } from "./shared/texts.ts";
import { spanned, type Span } from "./time/spans.ts";

interface Dated { text: string; earliest: string; latest: string; passages: number[] }
interface Happening {
  id: string; label: string; kind: string; adverse: boolean; dates: Dated[]; passages: number[]; modalities: string[]; publishers: number; conflicts: string[];
}
interface TimelineData { title: string; about: string; passages: Passage[]; events: Happening[] }

class TimelineView {
  private readonly picture = make("div", { class: "picture" });
  private readonly detail = make("div", { class: "kg-detail", "aria-live": "polite", hidden: true });
  private readonly events: Map<string, Happening>;
  private readonly dates = new Map<string, Dated>();

  constructor(root: HTMLElement, private readonly data: TimelineData) {
    this.events = new Map(data.events.filter((event) => event.dates.length).map((event) => [event.id, event]));
    if (!this.events.size) {
      root.append(make("p", {}, t("no-dates")));
      return;
    }
    this.picture.setAttribute("role", "group");
    this.picture.setAttribute("aria-label", t("timeline-label", { n: this.events.size }));
    const zoom = make("div", { class: "zoom" });
    root.append(zoom, this.picture, this.detail);
    const items = [...this.events.values()].flatMap((event) => event.dates.map((dated, index) => this.item(event, dated, index)));
    const rows = [...this.events.values()].map((event, order) => ({ id: event.id, content: event.label, order }));
    const timeline = new Timeline(this.picture, new DataSet(items as never[]) as never, new DataSet(rows) as never, {
      stack: true, selectable: true, multiselect: false, showCurrentTime: false, zoomKey: "ctrlKey", horizontalScroll: true, verticalScroll: true,
      margin: { item: { horizontal: 8, vertical: 4 }, axis: 4 }, orientation: "top", maxHeight: 560, groupOrder: "order",
      zoomMin: 1000 * 60 * 60 * 24 * 3, zoomMax: 1000 * 60 * 60 * 24 * 365 * 60, locale: document.documentElement.lang.startsWith("uk") ? "uk" : "en",
      template: (item: { id: string }) => name(this.dates.get(item.id)?.text ?? ""),
      groupTemplate: (row: { id: string } | null) => (row ? this.row(row.id) : document.createElement("span")),
    } as never);
    const moving = { animation: !still() };
    const all = framed([...this.dates.values()]);
    zoom.append(
      button("+", () => timeline.zoomIn(0.5, moving), { "aria-label": t("zoom-in") }),
      button("−", () => timeline.zoomOut(0.5, moving), { "aria-label": t("zoom-out") }),
      button("⤢", () => timeline.setWindow(all.start, all.end, moving), { "aria-label": t("fit") }),
    );
    timeline.on("click", ({ group, what }: { group: string | null; what: string | null }) => { if (group && what !== "axis") this.show(group); });
    let drawn = false;
    timeline.on("changed", () => {
      if (drawn) return;
      // Its own first choice of a window leaves no room for the date beside the last dot.
      drawn = true;
      timeline.setWindow(all.start, all.end, { animation: false });
      document.body.setAttribute("data-timeline-drawn", "");
    });
  }

  private item(event: Happening, dated: Dated, index: number): object {
    const id = `${event.id}#${index}`;
    this.dates.set(id, dated);
    const span: Span = spanned(dated.earliest, dated.latest);
    const classes = [
      event.adverse ? "adverse" : "", ...event.modalities.filter((how) => how !== "reported" && event.modalities.length === 1),
      event.conflicts.length > 0 && event.dates.length > 1 ? "disputed" : "", span.openStart ? "open-start" : "", span.openEnd ? "open-end" : "",
    ];
    const shape = span.end ? { end: span.end, type: "range" } : { type: "point" };
    return { id, group: event.id, content: dated.text, start: span.start, ...shape, className: classes.filter(Boolean).join(" ") };
  }

  /** The name of a row: text goes in as text, and the Tab key reaches it. */
  private row(id: string): HTMLElement {
    const event = this.events.get(id)!;
    const label = button(name(event.kind || event.label), () => this.show(id), { class: "happening" });
    if (event.conflicts.length) label.append(make("span", { class: "doubt" }, t("conflict")));
    const how = event.modalities.length === 1 ? event.modalities[0]! : "reported";
    if (how !== "reported") label.append(make("span", { class: "doubt" }, known(`modality-${how}`, how)));
    return label;
  }

  private show(id: string | undefined): void {
    const event = this.events.get(id ?? "");
    this.detail.hidden = !event;
    if (!event) return;
    const parts: HTMLElement[] = [make("h3", {}, name(event.label)), make("p", {}, t("publishers", { n: event.publishers }))];
    for (const what of event.conflicts) parts.push(make("p", {}, make("span", { class: "badge alleged" }, t("conflict")), what));
    for (const number of event.passages) {
      const dates = event.dates.filter((dated) => dated.passages.includes(number)).map((dated) => dated.text);
      parts.push(passageBox(this.data.passages[number]!, new Map(dates.map((text) => [text, ""]))));
    }
    this.detail.replaceChildren(...parts);
  }
}

/** The window that shows everything, with a little room to either side. */
function framed(dates: Dated[]): { start: Date; end: Date } {
  const spans = dates.map((dated) => spanned(dated.earliest, dated.latest));
  const [first, last] = [Math.min(...spans.map((span) => Date.parse(span.start))), Math.max(...spans.map((span) => Date.parse(span.end ?? span.start)))];
  const room = Math.max((last - first) * 0.08, 1000 * 60 * 60 * 24 * 30);
  return { start: new Date(first - room), end: new Date(last + 2 * room) };
}

async function start(root: HTMLElement): Promise<void> {
  root.classList.add("kg-timeline");
  const source = root.dataset["source"];
  const data = source ? await fetched<TimelineData>(source) : embedded<TimelineData>(root.dataset["data"] ?? "timeline-data");
  if (data) new TimelineView(root, data);
}

for (const root of document.querySelectorAll<HTMLElement>("[data-timeline]")) {
  start(root).catch((error: unknown) => root.append(make("p", { role: "alert" }, t("failed", { why: error instanceof Error ? error.message : String(error) }))));
}
