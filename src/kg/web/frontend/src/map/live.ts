// The server behind a live map: views by their state, and names in any spelling.
import { fetched, make } from "../shared/dom.ts";
import type { MapData } from "./model.ts";
import { viewQuery, type State } from "./state.ts";

export interface Found { address: string; name: string; kind: string; page: string }
export interface ViewData extends MapData { view: { about: string[]; expanded: string[]; collapsed: string[]; path: string[] } }

export class Live {
  private readonly views = new Map<string, Promise<ViewData>>();

  constructor(private readonly base: string) {}

  view(state: State): Promise<ViewData> {
    const query = viewQuery(state).toString();
    const known = this.views.get(query);
    if (known) return known;
    const asked = fetched<ViewData>(`${this.base}data.json?${query}`);
    asked.catch(() => this.views.delete(query));
    this.views.set(query, asked);
    return asked;
  }

  async find(text: string): Promise<Found[]> {
    return (await fetched<{ found: Found[] }>(`${this.base}find.json?q=${encodeURIComponent(text)}`)).found;
  }
}

/** A box for a name with suggestions from the server; `address` is what was chosen, or the text as typed. */
export class NameBox {
  readonly input: HTMLInputElement;
  readonly element: HTMLElement;
  private readonly list: HTMLDataListElement;
  private readonly addresses = new Map<string, string>();
  private asked = 0;

  constructor(private readonly live: Live, id: string, label: string) {
    this.list = make("datalist", { id: `${id}-names` });
    this.input = make("input", { id, type: "text", list: `${id}-names`, autocomplete: "off", required: true });
    this.element = make("label", {}, `${label} `, this.input, this.list);
    this.input.addEventListener("input", () => void this.suggest());
  }

  set(text: string, address: string): void { this.addresses.set(text, address); this.input.value = text; }
  get address(): string { return this.addresses.get(this.input.value) ?? this.input.value.trim(); }

  private async suggest(): Promise<void> {
    const text = this.input.value.trim();
    const turn = ++this.asked;
    if (text.length < 2 || this.addresses.has(this.input.value)) return;
    await new Promise((done) => setTimeout(done, 150));
    if (turn !== this.asked) return;
    const found = await this.live.find(text).catch(() => []);
    if (turn !== this.asked) return;
    const names = found.map((one, index) => {
      // Two things of the same name are told apart by their address.
      const twice = found.some((other, at) => at !== index && other.name === one.name);
      const value = twice ? `${one.name} (${one.address})` : one.name;
      this.addresses.set(value, one.address);
      return make("option", { value });
    });
    this.list.replaceChildren(...names);
  }
}
