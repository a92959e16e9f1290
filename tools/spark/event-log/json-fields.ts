/** A parsed JSON object of unknown shape. Read it through the functions below: they never trust a type. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key, `null` when it is anything else. */
export function objectAt(from: JsonObject | null, key: string): JsonObject | null {
  const value = from?.[key];
  return isObject(value) ? value : null;
}

/** The array under a key, empty when it is anything else. */
export function listAt(from: JsonObject | null, key: string): readonly unknown[] {
  const value = from?.[key];
  return Array.isArray(value) ? value : [];
}

/** The string under a key, `null` when it is anything else. */
export function textAt(from: JsonObject | null, key: string): string | null {
  const value = from?.[key];
  return typeof value === 'string' ? value : null;
}

/** The finite number under a key; Spark 1.x and SQL metrics write some numbers as strings of digits. */
export function numberAt(from: JsonObject | null, key: string): number | null {
  return toNumber(from?.[key]);
}

/** The boolean under a key, `null` when it is anything else. */
export function flagAt(from: JsonObject | null, key: string): boolean | null {
  const value = from?.[key];
  return typeof value === 'boolean' ? value : null;
}

/** A finite number out of a number or a string of digits (at most 40 characters), else `null`. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length === 0 || value.length > 40) return null;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' ? number : null;
}

/** All string values of an object, up to `maxLength` characters each; safe against `__proto__` keys. */
export function textMap(from: JsonObject | null, maxLength = 16_384): Readonly<Record<string, string>> {
  if (from === null) return {};
  const kept: [string, string][] = [];
  for (const [key, value] of Object.entries(from)) {
    if (typeof value === 'string') kept.push([key, value.length > maxLength ? value.slice(0, maxLength) : value]);
  }
  return Object.fromEntries(kept);
}

/** The whole numbers of an array. */
export function numbersOf(list: readonly unknown[]): number[] {
  return list.filter((value): value is number => Number.isSafeInteger(value));
}
