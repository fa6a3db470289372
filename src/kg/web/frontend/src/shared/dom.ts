// Making elements: text always goes in as text.

type Child = Node | string;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A name from the data: its direction is its own, so that one from right to left does not reorder what stands beside it. */
export function name(text: string): HTMLElement {
  return make("bdi", {}, text);
}

export function button(text: Child, act: () => void, attributes: Record<string, string | boolean> = {}): HTMLButtonElement {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

export function svg(tag: string, attributes: Record<string, string | number> = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** A link, when the address is one that a browser may follow; otherwise the text alone. */
export function outward(address: string, text: string): Child {
  if (!/^https?:\/\//i.test(address)) return name(text);
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, name(text));
}

/** The data that a page carries in a script element, if it does. */
export function embedded<T>(id: string): T | null {
  const element = document.getElementById(id);
  return element?.textContent ? (JSON.parse(element.textContent) as T) : null;
}

export async function fetched<T>(address: string): Promise<T> {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const told = body !== null && typeof body === "object" && "detail" in body ? String(body.detail) : `${response.status} ${response.statusText}`;
    throw new Error(told);
  }
  return body as T;
}

export const narrow = (): boolean => matchMedia("(max-width: 640px)").matches;
export const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The value of a colour of the page's theme. */
export function themed(property: string, otherwise: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim() || otherwise;
}

/** Calls `act` when the page turns dark or light. */
export function onTheme(act: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  new MutationObserver(act).observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
}

export function saved(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = make("a", { href: address, download: fileName });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A colour of the data on the page's background: dark grey would be lost on a dark page. */
export function inTheme(colour: string): string {
  return colour === "#4D4D4D" ? themed("--body-colour", colour) : colour;
}
