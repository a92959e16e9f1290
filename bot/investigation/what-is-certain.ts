import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { RunEnd } from './joining/run-end.ts';
import { calledByAsker } from './subject/called-by-asker.ts';
import type { SubjectChoice } from './subject/candidate.ts';

/** What can be said before causes are weighed: which run it is, how it stands, and what the platform itself states of it. */
export interface Certain {
  subject: { id: string; name: string | null } | null;
  /** Whose it is; null without a subject. */
  ownership: { id: string; names: readonly string[]; user: string | null; queue: string | null } | null;
  state: RunEnd['state'];
  /** Milliseconds since the epoch. */
  startedAt: number | null;
  endedAt: number | null;
  /** Statements of the platform's own records, what speaks for a cause first, each with where it stands. */
  lines: readonly { text: Bilingual; source: string }[];
}

/** A first card is short. */
const MOST_LINES = 3;
const NOT_THE_PLATFORM: ReadonlySet<Provenance> = new Set(['user_process', 'asker']);

/** What is certain as soon as the run is chosen. What is only suggested, or only told by the program itself, is not. */
export function whatIsCertain(subject: SubjectChoice, findings: readonly Finding[], said: readonly string[]): Certain {
  if (subject.kind !== 'chosen')
    return { subject: null, ownership: null, state: 'unknown', startedAt: null, endedAt: null, lines: [] };
  const { candidate } = subject;
  const own = findings.filter(
    ({ kind, echo, keys, evidence }) =>
      kind === 'observed' &&
      echo !== true &&
      keys.applicationId === candidate.id &&
      evidence.some(({ provenance }) => !NOT_THE_PLATFORM.has(provenance)),
  );
  // What speaks for a cause says more than that something ended.
  const latest = [...own].sort(
    (a, b) => Number(b.code !== null) - Number(a.code !== null) || (b.at ?? 0) - (a.at ?? 0),
  );
  // One of each kind: five containers that ended alike are one statement.
  const first = latest.filter((finding, at) => latest.findIndex(({ rule }) => rule === finding.rule) === at);
  const lines = first.map(({ statement, evidence }) => ({ text: statement, source: evidence[0]?.source ?? '' }));
  return {
    subject: { id: candidate.id, name: calledByAsker(candidate, said) ?? null },
    ownership: { id: candidate.id, names: candidate.names, user: candidate.user, queue: candidate.queue },
    state: candidate.state,
    startedAt: candidate.startedAt,
    endedAt: candidate.endedAt,
    lines: lines.slice(0, MOST_LINES),
  };
}
