// The SPARQL workbench: Yasgui over the endpoint of this site and nothing else, the query library, the words of the graph.
import "./workbench.css";
import Yasgui from "@zazuko/yasgui";
import { embedded, fetched, make } from "./shared/dom.ts";
import { LibraryMenu, type LibraryQuery } from "./sparql/library.ts";
import { Chart, Links, Places } from "./sparql/results.ts";
import { schemaBrowser, type Term } from "./sparql/schema.ts";
import { t } from "./shared/texts.ts";

interface WorkbenchData { endpoint: string; prefixes: Record<string, string>; queries: LibraryQuery[]; terms: Term[]; start: string }

class Workbench {
  private readonly yasgui: Yasgui;
  private readonly told = make("p", { class: "kg-error", role: "alert", hidden: true });

  constructor(root: HTMLElement, private readonly data: WorkbenchData, base: string) {
    const side = make("div", { class: "side" });
    const place = make("div");
    root.append(side, make("div", {}, this.told, place));
    side.append(new LibraryMenu(data.queries, base, (name, text, run) => this.put(name, text, run)).element, schemaBrowser(data.terms, (name, text) => this.put(name, text, false)));
    this.yasgui = this.editor(place);
    this.yasgui.on("queryResponse", (_: unknown, tab: { getYasqe(): unknown; getYasr(): { results?: unknown } }) => {
      // Yasgui hands the answer on to the results after it has told of it.
      setTimeout(() => this.answered(tab as never));
    });
    this.yasgui.on("query", () => this.clear());
    this.label(place);
    document.body.setAttribute("data-workbench-drawn", "");
  }

  private editor(place: HTMLElement): Yasgui {
    const endpoint = new URL(this.data.endpoint, location.href).href;
    const { Yasqe, Yasr } = Yasgui;
    // Words are suggested from this graph; Yasqe's own suggestions would ask a server elsewhere.
    const words = this.data.terms.map((term) => term.name);
    Yasqe.registerAutocompleter({
      name: "kg-words", bulk: true, autoShow: false, persistenceId: null, isValidCompletionPosition: () => true, get: () => words,
    } as never);
    for (const [name, plugin] of Object.entries({ chart: Chart, linkmap: Links, places: Places })) Yasr.registerPlugin(name, plugin as never);
    Yasgui.corsEnabled[endpoint] = true;
    return new Yasgui(place, {
      autofocus: false, copyEndpointOnNewTab: true, persistenceId: "kg-workbench", populateFromUrl: false,
      requestConfig: { endpoint, method: "POST", acceptHeaderSelect: "application/sparql-results+json,*/*;q=0.5", acceptHeaderGraph: "text/turtle,*/*;q=0.5" },
      endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [], renderItem: () => undefined },
      yasqe: { value: this.data.start, autocompleters: ["variables", "kg-words"], prefixCcApi: null, collapsePrefixesOnLoad: true, editorHeight: "20rem", createShortLink: undefined },
      yasr: { prefixes: this.data.prefixes, pluginOrder: ["table", "chart", "linkmap", "places", "response", "boolean", "error"], maxPersistentResponseSize: 100_000 },
    } as never);
  }

  /** Put a query into a tab of its own. */
  private put(name: string, text: string, run: boolean): void {
    const tab = this.yasgui.addTab(true, { name }, { avoidDuplicateTabs: false });
    tab.setQuery(text);
    this.clear();
    if (run) void tab.query().catch(() => undefined);
  }

  /** An error names a line: mark it, go there, and say it in words. */
  private answered(tab: { getYasqe(): CodeEditor; getYasr(): { results?: { getError(): { text?: string } | undefined } } }): void {
    const error = tab.getYasr().results?.getError();
    if (!error) return;
    const message = readable(error.text ?? "");
    const at = /(?:at|line) (\d+)(?:(?::|, column )(\d+))?/.exec(message);
    this.told.hidden = !message;
    this.told.textContent = at ? t("syntax-line", { line: at[1]!, message }) : message;
    if (!at) return;
    const editor = tab.getYasqe();
    const line = Math.min(Number(at[1]) - 1, editor.lineCount() - 1);
    editor.addLineClass(line, "background", "kg-line-error");
    editor.setCursor(line, Math.max(0, Number(at[2] ?? 1) - 1));
    editor.scrollIntoView({ line, ch: 0 }, 60);
  }

  private clear(): void {
    this.told.hidden = true;
    const editor = this.yasgui.getTab()?.getYasqe() as CodeEditor | undefined;
    editor?.eachLine((line) => { editor.removeLineClass(line, "background", "kg-line-error"); });
  }

  /** What Yasgui leaves without a name for people who cannot see it. */
  private label(place: HTMLElement): void {
    const name = (): void => {
      // Help pages elsewhere: nothing on this page leads to another host by itself.
      for (const link of place.querySelectorAll(".yasr_external_ref_btn, a[href^='https://docs.triply.cc']")) link.remove();
      for (const area of place.querySelectorAll(".CodeMirror textarea:not([aria-label])")) area.setAttribute("aria-label", "SPARQL");
      for (const frame of place.querySelectorAll(".CodeMirror-scroll:not([tabindex='0'])")) frame.setAttribute("tabindex", "0");
      for (const control of place.querySelectorAll("button:not([aria-label])")) if (!control.textContent?.trim()) control.setAttribute("aria-label", control.getAttribute("title") || control.className.replace(/_/g, " "));
      // The button that adds a tab stands among the tabs.
      for (const add of place.querySelectorAll("[role=tablist] button:not([role])")) { add.setAttribute("role", "tab"); add.setAttribute("aria-selected", "false"); }
      for (const input of place.querySelectorAll("input:not([aria-label]):not([id])")) input.setAttribute("aria-label", input.getAttribute("placeholder") || input.className || "input");
    };
    new MutationObserver(name).observe(place, { childList: true, subtree: true });
    name();
  }
}

interface CodeEditor {
  lineCount(): number; addLineClass(line: unknown, where: string, name: string): void; removeLineClass(line: unknown, where: string, name: string): void;
  setCursor(line: number, ch: number): void; scrollIntoView(where: object, margin: number): void; eachLine(act: (line: unknown) => void): void;
}

/** The words of a problem document (RFC 9457), or the text itself. */
export function readable(text: string): string {
  try {
    const told: unknown = JSON.parse(text);
    if (told !== null && typeof told === "object" && "detail" in told) return String(told.detail);
  } catch { /* it is plain text */ }
  return text.slice(0, 2000);
}

async function start(root: HTMLElement): Promise<void> {
  root.classList.add("kg-workbench");
  const base = root.dataset["workbench"] || "/workbench/";
  const data = embedded<WorkbenchData>("workbench-data") ?? (await fetched<WorkbenchData>(`${base}data.json`));
  new Workbench(root, data, base);
}

for (const root of document.querySelectorAll<HTMLElement>("[data-workbench]")) {
  start(root).catch((error: unknown) => root.append(make("p", { role: "alert" }, t("failed", { why: error instanceof Error ? error.message : String(error) }))));
}
