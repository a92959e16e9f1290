import type { AnswerEvent, AnswerJob, AnswerResult } from './answer-job.ts';

/** What the pool says to a process. */
export type ToChild = { kind: 'answer'; id: number; job: AnswerJob } | { kind: 'cancel'; id: number };

/** What a process says to the pool; `memoryBytes`: what the process holds. */
export type FromChild =
  | { kind: 'ready' }
  | { kind: 'event'; id: number; event: AnswerEvent }
  | { kind: 'done'; id: number; result: AnswerResult; memoryBytes: number }
  | { kind: 'broke'; id: number; why: string; memoryBytes: number };
