/** A time as hand-offs tell it, with its zone: `2026-11-21 10:02 UTC`. People of several time zones read the same thread. */
export function utcMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
