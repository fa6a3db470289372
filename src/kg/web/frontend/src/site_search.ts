// The search of a published site: no server, the index stands in a file beside the page (search-index.js).
import { make, name } from "./shared/dom.ts";

type Thing = [label: string, kind: string, context: string, file: string, events: number, others: string[], words: string[]];
interface Tables {
  cyrillic: Record<string, string>; lookalikes: Record<string, string>; latin: Record<string, string>;
  spellings: [string, string][]; belarusian: string; soft: string;
}
interface Index { tables: Tables; things: Thing[] }
interface Words { none: string; found: string; kinds: Record<string, string>; also: string }

const MOST = 60;
const BEGINNING = 3;

/** One key for all spellings of a word: what kg.identity.names.spelling.key gives, from the same tables. */
export class Folding {
  private readonly spellings: [RegExp, string][];
  private readonly belarusian: RegExp;
  private readonly soft: RegExp;

  constructor(private readonly tables: Tables) {
    this.spellings = tables.spellings.map(([pattern, letters]) => [new RegExp(pattern, "g"), letters]);
    this.belarusian = new RegExp(tables.belarusian, "g");
    this.soft = new RegExp(tables.soft, "g");
  }

  words(text: string): string[] {
    return (text.match(/\p{L}+(?:['’ʼ`]\p{L}+)*/gu) ?? []).map((word) => this.key(word)).filter(Boolean);
  }

  key(word: string): string {
    let text = word.normalize("NFKC").toLowerCase();
    if (/[\u0400-\u04ff]/.test(word)) {
      text = swapped(text, this.tables.lookalikes).replaceAll("дж", "ч").replaceAll("дз", "д").replaceAll("шч", "щ");
      text = bare(swapped(text, this.tables.cyrillic));
    } else {
      text = bare(swapped(text, this.tables.latin));
      for (const [pattern, letters] of this.spellings) text = text.replace(pattern, letters);
    }
    const folded = text.replace(/[^a-z]/g, "").replace(this.belarusian, "v").replaceAll("y", "i");
    if (!folded) return text.replace(/[^\p{L}\p{N}]/gu, "");
    const smooth = (folded.replace(this.soft, "") || folded).replace(/(.)\1+/g, "$1");
    return smooth.length > 4 && smooth.endsWith("i") ? smooth.slice(0, -1) : smooth;
  }
}

const swapped = (text: string, table: Record<string, string>): string => [...text].map((letter) => table[letter] ?? letter).join("");
const bare = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/** How well a word of a name answers to a typed one: 3 the same, 2 its beginning, 1 one letter away, 0 not at all. */
function fit(of: string, typed: string): number {
  if (of === typed) return 3;
  if (typed.length >= BEGINNING && of.startsWith(typed)) return 2;
  if (typed.length > 4 && typed.startsWith(of) && typed.length - of.length < 2) return 2;
  return typed.length > 4 && near(of, typed) ? 1 : 0;
}

/** Whether two words are one changed, missing, added or swapped letter apart. */
function near(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const rest = (text: string, from: number): string => text.slice(from);
  return rest(one, at + 1) === rest(other, at + 1) || rest(one, at) === rest(other, at + 1) || rest(one, at + 1) === rest(other, at)
    || (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(one, at + 2) === rest(other, at + 2));
}

/** The things that answer to `text`, best first. */
export function search(index: Index, folding: Folding, text: string): Thing[] {
  const typed = folding.words(text);
  if (!typed.length) return [];
  const whole = text.trim().toLowerCase();
  const found: [number, Thing][] = [];
  for (const thing of index.things) {
    const fits = typed.map((word) => Math.max(0, ...thing[6].map((of) => fit(of, word))));
    if (fits.some((points) => !points)) continue;
    const written = [thing[0], ...thing[5]].some((said) => said.toLowerCase().includes(whole)) ? 2 : 0;
    found.push([fits.reduce((sum, points) => sum + points, 0) / typed.length + written + Math.min(thing[4], 20) / 100, thing]);
  }
  found.sort(([a, one], [b, other]) => b - a || (one[0] < other[0] ? -1 : 1));
  return found.slice(0, MOST).map(([, thing]) => thing);
}

function start(root: HTMLElement): void {
  const index = (globalThis as { kgSearch?: Index }).kgSearch;
  const words = JSON.parse(root.dataset["words"] ?? "{}") as Words;
  if (!index) return;
  const folding = new Folding(index.tables);
  (globalThis as { kgFold?: (word: string) => string }).kgFold = (word) => folding.key(word);
  const box = document.querySelector<HTMLInputElement>("input[name=q]");
  const show = (text: string): void => {
    const found = search(index, folding, text);
    const status = make("p", { role: "status", class: "muted" }, text.trim() ? (found.length ? `${words.found}: ${found.length}` : words.none) : "");
    const list = make("ol", { class: "found" }, ...found.map(([label, kind, context, file, , others]) => make("li", {},
      make("a", { href: file }, name(label)), " ",
      make("span", { class: `badge ${kind}` }, words.kinds[kind] ?? kind), " ",
      name(context), make("p", { class: "muted" }, others.length ? `${words.also}: ` : "", name(others.slice(0, 6).join("; "))))));
    root.replaceChildren(status, list);
  };
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  if (box) {
    box.value = asked;
    box.addEventListener("input", () => show(box.value));
  }
  show(asked);
  root.dataset["ready"] = "";
}

for (const root of document.querySelectorAll<HTMLElement>("[data-site-search]")) start(root);
