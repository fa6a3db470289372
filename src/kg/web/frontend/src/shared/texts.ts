// What the interface says, in the language of the page.
import en from "./texts/en.json";
import uk from "./texts/uk.json";

export type Key = keyof typeof en;
const table: Record<string, Partial<Record<Key, string>>> = { en, uk };
const language = (document.documentElement.lang || "en").slice(0, 2);

/** The text called `key` with `{name}`s filled in. A form for counting, `one|few|many`, is chosen by `n`. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = table[language]?.[key] ?? en[key];
  const chosen = text.includes("|") ? counted(text.split("|"), Number(values["n"] ?? 0)) : text;
  return chosen.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

function counted(forms: string[], n: number): string {
  const rule = new Intl.PluralRules(language === "uk" ? "uk" : "en").select(n);
  const index = language === "uk" ? { one: 0, few: 1 }[rule as "one" | "few"] ?? 2 : rule === "one" ? 0 : 1;
  return forms[Math.min(index, forms.length - 1)] ?? "";
}

/** `key` if there is such a text, else `otherwise`: for kinds and roles, whose names come with the data. */
export function known(key: string, otherwise: string): string {
  return table[language]?.[key as Key] ?? otherwise;
}
