import type { Quote } from '../../../tools/evidence/quote.ts';
import { namesOther } from './pseudonyms.ts';

/** How strings are hidden. */
interface Hiding {
  text: (text: string) => string;
  /** Accounts, each with what stands for it. */
  users: ReadonlyMap<string, string>;
  /** Whether a piece of evidence stands in what another wrote. */
  isHiddenPlace: (piece: Pick<Quote, 'source' | 'fromLine'>) => boolean;
}

/** Free text of another's run: what its program printed or was given, whatever the field of the facts is called. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  'diagnostics',
  'output',
  'command',
  'amContainerLogs',
  'trackingUrl',
  'reason',
]);
/** Fields that say whose an object is. */
const IDENTITY = ['id', 'applicationId', 'containerId', 'attemptId', 'memoryGroup'] as const;
/** Deeper nesting than any facts have is not followed. */
const DEEPEST = 60;

/**
 * Copies a value with every string hidden, sharing what needs no change. Pieces of evidence from another's own files are taken out of
 * lists, and emptied where a single one is expected: the gate does not find those again and leaves them out.
 */
export function hideIn(hiding: Hiding): <Value>(value: Value) => Value {
  const done = new WeakMap<object, unknown>();
  const hidden = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return hiding.text(value);
    if (value === null || typeof value !== 'object' || depth > DEEPEST) return value;
    const before = done.get(value);
    if (before !== undefined) return before;
    const after = copied(value, depth);
    done.set(value, after);
    return after;
  };
  const copied = (value: object, depth: number): unknown => {
    if (Array.isArray(value)) {
      const kept = value.filter((entry) => !(isPiece(entry) && hiding.isHiddenPlace(entry)));
      const inner = kept.map((entry) => hidden(entry, depth + 1));
      return kept.length === value.length && inner.every((entry, at) => entry === value[at]) ? value : inner;
    }
    if (value instanceof Map)
      return new Map([...value].map(([key, entry]) => [hidden(key, depth + 1), hidden(entry, depth + 1)]));
    if (value instanceof Set) return new Set([...value].map((entry) => hidden(entry, depth + 1)));
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return value;
    return ofObject(value as Record<string, unknown>, depth);
  };
  const ofObject = (value: Record<string, unknown>, depth: number): unknown => {
    if (isPiece(value) && hiding.isHiddenPlace(value)) return { ...value, source: '', excerpt: '' };
    let changed = false;
    const entries = Object.entries(value).map(([name, entry]): [string, unknown] => {
      const after = fieldOf(name, entry, depth);
      if (after !== entry) changed = true;
      return [name, after];
    });
    const after = changed ? Object.fromEntries(entries) : value;
    return IDENTITY.some((name) => typeof after[name] === 'string' && namesOther(after[name]))
      ? withoutWords(after)
      : after;
  };
  const fieldOf = (name: string, entry: unknown, depth: number): unknown => {
    // A place is where the gate reads it again.
    if (name === 'source') return entry;
    if ((name === 'user' || name === 'userName' || name === 'username') && typeof entry === 'string')
      return hiding.users.get(entry) ?? hiding.text(entry);
    if (name === 'users' && Array.isArray(entry)) return entry.map((one) => hidden(ofUser(one), depth + 1));
    return hidden(entry, depth + 1);
  };
  const ofUser = (one: unknown): unknown => {
    if (typeof one === 'string') return hiding.users.get(one) ?? one;
    if (typeof one !== 'object' || one === null) return one;
    const { name } = one as { name?: unknown };
    return typeof name === 'string' && hiding.users.has(name) ? { ...one, name: hiding.users.get(name) } : one;
  };
  return <Value>(value: Value): Value => hidden(value, 0) as Value;
}

function isPiece(value: unknown): value is Quote {
  if (typeof value !== 'object' || value === null) return false;
  const { source, fromLine, excerpt } = value as Partial<Quote>;
  return typeof source === 'string' && typeof fromLine === 'number' && typeof excerpt === 'string';
}

/** Of another's run what it is and how much it holds, and nothing of what it says. */
function withoutWords(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      if (name === 'mainClass') return [name, null];
      if (name === 'tags') return [name, []];
      if (name === 'evidence') return [name, ownWordsOf(entry)];
      return [name, FREE_TEXT.has(name) && typeof entry === 'string' ? '' : entry];
    }),
  );
}

/** Where the platform repeats what the run printed: from here on a line is not the platform's own. */
const REPEATED = /"?diagnostics?\b|\bexception\b|\|- |"note"/i;

/** Pieces cut to the platform's own words. */
function ownWordsOf(evidence: unknown): unknown {
  if (isPiece(evidence)) {
    const at = evidence.excerpt.search(REPEATED);
    return at === -1 ? evidence : { ...evidence, excerpt: evidence.excerpt.slice(0, at) };
  }
  if (Array.isArray(evidence)) return evidence.map(ownWordsOf);
  if (typeof evidence !== 'object' || evidence === null) return evidence;
  return Object.fromEntries(Object.entries(evidence).map(([name, entry]) => [name, ownWordsOf(entry)]));
}
