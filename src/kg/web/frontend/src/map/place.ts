// Where a newcomer goes: near what it came with, where there is room, without moving anything.

export interface Point { x: number; y: number }

export const ROOM = 100; // the width of a name in two lines

/** The nearest free place to `centre` on rings around it; deterministic, so that a shared view looks the same. */
export function freePlace(centre: Point, taken: Iterable<Point>): Point {
  const cells = new Map<string, Point[]>();
  const cell = (p: Point): [number, number] => [Math.floor(p.x / ROOM), Math.floor(p.y / ROOM)];
  for (const point of taken) {
    const key = cell(point).join();
    cells.set(key, [...(cells.get(key) ?? []), point]);
  }
  const isFree = (p: Point): boolean => {
    const [column, row] = cell(p);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of cells.get([column + dx, row + dy].join()) ?? []) if (Math.hypot(other.x - p.x, other.y - p.y) < ROOM) return false;
      }
    }
    return true;
  };
  for (let ring = 1; ring < 200; ring++) {
    const steps = 6 * ring;
    for (let step = 0; step < steps; step++) {
      const angle = (2 * Math.PI * step) / steps + ring * 0.5;
      const place = { x: Math.round(centre.x + ring * ROOM * 1.05 * Math.cos(angle)), y: Math.round(centre.y + ring * ROOM * 1.05 * Math.sin(angle)) };
      if (isFree(place)) return place;
    }
  }
  return { x: centre.x + ROOM, y: centre.y };
}

/** Which of `points` an arrow key leads to from `here`: the nearest that lies more in that direction than across it. */
export function inDirection<T extends Point>(here: Point, points: Iterable<T>, key: string): T | null {
  const [ux, uy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  let best: T | null = null;
  let least = Infinity;
  for (const point of points) {
    const along = (point.x - here.x) * ux! + (point.y - here.y) * uy!;
    const across = Math.abs((point.x - here.x) * uy!) + Math.abs((point.y - here.y) * ux!);
    if (along <= 0 || across > along) continue;
    const cost = along + 2 * across;
    if (cost < least) [best, least] = [point, cost];
  }
  return best;
}
