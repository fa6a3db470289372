// The words of the graph: classes and properties with what they mean, how often they are used, and an example to run.
import { button, make } from "../shared/dom.ts";
import { t } from "../shared/texts.ts";

export interface Term { name: string; kind: "class" | "property"; label: string; comment: string; domain: string; range: string; uses: number; example: string }

export function schemaBrowser(terms: Term[], use: (name: string, text: string) => void): HTMLElement {
  const filter = make("input", { type: "search", placeholder: t("schema-filter"), "aria-label": t("schema-filter") });
  const list = make("ul", { class: "terms" });
  const draw = (): void => {
    const words = filter.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = terms.filter((term) => words.every((word) => `${term.name} ${term.label} ${term.comment}`.toLowerCase().includes(word)));
    list.replaceChildren(...found.map((term) => {
      const signature = [term.domain, term.range].some(Boolean) ? make("p", { class: "sub" }, `${term.domain || "…"} → ${term.range || "…"}`) : "";
      const act = button(t("schema-use"), () => use(term.label, term.example));
      return make("li", {}, make("details", {}, make("summary", {}, make("code", {}, term.name), ` ${term.label} `, make("small", {}, t("schema-count", { n: term.uses }))), make("p", {}, term.comment), signature, act));
    }));
  };
  filter.addEventListener("input", draw);
  draw();
  return make("details", { class: "schema" }, make("summary", {}, t("schema")), filter, list);
}
