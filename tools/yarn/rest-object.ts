import type { Provenance } from '../../knowledge/provenance.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { elementRanges, type JsonRange, type MemberRange, memberRanges, rangeAt } from '../evidence/json-ranges.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import type { Resources } from './resources.ts';

/** An object within a REST answer: its parsed members, and where each stands in the raw body, for quoting. */
export interface RestObject {
  answer: HttpAnswer;
  range: JsonRange;
  value: Readonly<Record<string, unknown>>;
  members: ReadonlyMap<string, MemberRange>;
}

const MIB = 1 << 20;

/** Words that Java's writers print and JSON does not know. */
const NOT_JSON = /([:[,]\s{0,20})(?:NaN|-?Infinity)(?=\s{0,20}[,}\]])/g;

/** The object at a path of an answer; `null` when the answer is no JSON of that shape. */
export function restObjectAt(answer: HttpAnswer, path: readonly string[]): RestObject | null {
  const range = rangeAt(answer.body, path);
  return range ? restObject(answer, range) : null;
}

/** The objects of the array at a path; what is broken or cut is left out. */
export function restObjectsAt(answer: HttpAnswer, path: readonly string[]): RestObject[] {
  const range = rangeAt(answer.body, path);
  if (!range) return [];
  return elementRanges(answer.body, range).flatMap((element) => restObject(answer, element) ?? []);
}

/** The object at a key of an object. */
export function childObject(parent: RestObject, key: string): RestObject | null {
  const member = parent.members.get(key);
  return member ? restObject(parent.answer, member) : null;
}

/** The objects of the array at a key of an object (a lone object counts as one). */
export function childObjects(parent: RestObject, key: string): RestObject[] {
  const member = parent.members.get(key);
  if (!member) return [];
  return elementRanges(parent.answer.body, member).flatMap((element) => restObject(parent.answer, element) ?? []);
}

function restObject(answer: HttpAnswer, range: JsonRange): RestObject | null {
  const value = parseLoosely(answer.body.slice(range.start, range.end));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return {
    answer,
    range,
    value: value as Record<string, unknown>,
    members: memberRanges(answer.body, range),
  };
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

function own(object: RestObject, key: string): unknown {
  return Object.hasOwn(object.value, key) ? object.value[key] : undefined;
}

/** A text member; `''` when absent or of another kind. */
export function textOf(object: RestObject, key: string): string {
  const value = own(object, key);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A number member, also when written as text (`"768"`); `null` when absent or none. */
export function numberOf(object: RestObject, key: string): number | null {
  const value = own(object, key);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^-?\d{1,20}(?:\.\d{1,20})?$/.test(value)) return null;
  return Number(value);
}

/** A count or size for which YARN writes -1 or less as "not known". */
export function countOf(object: RestObject, key: string): number | null {
  const value = numberOf(object, key);
  return value !== null && value >= 0 ? value : null;
}

/** A time in milliseconds; YARN writes 0 for "not yet". */
export function timeOf(object: RestObject, key: string): number | null {
  const value = numberOf(object, key);
  return value !== null && value > 0 ? value : null;
}

/** A boolean member, also as text. */
export function booleanOf(object: RestObject, key: string): boolean | null {
  const value = own(object, key);
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}

/** `{ "memory": 768, "vCores": 1 }` (MiB) as resources; `null` when absent. */
export function resourcesOf(object: RestObject, key: string): Resources | null {
  const child = childObject(object, key);
  if (!child) return null;
  const memory = countOf(child, 'memory') ?? countOf(child, 'memorySize');
  if (memory === null) return null;
  return { memoryBytes: memory * MIB, vcores: countOf(child, 'vCores') ?? 0 };
}

/** Mebibytes, as REST counts memory, in bytes. */
export function mebibytes(object: RestObject, key: string): number | null {
  const value = countOf(object, key);
  return value === null ? null : value * MIB;
}

/** Evidence from the first to the last of the members named, cut from the raw body; the whole object when none is there. */
export function quoteMembers(
  object: RestObject,
  keys: readonly string[],
  provenance: Provenance,
  at: number | null = object.answer.at,
): Evidence {
  const found = keys.flatMap((key) => object.members.get(key) ?? []);
  const start = found.length > 0 ? Math.min(...found.map((member) => member.keyStart)) : object.range.start;
  const end = found.length > 0 ? Math.max(...found.map((member) => member.end)) : object.range.end;
  const quote = quotePiece(object.answer.body, object.answer.source, start, end);
  return { ...quote, area: 'yarn', provenance, at };
}
