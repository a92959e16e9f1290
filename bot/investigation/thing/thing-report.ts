import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import type { Verdict } from '../decide-outcome.ts';
import type { Hypothesis } from '../joining/hypothesis.ts';
import type { AskedThing } from '../question/read-asked-thing.ts';

/** What was found out about a thing that is no run: a host, a queue, data in the cache, the cluster. */
export interface ThingReport {
  kind: AskedThing['kind'];
  /** As the platform calls it, else as the asker does; `cluster` and `queues` where no name belongs to it. */
  id: string;
  /** False when nothing that was read knows it. */
  isKnown: boolean;
  verdict: Verdict;
  /** Two or three sentences. */
  summary: Bilingual;
  /** What happened on it in the order of time, or how it stands; each with its evidence. */
  told: readonly Finding[];
  /** Causes of what happened, best first; candidates when the verdict is `needs_more`. */
  causes: readonly Hypothesis[];
  /** What would decide, and how to get it. */
  needs: readonly { what: Bilingual; how: Bilingual }[];
  /** The time the answer is about. */
  window: { from: number; to: number } | null;
}
