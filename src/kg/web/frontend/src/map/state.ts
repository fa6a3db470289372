// The state of a view: small enough for an address, so that Back undoes and a link shares it.
import { filtersFromQuery, filtersToQuery, OPEN, type Filters } from "./filters.ts";

export interface State { about: string[]; mode: string; expanded: string[]; collapsed: string[]; path: string[]; k: number; chosen: string; filters: Filters }

export const EMPTY: State = { about: [], mode: "union", expanded: [], collapsed: [], path: [], k: 3, chosen: "", filters: OPEN };

/** The part of the state that the server answers. */
export function viewQuery(state: State): URLSearchParams {
  const query = new URLSearchParams();
  if (state.chosen) query.set("chosen", state.chosen);
  for (const address of state.about) query.append("about", address);
  if (state.about.length === 2 && state.mode !== "union") query.set("mode", state.mode);
  for (const key of ["expanded", "collapsed", "path"] as const) for (const address of state[key]) query.append(key, address);
  if (state.path.length && state.k !== 3) query.set("k", String(state.k));
  return query;
}

export function toQuery(state: State): string {
  const query = viewQuery(state);
  filtersToQuery(state.filters, query);
  return query.toString();
}

export function fromQuery(text: string): State {
  const query = new URLSearchParams(text);
  return {
    chosen: query.get("chosen") ?? "",
    about: query.getAll("about").slice(0, 2),
    mode: query.get("mode") ?? "union",
    expanded: query.getAll("expanded"),
    collapsed: query.getAll("collapsed"),
    path: query.getAll("path").filter(Boolean).slice(0, 2),
    k: Math.max(1, Math.min(10, Number.parseInt(query.get("k") ?? "3", 10) || 3)),
    filters: filtersFromQuery(query),
  };
}

export function expand(state: State, address: string): State {
  return { ...state, expanded: [...state.expanded.filter((a) => a !== address), address], collapsed: state.collapsed.filter((a) => a !== address) };
}

export function collapse(state: State, address: string): State {
  return { ...state, expanded: state.expanded.filter((a) => a !== address), collapsed: [...state.collapsed.filter((a) => a !== address), address] };
}
