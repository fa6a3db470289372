// The query library as a menu: a form for the parameters of a query, which puts it into the editor.
import { button, fetched, make } from "../shared/dom.ts";
import { t } from "../shared/texts.ts";

interface Parameter { name: string; type: string; description: string }
export interface LibraryQuery { name: string; group: string; summary: string; description: string; parameters: Parameter[]; text: string }

export class LibraryMenu {
  readonly element = make("section", { class: "library", "aria-label": t("query-library") });
  private readonly form = make("form", { class: "parameters", hidden: true });

  constructor(private readonly queries: LibraryQuery[], private readonly base: string, private readonly use: (name: string, text: string, run: boolean) => void) {
    const choose = make("select", { id: "library-query", "aria-label": t("query-library") }, make("option", { value: "" }, `— ${t("query-library")} —`));
    for (const group of [...new Set(queries.map((query) => query.group))]) {
      const options = queries.filter((query) => query.group === group).map((query) => make("option", { value: query.name }, query.summary));
      choose.append(make("optgroup", { label: group }, ...options));
    }
    choose.addEventListener("change", () => this.show(choose.value));
    this.element.append(choose, this.form);
  }

  private show(name: string): void {
    const query = this.queries.find((one) => one.name === name);
    this.form.hidden = !query;
    if (!query) return;
    const fields = query.parameters.map((parameter) => {
      const type = parameter.type === "integer" ? "number" : "text";
      const input = make("input", { type, name: parameter.name, placeholder: t("query-any"), autocomplete: "off" });
      return make("label", {}, `${parameter.name}: ${parameter.description} `, input);
    });
    const problem = make("p", { role: "alert", class: "problem" });
    const run = make("button", { type: "submit" }, t("run"));
    const fill = button(t("query-fill"), () => void this.filled(query, false, problem));
    this.form.replaceChildren(make("p", {}, query.description || query.summary), ...fields, make("p", { class: "acts" }, run, fill), problem);
    this.form.onsubmit = (event) => { event.preventDefault(); void this.filled(query, true, problem); };
  }

  private async filled(query: LibraryQuery, run: boolean, problem: HTMLElement): Promise<void> {
    const values = new URLSearchParams({ query: query.name });
    for (const input of this.form.querySelectorAll("input")) if (input.value.trim()) values.set(input.name, input.value.trim());
    problem.textContent = "";
    try {
      const { text } = await fetched<{ text: string }>(`${this.base}bind.json?${values}`);
      this.use(query.name, text, run);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}
