// The link map of a page: of the data that stands in it, or live from the server that data-live names.
import "./link_map.css";
import { embedded, make } from "./shared/dom.ts";
import { Live } from "./map/live.ts";
import type { MapData } from "./map/model.ts";
import { fromQuery } from "./map/state.ts";
import { LinkMapView } from "./map/view.ts";
import { t } from "./shared/texts.ts";

async function start(root: HTMLElement): Promise<void> {
  const base = root.dataset["live"];
  const at = root.dataset["data"] ?? "data";
  const data = embedded<MapData>(at);
  if (!base) {
    if (data) new LinkMapView(root, data, fromQuery(""), null);
    return;
  }
  const live = new Live(base);
  const state = fromQuery(root.dataset["query"] ?? location.search);
  const view = await live.view(state);
  new LinkMapView(root, view, { ...state, ...view.view }, live, root.dataset["query"] === undefined);
}

/** On the page of something, a map that has nothing to show takes its heading with it. */
function failed(root: HTMLElement, error: unknown): void {
  if (root.dataset["query"] !== undefined) { root.closest("section")?.remove(); return; }
  root.append(make("p", { role: "alert", class: "note" }, t("failed", { why: error instanceof Error ? error.message : String(error) })));
}

for (const root of document.querySelectorAll<HTMLElement>("[data-link-map]")) {
  start(root).catch((error: unknown) => failed(root, error));
}
