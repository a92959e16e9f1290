export { bytesOf } from '../../evidence/bytes-of.ts';

/** A whole number as printed, thousands separators allowed; `undefined` when it is none or too large to be exact. */
export function wholeOf(printed: string | undefined): number | undefined {
  const text = (printed ?? '').replaceAll(',', '').trim();
  if (!/^-?\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Only the entries that have a value, for `values` and `keys` of a match. */
export function present<T>(entries: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) kept[name] = value;
  return kept;
}
