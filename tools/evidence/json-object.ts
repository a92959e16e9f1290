import { elementRanges, type JsonRange, type MemberRange, memberRanges, rootRange } from './json-ranges.ts';
import type { Quote } from './quote.ts';
import { quotePiece } from './quote-piece.ts';

/** A JSON text with the name evidence uses for it. */
export interface JsonDocument {
  body: string;
  source: string;
  /** When it was answered or written down, milliseconds since the epoch; null when unknown. */
  at: number | null;
}

/** An object of a document: its parsed value, and where it stands in the raw text, for quoting. */
export interface JsonObject {
  document: JsonDocument;
  range: JsonRange;
  value: Readonly<Record<string, unknown>>;
}

/** Words that Java's writers print and JSON does not know. */
const NOT_JSON = /([:[,]\s{0,20})(?:NaN|-?Infinity)(?=\s{0,20}[,}\]])/g;

/** The document as an object; null when it is none or cut off. */
export function rootObject(document: JsonDocument): JsonObject | null {
  const range = rootRange(document.body);
  return range ? objectAt(document, range) : null;
}

/** The object at a key of an object; null when there is none. */
export function childObject(parent: JsonObject, key: string): JsonObject | null {
  const value = own(parent, key);
  const member = isRecord(value) ? membersOf(parent).get(key) : undefined;
  return member && isRecord(value) ? { document: parent.document, range: member, value } : null;
}

/** The objects of the array at a key, at most `max`; what is no object is left out. */
export function childObjects(parent: JsonObject, key: string, max = 10_000): JsonObject[] {
  const values = own(parent, key);
  const member = Array.isArray(values) ? membersOf(parent).get(key) : undefined;
  return member && Array.isArray(values) ? objectsIn(parent.document, member, values, max) : [];
}

/** The objects of a document that is itself an array. */
export function rootObjects(document: JsonDocument, max = 10_000): JsonObject[] {
  const range = rootRange(document.body);
  const values = range ? parseLoosely(document.body.slice(range.start, range.end)) : null;
  return range && Array.isArray(values) ? objectsIn(document, range, values, max) : [];
}

/** A text member; `''` when absent or of another kind; at most 4,000 characters. */
export function textAt(object: JsonObject, key: string): string {
  const value = own(object, key);
  return typeof value === 'string' ? value.slice(0, 4_000) : '';
}

/** A finite number, also when written as text (`"768"`); null when absent or none. */
export function numberAt(object: JsonObject, key: string): number | null {
  const value = own(object, key);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^-?\d{1,20}(?:\.\d{1,20})?$/.test(value)) return null;
  return Number(value);
}

/** A count or size: what is less than nothing is not known. */
export function countAt(object: JsonObject, key: string): number | null {
  const value = numberAt(object, key);
  return value !== null && value >= 0 ? value : null;
}

/** True or false; null when absent or of another kind. */
export function booleanAt(object: JsonObject, key: string): boolean | null {
  const value = own(object, key);
  return typeof value === 'boolean' ? value : null;
}

/** An RFC 3339 time in milliseconds since the epoch; null when absent or none. */
export function instantAt(object: JsonObject, key: string): number | null {
  const value = own(object, key);
  const at = typeof value === 'string' && value.length < 64 ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** A member as it was parsed; undefined when the object does not have it itself. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object.value, key) ? object.value[key] : undefined;
}

/** The piece of text from the first to the last of the members named, else the object's beginning. */
export function quoteMembers(object: JsonObject, keys: readonly string[]): Quote {
  const members = membersOf(object);
  const found = keys.flatMap((key) => members.get(key) ?? []);
  const start = found.length > 0 ? Math.min(...found.map((member) => member.keyStart)) : object.range.start;
  const end = found.length > 0 ? Math.max(...found.map((member) => member.end)) : object.range.end;
  return quoteRange(object.document, { start, end });
}

/** A piece of a document as a quote. Thousands of pieces of one large answer are quoted: lines are counted once. */
export function quoteRange(document: JsonDocument, { start, end }: JsonRange): Quote {
  const piece = document.body.slice(start, end);
  return quotePiece(piece, document.source, 0, piece.length, lineAt(document, start));
}

const STEP = 1 << 14;
/** Newlines before each step of a document. */
const steps = new WeakMap<JsonDocument, readonly number[]>();

function lineAt(document: JsonDocument, offset: number): number {
  const counted = steps.get(document) ?? countSteps(document.body);
  steps.set(document, counted);
  const step = Math.floor(offset / STEP);
  return 1 + (counted[step] ?? 0) + newlinesIn(document.body, step * STEP, offset);
}

function countSteps(body: string): number[] {
  const counted = [0];
  for (let at = 0; at + STEP <= body.length; at += STEP)
    counted.push((counted.at(-1) ?? 0) + newlinesIn(body, at, at + STEP));
  return counted;
}

function newlinesIn(body: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (body.charCodeAt(at) === 10) count += 1;
  return count;
}

/** The place of a member's value; null when the object does not have it. */
export function placeOf(object: JsonObject, key: string): JsonRange | null {
  return membersOf(object).get(key) ?? null;
}

/** A large object is looked at for many members. */
const known = new WeakMap<JsonObject, ReadonlyMap<string, MemberRange>>();

function membersOf(object: JsonObject): ReadonlyMap<string, MemberRange> {
  const members = known.get(object) ?? memberRanges(object.document.body, object.range);
  known.set(object, members);
  return members;
}

/** Elements stand in the text in the order of the parsed ones. */
function objectsIn(document: JsonDocument, array: JsonRange, values: readonly unknown[], max: number): JsonObject[] {
  const ranges = elementRanges(document.body, array);
  return values.slice(0, max).flatMap((value, at) => {
    const range = ranges[at];
    return range && isRecord(value) ? { document, range, value } : [];
  });
}

function objectAt(document: JsonDocument, range: JsonRange): JsonObject | null {
  const value = parseLoosely(document.body.slice(range.start, range.end));
  return isRecord(value) ? { document, range: { start: range.start, end: range.end }, value } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(NOT_JSON, '$1null'));
    } catch {
      return undefined;
    }
  }
}
