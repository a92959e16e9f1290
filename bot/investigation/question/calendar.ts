const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A clock that counts days and minutes as the asker's zone does. */
export interface Calendar {
  now: number;
  /** Midnight of today in the asker's zone, plus `days`. */
  midnight(days: number): number;
  /** Midnight of a date of the asker's zone, or `null` when there is no such date. */
  dateMidnight(year: number, month: number, day: number): number | null;
  /** Year, month (1–12), day and weekday (0 = Sunday) of today in the asker's zone. */
  today: { year: number; month: number; day: number; weekday: number };
}

/** A calendar of a zone without daylight saving; offsets are minutes east of UTC. */
export function calendarAt(now: number, zoneOffsetMinutes: number): Calendar {
  const shift = zoneOffsetMinutes * MINUTE_MS;
  const local = new Date(now + shift);
  const startOfToday = Math.floor((now + shift) / DAY_MS) * DAY_MS - shift;
  return {
    now,
    midnight: (days) => startOfToday + days * DAY_MS,
    dateMidnight: (year, month, day) => {
      const at = Date.UTC(year, month - 1, day);
      const back = new Date(at);
      return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? at - shift : null;
    },
    today: {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      weekday: local.getUTCDay(),
    },
  };
}
