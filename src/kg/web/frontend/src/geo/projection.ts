// Where on the picture a place is: Lambert's azimuthal equal-area projection around the middle of what is shown.
import { geoAzimuthalEqualArea, geoPath, type GeoProjection } from "d3-geo";

export interface At { lat: number; lon: number }

export const WIDTH = 1000;
export const HEIGHT = 620;

/** A projection that shows all of `points` with room around them, never closer than about 500 km across. */
export function fitted(points: At[]): GeoProjection {
  const [lats, lons] = [points.map((p) => p.lat), points.map((p) => p.lon)];
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const [lat, lon] = points.length ? [middle(lats), middle(lons)] : [46, 35];
  const spread = points.length ? Math.max(Math.max(...lats) - Math.min(...lats), (Math.max(...lons) - Math.min(...lons)) * 0.6) : 8;
  const half = Math.max(spread * 0.75, 3.2);
  const corners: [number, number][] = [[lon - half * 1.5, lat - half], [lon + half * 1.5, lat - half], [lon + half * 1.5, lat + half], [lon - half * 1.5, lat + half]];
  const projection = geoAzimuthalEqualArea().rotate([-lon, -lat]).precision(0.3);
  return projection.fitExtent([[10, 10], [WIDTH - 10, HEIGHT - 10]], { type: "MultiPoint", coordinates: corners });
}

/** The land as the `d` of an SVG path, cut to a frame wide enough to be moved about in. */
export function coast(projection: GeoProjection, land: [number, number][][][]): string {
  const wide = projection.clipExtent([[-WIDTH * 2, -HEIGHT * 2], [WIDTH * 3, HEIGHT * 3]]);
  const path = geoPath(wide).digits(1);
  // d3 wants outer rings clockwise on the sphere; a ring the other way round would mean all the rest of the Earth.
  return land.map((rings) => path({ type: "Polygon", coordinates: rings }) ?? "").join("");
}
