import type { AnswerEvent, AnswerJob, AnswerResult } from './answer-job.ts';
import type { PageJob } from './draw-page.ts';

/** What a process can be asked to do. */
export type Task = { kind: 'answer'; job: AnswerJob } | ({ kind: 'page' } & PageJob);

/** What the pool says to a process. */
export type ToChild = { kind: 'work'; id: number; task: Task } | { kind: 'cancel'; id: number };

/** What a process says to the pool; a page is its text. `memoryBytes`: what the process holds. */
export type FromChild =
  | { kind: 'ready' }
  | { kind: 'event'; id: number; event: AnswerEvent }
  | { kind: 'done'; id: number; result: AnswerResult | string; memoryBytes: number }
  | { kind: 'broke'; id: number; why: string; memoryBytes: number };
