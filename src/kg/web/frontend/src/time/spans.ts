// From the first and last day that a date can mean to what is drawn: a day is a point, anything wider a bar of its length.

export interface Span { start: string; end: string | null; openStart: boolean; openEnd: boolean }

/** An open end is drawn a year long, and marked as open. */
export function spanned(earliest: string, latest: string): Span {
  if (earliest && earliest === latest) return { start: earliest, end: null, openStart: false, openEnd: false };
  return {
    start: earliest || shifted(latest, -365),
    end: shifted(latest || shifted(earliest, 365), 1),
    openStart: !earliest,
    openEnd: !latest,
  };
}

/** The day `days` after `day` (ISO 8601), by the calendar. */
export function shifted(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
