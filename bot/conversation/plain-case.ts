import type { Evidence } from '../../tools/evidence/evidence.ts';
import { maskStrings } from '../investigation/gate/mask-strings.ts';
import type { HeldCase, Thread } from './thread.ts';

/** All that a conversation is rebuilt from. */
export interface PlainCase {
  thread: Thread;
  /** By the id of their diagnoses. */
  cases: readonly HeldCase[];
  /** What was cited, in the order of the ids. */
  cited: readonly CheckedEvidence[];
  /** What could be cited by a follow-up. */
  spare: readonly CheckedEvidence[];
}

/** A piece of evidence, and whether it was found again at its place. */
interface CheckedEvidence {
  evidence: Evidence;
  found: boolean;
}

/** A case as plain JSON text: sets and maps by a mark, secrets masked, the records of runs left out. */
export function writePlainCase({ thread, cases, cited, spare }: PlainCase): string {
  const kept = cases.map(({ investigation, faces, charts = [] }) => ({
    faces,
    charts,
    investigation: { ...investigation, run: null, comparison: null },
  }));
  return JSON.stringify(maskStrings(plain({ schemaVersion: 1, thread, cases: kept, cited, spare })));
}

/**
 * The same read back.
 *
 * @throws Error when the text is not a case of this version
 */
export function readPlainCase(text: string): PlainCase {
  const read = revived(JSON.parse(text)) as Partial<PlainCase> & { schemaVersion?: unknown };
  if (read?.schemaVersion !== 1 || !read.thread || !Array.isArray(read.cases) || !Array.isArray(read.cited))
    throw new Error('not a case of this version');
  return { thread: read.thread, cases: read.cases, cited: read.cited, spare: read.spare ?? [] };
}

const SET = '$set';
const MAP = '$map';

function plain(value: unknown): unknown {
  if (value instanceof Set) return { [SET]: [...value].map(plain) };
  if (value instanceof Map) return { [MAP]: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== 'object') return value;
  const [[name, inner] = ['', null], ...others] = Object.entries(value);
  if (others.length === 0 && name === SET && Array.isArray(inner)) return new Set(inner.map(revived));
  if (others.length === 0 && name === MAP && Array.isArray(inner))
    return new Map(inner.map(revived) as [unknown, unknown][]);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, revived(entry)]));
}
