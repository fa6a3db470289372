// The base map: coasts of Europe and northern Asia from Natural Earth (public domain, npm world-atlas), as rings of [lon, lat].
// Land only: the countries file of the same source draws Crimea wrongly, so that no border comes from it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const [WEST, EAST, SOUTH, NORTH] = [-12, 180, 28, 82];
const SMALLEST = 0.02; // square degrees: islets below this cannot be seen on the map

export async function land() {
  const path = createRequire(import.meta.url).resolve("world-atlas/land-50m.json");
  const atlas = JSON.parse(await readFile(path, "utf8"));
  const shapes = feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) => geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
  const near = ([lon, lat]) => lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
  const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => { const [px, py] = ring.at(i - 1); return sum + px * y - x * py; }, 0) / 2);
  const clipped = (ring) => ring.map(([lon, lat]) => [Math.min(EAST, Math.max(WEST, lon)), Math.min(NORTH, Math.max(SOUTH, lat))]);
  const thin = (ring) => {
    const rounded = ring.map(([lon, lat]) => [Math.round(lon * 100) / 100, Math.round(lat * 100) / 100]);
    return rounded.filter(([x, y], i) => i === 0 || x !== rounded[i - 1][0] || y !== rounded[i - 1][1]);
  };
  return shapes
    .filter((rings) => rings[0].some(near))
    .map((rings) => rings.map((ring) => thin(clipped(ring))).filter((ring) => ring.length > 3 && area(ring) >= SMALLEST))
    .filter((rings) => rings.length);
}
