import { isObject, type JsonObject } from './json-fields.ts';

/** The event in a line's bytes, `null` when the line is no JSON object. Never throws; deep or odd JSON is only data. */
export function parseEvent(bytes: Buffer): JsonObject | null {
  const parsed = parseJson(bytes);
  return isObject(parsed) ? parsed : null;
}

/** The line's JSON of any kind, `undefined` when it is none. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
