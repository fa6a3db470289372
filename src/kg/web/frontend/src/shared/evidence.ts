// A passage as it is shown everywhere: what it is cited for, what it says, its own words, and where it stands.
import { make, outward } from "./dom.ts";
import { known, t } from "./texts.ts";

export interface Passage {
  iri: string; summary: string; quote: string; locator: string; title: string; publisher: string; url: string; published: string; language: string; voice: string;
}

/** `told` maps what the passage is cited for to how it is put (empty: reported). */
export function passageBox(passage: Passage, told: Map<string, string>): HTMLElement {
  const head = make("p");
  for (const [text, modality] of told) {
    if (modality && modality !== "reported") head.append(make("span", { class: "badge alleged" }, known(`modality-${modality}`, modality)));
    head.append(make("strong", {}, text), make("br"));
  }
  const box = make("div", { class: "passage" }, ...(told.size ? [head] : []), make("p", { dir: "auto" }, passage.summary));
  if (passage.quote) box.append(make("q", { dir: "auto", lang: passage.language || "en" }, passage.quote));
  const where = `, ${passage.published || t("undated")}${passage.locator ? ", " + passage.locator : ""}`;
  box.append(make("p", { class: "cite" }, `${passage.publisher}, `, outward(passage.url, passage.title), where));
  return box;
}
