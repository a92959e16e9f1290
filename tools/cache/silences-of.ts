import type { Evidence } from '../evidence/evidence.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import { silencesOf as stretchesOf } from '../platform/silences-of.ts';
import type { CacheRole, Silence } from './cache-facts.ts';

/** Stretches in which a process of the cache was asked and did not answer, with the errors as evidence. */
export function silencesOf(role: CacheRole, host: string | null, answers: readonly HttpAnswer[]): Silence[] {
  return stretchesOf(answers).map(({ failed, ...stretch }) => ({
    role,
    host,
    ...stretch,
    evidence: failed.map(evidenceOf),
  }));
}

function evidenceOf(answer: HttpAnswer): Evidence {
  return {
    ...quotePiece(answer.body, answer.source, 0, Math.min(300, answer.body.length)),
    area: 'cache',
    provenance: 'cache',
    at: answer.at,
  };
}
