// What a link map consists of, as kg.present.map_data writes it.
import type { Passage } from "../shared/evidence.ts";

export type { Passage };
export interface Look { label: string; shape: string; colour: string; size: number }
export interface MapNode {
  id: string; label: string; title: string; shape: string; color: string; size: number; x?: number | null; y?: number | null;
  font: { size: number }; kind: string; bodies: string[]; name: string; address: string; cases: number; around: Record<string, number>;
  near?: string; page?: string;
}
export interface MapEdge {
  id: string; from: string; to: string; color: string; dashes: boolean; title: string; kind: string; roles: string[]; stated: boolean;
  first: string; last: string; publishers: number; modalities: string[]; evidence: [event: string, role: string, passage: number][];
}
export interface PathFound { nodes: string[]; edges: string[][]; stated: boolean; publishers: number }
export interface MapData {
  title: string; focus: string | null; options: object; nodes: MapNode[]; edges: MapEdge[]; passages: Passage[];
  events: Record<string, { label: string; modality: Record<string, string> }>;
  looks: Record<string, Look>; roles: Record<string, string>; paths?: PathFound[]; sought?: boolean;
}

export const when = (edge: { first: string; last: string }): string => {
  const { first, last } = edge;
  if (first === last || !last) return first;
  return wholePeriod(first, last) ?? `${first || "…"} – ${last}`;
};

/** A year or month that the two days enclose exactly, as the source dated it: 2025-10 for 2025-10-01 to 2025-10-31. */
function wholePeriod(first: string, last: string): string | undefined {
  const year = first.slice(0, 4), month = first.slice(0, 7);
  if (first === `${year}-01-01` && last === `${year}-12-31`) return year;
  const lastDay = new Date(Date.UTC(Number(year), Number(first.slice(5, 7)), 0)).getUTCDate();
  return first === `${month}-01` && last === `${month}-${String(lastDay).padStart(2, "0")}` ? month : undefined;
}

export const otherEnd = (edge: MapEdge, id: string): string => (edge.from === id ? edge.to : edge.from);

/** The data with the questions that a view asks of it. */
export class Model {
  readonly nodes: Map<string, MapNode>;
  readonly edges: Map<string, MapEdge>;
  private readonly at = new Map<string, MapEdge[]>();

  readonly data: MapData;

  constructor(data: MapData) {
    this.data = data;
    this.nodes = new Map(data.nodes.map((node) => [node.id, node]));
    this.edges = new Map(data.edges.map((edge) => [edge.id, edge]));
    for (const edge of data.edges) for (const end of [edge.from, edge.to]) this.at.set(end, [...(this.at.get(end) ?? []), edge]);
  }

  edgesOf(id: string): MapEdge[] { return this.at.get(id) ?? []; }
  name(id: string): string { return this.nodes.get(id)?.name ?? id; }
  role(key: string): string { return this.data.roles[key] ?? key; }
  roles(edge: MapEdge): string { return edge.roles.map((role) => this.role(role)).join(", "); }

  /** How many neighbours are not on the map, by kind. */
  hidden(node: MapNode): Record<string, number> {
    const left = { ...node.around };
    for (const other of new Set(this.edgesOf(node.id).map((edge) => otherEnd(edge, node.id)))) {
      const kind = this.nodes.get(other)?.kind;
      if (kind && left[kind]) left[kind]--;
    }
    return Object.fromEntries(Object.entries(left).filter(([, count]) => count > 0));
  }

  /** The links of a node, and with a case the people in it. */
  near(id: string): MapEdge[] {
    const mine = this.edgesOf(id);
    const cases = new Set(mine.map((edge) => otherEnd(edge, id)).filter((other) => this.nodes.get(other)?.kind === "case"));
    return [...mine, ...this.data.edges.filter((edge) => edge.kind === "defendant" && cases.has(edge.from) && !mine.includes(edge))];
  }
}

export const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
