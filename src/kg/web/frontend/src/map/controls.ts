// The filters as a form: years on a slider and in a box, the rest as choices.
import { make } from "../shared/dom.ts";
import { known, t } from "../shared/texts.ts";
import { OPEN, type Filters } from "./filters.ts";
import type { Model } from "./model.ts";
import { kindName } from "./panel.ts";

export class FilterForm {
  readonly element = make("section", { id: "filters", "aria-label": t("filters"), hidden: true });
  private boxes: HTMLInputElement[] = [];
  private readonly kinds = make("div", { id: "kinds" });
  private readonly role = make("select", { id: "role", "aria-label": t("role") });
  private readonly body = make("select", { id: "body", "aria-label": t("body") });
  private readonly modality = make("select", { id: "modality", "aria-label": t("modality") });
  private readonly from = make("input", { id: "from", type: "number", step: "1", "aria-label": t("from-year") });
  private readonly to = make("input", { id: "to", type: "number", step: "1", "aria-label": t("to-year") });
  private readonly slideFrom = make("input", { id: "slide-from", type: "range", step: "1", "aria-label": t("from-year") });
  private readonly slideTo = make("input", { id: "slide-to", type: "range", step: "1", "aria-label": t("to-year") });
  private readonly undated = checkbox("undated");
  private readonly stated = checkbox("stated");
  private readonly inferred = checkbox("inferred");
  private readonly cases = make("input", { id: "min-cases", type: "number", min: "0", max: "99", placeholder: "1" });
  private readonly publishers = make("input", { id: "min-publishers", type: "number", min: "0", max: "99", placeholder: "1" });

  constructor(private readonly changed: (filters: Filters) => void) {
    const reset = make("button", { type: "button", id: "reset" }, t("show-everything"));
    reset.addEventListener("click", () => { this.set(OPEN); this.changed(OPEN); });
    this.element.append(
      group("who", this.kinds), group("role", this.role), group("body", this.body),
      group("time", labelled("from", this.from), labelled("to", this.to), make("span", { class: "slider" }, this.slideFrom, this.slideTo), boxed(this.undated, t("undated-too"))),
      group("certainty", boxed(this.stated, t("stated-box")), boxed(this.inferred, t("inferred-box"))),
      group("modality", this.modality),
      group("at-least", boxed(this.cases, t("min-cases")), boxed(this.publishers, t("min-publishers"))),
      reset,
    );
    for (const how of ["", "reported", "alleged", "charged", "found", "denied"]) {
      this.modality.append(make("option", { value: how }, how ? known(`modality-${how}`, how) : t("any-modality")));
    }
    this.element.addEventListener("input", (event) => this.slid(event.target as HTMLInputElement));
    this.element.addEventListener("change", () => this.changed(this.read()));
  }

  /** Offer what the model has to choose from. */
  offer(model: Model, filters: Filters): void {
    const present = new Set(model.data.nodes.map((node) => node.kind));
    this.boxes = Object.keys(model.data.looks).filter((kind) => present.has(kind)).map((kind) => checkbox("", kind));
    this.kinds.replaceChildren(...this.boxes.map((box) => boxed(box, kindName(model, box.value))));
    const roles = [...new Set(model.data.edges.flatMap((edge) => edge.roles))];
    options(this.role, t("any-role"), roles.map((role) => [role, known(`role-${role}`, model.role(role))]));
    const bodies = [...new Set(model.data.nodes.flatMap((node) => node.bodies))].filter((id) => model.nodes.has(id));
    options(this.body, t("any-body"), bodies.map((id) => [id, model.name(id)]));
    const years = model.data.edges.flatMap((edge) => [edge.first, edge.last]).filter(Boolean).map((day) => Number(day.slice(0, 4)));
    const [least, most] = years.length ? [Math.min(...years), Math.max(...years)] : [2000, 2000];
    for (const input of [this.from, this.to, this.slideFrom, this.slideTo]) { input.min = String(least); input.max = String(most); }
    this.from.placeholder = String(least);
    this.to.placeholder = String(most);
    this.set(filters);
  }

  set(filters: Filters): void {
    for (const box of this.boxes) box.checked = !filters.kinds || filters.kinds.includes(box.value);
    this.role.value = filters.role;
    this.body.value = filters.body;
    this.modality.value = filters.modality;
    this.from.value = filters.from;
    this.to.value = filters.to;
    this.slideFrom.value = filters.from || this.slideFrom.min;
    this.slideTo.value = filters.to || this.slideTo.max;
    this.undated.checked = filters.undated;
    this.stated.checked = filters.stated;
    this.inferred.checked = filters.inferred;
    this.cases.value = filters.cases > 1 ? String(filters.cases) : "";
    this.publishers.value = filters.publishers > 1 ? String(filters.publishers) : "";
  }

  read(): Filters {
    const checked = this.boxes.filter((box) => box.checked);
    return {
      kinds: checked.length === this.boxes.length ? null : checked.map((box) => box.value),
      role: this.role.value, body: this.body.value, modality: this.modality.value, from: this.from.value, to: this.to.value,
      undated: this.undated.checked, stated: this.stated.checked, inferred: this.inferred.checked,
      cases: Number(this.cases.value) || 0, publishers: Number(this.publishers.value) || 0,
    };
  }

  private slid(input: HTMLInputElement): void {
    if (input === this.from) this.slideFrom.value = input.value || input.min;
    if (input === this.to) this.slideTo.value = input.value || input.max;
    if (input === this.slideFrom) {
      if (Number(input.value) > Number(this.slideTo.value)) input.value = this.slideTo.value;
      this.from.value = input.value === input.min ? "" : input.value;
    }
    if (input === this.slideTo) {
      if (Number(input.value) < Number(this.slideFrom.value)) input.value = this.slideFrom.value;
      this.to.value = input.value === input.max ? "" : input.value;
    }
  }
}

function checkbox(id: string, value = "on"): HTMLInputElement {
  return make("input", { type: "checkbox", value, checked: true, ...(id ? { id } : {}) });
}

const boxed = (input: HTMLInputElement, text: string): HTMLLabelElement => make("label", {}, input, ` ${text}`);
const labelled = (key: "from" | "to", input: HTMLInputElement): HTMLLabelElement => make("label", {}, `${t(key)} `, input);

function group(key: "who" | "role" | "body" | "time" | "certainty" | "modality" | "at-least", ...content: HTMLElement[]): HTMLFieldSetElement {
  return make("fieldset", {}, make("legend", {}, t(key)), ...content);
}

function options(select: HTMLSelectElement, any: string, pairs: [string, string][]): void {
  const sorted = pairs.sort((a, b) => a[1].localeCompare(b[1]));
  select.replaceChildren(make("option", { value: "" }, any), ...sorted.map(([value, text]) => make("option", { value }, text)));
}
