import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Passage } from '../../knowledge/retrieval/passage.ts';
import type { Area } from '../../tools/evidence/area.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { Ownership } from '../access/ownership.ts';
import type { TheoryVerdict } from './answer-theories.ts';
import type { RunComparison } from './comparison/run-comparison.ts';
import type { Verdict } from './decide-outcome.ts';
import type { Hypothesis } from './joining/hypothesis.ts';
import type { RunEnd } from './joining/run-end.ts';
import type { MemoryCourse } from './memory-courses.ts';
import type { Question } from './question/question.ts';
import type { SubjectChoice } from './subject/candidate.ts';
import type { ThingReport } from './thing/thing-report.ts';
import type { TimeLedger } from './time-ledger.ts';
import type { WhatIf } from './what-if/what-if.ts';

/** Everything one investigation found, before an author puts it into words. */
export interface Investigation {
  id: string;
  question: Question;
  language: 'en' | 'zh';
  subject: SubjectChoice;
  end: RunEnd;
  /** What shows that a process of the subject lives and goes on; empty when nothing does. */
  alive: readonly Evidence[];
  window: { from: number; to: number } | null;
  verdict: Verdict;
  /** Hypotheses that stand as root causes, best first; candidates when the verdict is `needs_more`. */
  causes: readonly Hypothesis[];
  /** Set when the question is about something other than a run. */
  report: ThingReport | null;
  /** All findings in scope. */
  findings: readonly Finding[];
  theories: readonly TheoryVerdict[];
  run: SparkRun | null;
  ledger: TimeLedger | null;
  comparison: RunComparison | null;
  whatIf: readonly WhatIf[];
  /** Memory of control groups over time, where the hosts were sampled: those the causes speak of first. */
  memory?: readonly MemoryCourse[];
  checked: readonly Area[];
  notChecked: readonly { area: Area; why: Bilingual; reason: 'no_data' | 'absent' | 'failed' }[];
  skipped: readonly Bilingual[];
  /** Nothing at all could be read: nothing is configured, or what was given is unusable. */
  readNothing: boolean;
  /** Pasted or attached text was among what was read. */
  hasText: boolean;
  /** The asker's text and pasted text in lower case, for what would decide an open case. */
  words: string;
  /** What the team itself has written about the causes, best first. */
  passages: readonly Passage[];
  /** Address under which the built-in runbooks are shown; null: their path in the product. */
  runbooksUrl: string | null;
  /** Whose runs this tells of; absent in what was kept before anybody asked. */
  about?: readonly Ownership[];
  toolCalls: number;
  startedAtMs: number;
}
