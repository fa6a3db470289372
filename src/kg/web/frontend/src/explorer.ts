// What every page of the explorer has: names suggested while one types, and pictures loaded when they come into view.
import { fetched, make, name } from "./shared/dom.ts";
import { t } from "./shared/texts.ts";
import { offerCopies } from "./copying.ts";

interface Suggestion { iri: string; url: string; label: string; kind: string; roles: string[]; context: string; matched: string }

/** A combobox (WAI-ARIA Authoring Practices, list autocomplete with manual selection) over an input of a form. */
class Suggestions {
  private readonly list: HTMLUListElement;
  private readonly told = make("span", { role: "status", class: "unseen" });
  private found: Suggestion[] = [];
  private chosen = -1;
  private turn = 0;

  constructor(private readonly input: HTMLInputElement, private readonly address: string) {
    const id = `${input.id || "suggest"}-list`;
    this.list = make("ul", { id, role: "listbox", "data-suggest-list": "", hidden: true, "aria-label": t("suggestions") });
    for (const [attribute, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" })) input.setAttribute(attribute, value);
    input.parentElement?.classList.add("suggesting");
    input.after(this.list, this.told);
    input.addEventListener("input", () => void this.ask());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  private async ask(): Promise<void> {
    const turn = ++this.turn;
    const question = this.input.value.trim();
    if (question.length < 2) { this.close(); return; }
    await new Promise((done) => setTimeout(done, 60));
    if (turn !== this.turn) return;
    const answer = await fetched<{ suggestions: Suggestion[] }>(`${this.address}?q=${encodeURIComponent(question)}`).catch(() => ({ suggestions: [] }));
    if (turn !== this.turn) return;
    this.found = answer.suggestions;
    this.show();
  }

  private show(): void {
    this.list.replaceChildren(...this.found.map((one, index) => {
      const about = [one.roles.join(", "), one.context].filter(Boolean).join(" · ");
      const item = make("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" }, name(one.label));
      if (one.matched && one.matched !== one.label) item.append(" ", make("bdi", {}, `(${one.matched})`));
      if (about) item.append(make("small", { dir: "auto" }, about));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(one); });
      return item;
    }));
    this.chosen = -1;
    this.list.hidden = !this.found.length;
    this.input.setAttribute("aria-expanded", String(this.found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.told.textContent = t("suggested", { n: this.found.length });
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); this.close(); return; }
    if (event.key === "Enter" && this.chosen >= 0) { event.preventDefault(); this.take(this.found[this.chosen]!); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.list.hidden) return;
    event.preventDefault();
    const count = this.found.length;
    this.chosen = this.chosen < 0 ? (step > 0 ? 0 : count - 1) : (this.chosen + step + count) % count;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.chosen)));
    const item = this.list.children[this.chosen]!;
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  /** The site's search goes to the page; another form is sent with the address that was chosen. */
  private take(one: Suggestion): void {
    this.close();
    const form = this.input.form;
    if (!form || new URL(form.action).pathname === "/search") { location.assign(one.url); return; }
    this.input.value = one.iri;
    form.requestSubmit();
  }

  private close(): void {
    this.turn++;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** A picture further down costs nothing until somebody comes near it: `data-needs` names its script and style. */
function whenSeen(picture: HTMLElement): void {
  const load = (): void => {
    const style = picture.dataset["style"];
    if (style) document.head.append(make("link", { rel: "stylesheet", href: style }));
    document.body.append(make("script", { src: picture.dataset["needs"]! }));
  };
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "300px" });
  watch.observe(picture);
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) new Suggestions(input, input.dataset["suggest"]!);
for (const picture of document.querySelectorAll<HTMLElement>("[data-needs]")) whenSeen(picture);

offerCopies();
