// Which links pass the filters.
import type { MapData, MapEdge, MapNode } from "./model.ts";

export interface Filters {
  kinds: string[] | null; role: string; body: string; from: string; to: string; undated: boolean; stated: boolean; inferred: boolean;
  modality: string; cases: number; publishers: number;
}

export const OPEN: Filters = {
  kinds: null, role: "", body: "", from: "", to: "", undated: true, stated: true, inferred: true, modality: "", cases: 0, publishers: 0,
};

export interface Passed { nodes: Set<string>; edges: Set<string>; filtered: boolean }

/** The nodes and links of `data` that pass; nodes without a link left go when anything is filtered. */
export function passing(data: MapData, filters: Filters): Passed {
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const allowed = new Set(data.nodes.filter((node) => nodePasses(node, filters)).map((node) => node.id));
  let edges = data.edges.filter((edge) => allowed.has(edge.from) && allowed.has(edge.to) && edgePasses(edge, filters));
  if (filters.role || filters.body || filters.cases > 1) {
    // A person stays only in a case that is still reached by somebody who passes.
    const reached = new Set(edges.filter((edge) => !["defendant", "defended"].includes(edge.kind)).flatMap((edge) => [edge.from, edge.to]));
    edges = edges.filter((edge) => edge.kind !== "defendant" || reached.has(edge.from));
  }
  const linked = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const filtered = edges.length < data.edges.length || allowed.size < data.nodes.length;
  return { nodes: filtered ? linked : new Set(byId.keys()), edges: new Set(edges.map((edge) => edge.id)), filtered };
}

export function edgePasses(edge: MapEdge, filters: Filters): boolean {
  if (!(edge.stated ? filters.stated : filters.inferred)) return false;
  if (filters.role && edge.kind !== "defendant" && !edge.roles.includes(filters.role)) return false;
  if (edge.publishers < filters.publishers) return false;
  if (filters.modality === "reported" && !edge.modalities.some((how) => how === "reported" || how === "found")) return false;
  if (filters.modality && filters.modality !== "reported" && !edge.modalities.includes(filters.modality)) return false;
  if (!edge.first && !edge.last) return filters.undated;
  if (filters.from && (edge.last || edge.first).slice(0, 4) < filters.from) return false;
  return !(filters.to && (edge.first || edge.last).slice(0, 4) > filters.to);
}

const OFFICIALS = ["judge", "prosecutor", "officer"];

export function nodePasses(node: MapNode, filters: Filters): boolean {
  if (filters.kinds && !filters.kinds.includes(node.kind)) return false;
  if (OFFICIALS.includes(node.kind) && node.cases < filters.cases) return false;
  return !filters.body || node.id === filters.body || node.bodies.includes(filters.body) || ["person", "lawyer"].includes(node.kind);
}

/** Filters as they stand in an address: only what differs from showing everything. */
export function filtersToQuery(filters: Filters, query: URLSearchParams): void {
  if (filters.kinds) query.set("kinds", filters.kinds.join(" "));
  for (const key of ["role", "body", "from", "to", "modality"] as const) if (filters[key]) query.set(key, filters[key]);
  for (const key of ["undated", "stated", "inferred"] as const) if (!filters[key]) query.set(key, "no");
  if (filters.cases > 1) query.set("cases", String(filters.cases));
  if (filters.publishers > 1) query.set("publishers", String(filters.publishers));
}

export function filtersFromQuery(query: URLSearchParams): Filters {
  const filters: Filters = { ...OPEN };
  const kinds = query.get("kinds");
  if (kinds !== null) filters.kinds = kinds.split(" ").filter(Boolean);
  for (const key of ["role", "body", "from", "to", "modality"] as const) filters[key] = query.get(key) ?? "";
  for (const key of ["undated", "stated", "inferred"] as const) filters[key] = query.get(key) !== "no";
  for (const key of ["cases", "publishers"] as const) filters[key] = Math.max(0, Math.min(99, Number.parseInt(query.get(key) ?? "0", 10) || 0));
  return filters;
}
