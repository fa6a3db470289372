// The map as files: what is shown, with what each link rests on.
import type { MapEdge, MapNode, Model } from "./model.ts";

export interface Placed extends MapNode { x: number; y: number }

/** XML text: markup characters escaped, characters that XML forbids left out. */
export function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** A CSV cell; what a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection). */
export function cell(text: string): string {
  const guarded = /^[=+@\t\r-]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}

export function toCsv(model: Model, edges: MapEdge[]): string {
  const rows = [["source", "source name", "target", "target name", "kind", "roles", "stated", "modality", "first", "last", "publishers", "passages", "sources"]];
  for (const edge of edges) {
    const passages = [...new Set(edge.evidence.map(([, , number]) => number))].map((number) => model.data.passages[number]!);
    rows.push([
      model.nodes.get(edge.from)!.address, model.name(edge.from), model.nodes.get(edge.to)!.address, model.name(edge.to), edge.kind, model.roles(edge),
      edge.stated ? "yes" : "no", edge.modalities.join("; "), edge.first, edge.last, String(edge.publishers), passages.map((p) => p.iri).join("; "),
      passages.map((p) => p.url).filter(Boolean).join("; "),
    ]);
  }
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** GEXF 1.3 (gexf.net) for Gephi, with positions, colours and what each link rests on. */
export function toGexf(model: Model, nodes: Placed[], edges: MapEdge[]): string {
  const values = (pairs: [string, string][]): string => `<attvalues>${pairs.map(([id, value]) => `<attvalue for="${id}" value="${xml(value)}"/>`).join("")}</attvalues>`;
  const drawnNodes = nodes.map((node) => {
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(node.color.slice(at, at + 2), 16));
    return `<node id="${xml(node.address)}" label="${xml(node.name)}">${values([["kind", node.kind], ["cases", String(node.cases)]])}`
      + `<viz:position x="${node.x}" y="${-node.y}"/><viz:color r="${r}" g="${g}" b="${b}"/><viz:size value="${node.size}"/></node>`;
  });
  const drawnEdges = edges.map((edge) =>
    `<edge id="${xml(edge.id)}" source="${xml(model.nodes.get(edge.from)!.address)}" target="${xml(model.nodes.get(edge.to)!.address)}" label="${xml(model.roles(edge))}" weight="${Math.max(1, edge.publishers)}">`
    + values([["kind", edge.kind], ["roles", edge.roles.join("; ")], ["stated", String(edge.stated)], ["modality", edge.modalities.join("; ")],
      ["first", edge.first], ["last", edge.last], ["passages", [...new Set(edge.evidence.map(([, , n]) => model.data.passages[n]!.iri))].join("; ")]]) + "</edge>");
  const declared = (of: string, names: string[]): string => `<attributes class="${of}">${names.map((id) => `<attribute id="${id}" title="${id}" type="string"/>`).join("")}</attributes>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n`
    + `<meta><description>${xml(model.data.title)}</description></meta>\n<graph defaultedgetype="undirected">\n`
    + declared("node", ["kind", "cases"]) + declared("edge", ["kind", "roles", "stated", "modality", "first", "last", "passages"])
    + `\n<nodes>\n${drawnNodes.join("\n")}\n</nodes>\n<edges>\n${drawnEdges.join("\n")}\n</edges>\n</graph>\n</gexf>\n`;
}

const CORNERS: Record<string, [number, number][]> = {
  triangle: [[0, -1], [1, 0.85], [-1, 0.85]], triangleDown: [[-1, -0.85], [1, -0.85], [0, 1]], diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], hexagon: [[-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0]],
  star: Array.from({ length: 10 }, (_, i): [number, number] => {
    const [angle, r] = [(Math.PI * i) / 5 - Math.PI / 2, i % 2 ? 0.45 : 1.05];
    return [r * Math.cos(angle), r * Math.sin(angle)];
  }),
};

/** The outline of a shape around (0, 0), as the points of a polygon; null for a circle. */
export function outline(shape: string, size: number): string | null {
  return CORNERS[shape]?.map(([x, y]) => `${(x * size).toFixed(1)},${(y * size).toFixed(1)}`).join(" ") ?? null;
}

/** The map as a drawing that stands alone, black on white, with a title and its sources counted. */
export function toSvg(model: Model, nodes: Placed[], edges: MapEdge[], note: string): string {
  const at = new Map(nodes.map((node) => [node.id, node]));
  const [xs, ys] = [nodes.map((node) => node.x), nodes.map((node) => node.y)];
  const [left, top] = [Math.min(...xs, 0) - 120, Math.min(...ys, 0) - 90];
  const [width, height] = [Math.max(...xs, 0) - left + 120, Math.max(...ys, 0) - top + 110];
  const lines = edges.map((edge) => {
    const [a, b] = [at.get(edge.from)!, at.get(edge.to)!];
    return `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${xml(edge.color)}" stroke-width="1.5"${edge.stated ? "" : ' stroke-dasharray="6 4"'}><title>${xml(edge.title)}</title></line>`;
  });
  const dots = nodes.map((node) => {
    const points = outline(node.shape, node.size);
    const body = points ? `<polygon points="${points}" fill="${xml(node.color)}"/>` : `<circle r="${node.size}" fill="${xml(node.color)}"/>`;
    const rows = node.label.split("\n").map((row, i) => `<tspan x="0" dy="${i ? "1.15em" : node.size + 13}">${xml(row)}</tspan>`);
    return `<g transform="translate(${node.x} ${node.y})"><title>${xml(node.title)}</title>${body}<text font-size="12" text-anchor="middle">${rows.join("")}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif">`
    + `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#fff"/>${lines.join("")}${dots.join("")}`
    + `<text x="${left + 16}" y="${top + 32}" font-size="20" font-weight="bold">${xml(model.data.title)}</text>`
    + `<text x="${left + 16}" y="${top + height - 14}" font-size="12">${xml(note)}</text></svg>\n`;
}
