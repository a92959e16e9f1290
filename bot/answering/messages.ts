import type { AnswerChart, AnswerEvent, AnswerJob, AnswerResult } from './answer-job.ts';
import type { ChartsJob } from './draw-charts.ts';
import type { PageJob } from './draw-page.ts';

/** What a process can be asked to do. */
export type Task = { kind: 'answer'; job: AnswerJob } | ({ kind: 'page' } & PageJob) | ({ kind: 'charts' } & ChartsJob);

/** What work on a task ends in, by the task: an answer, the text of a page, pictures. */
export type TaskResult = AnswerResult | string | AnswerChart[];

/** What the pool says to a process. */
export type ToChild = { kind: 'work'; id: number; task: Task } | { kind: 'cancel'; id: number };

/** What a process says to the pool. `memoryBytes`: what the process holds. */
export type FromChild =
  | { kind: 'ready' }
  | { kind: 'event'; id: number; event: AnswerEvent }
  | { kind: 'done'; id: number; result: TaskResult; memoryBytes: number }
  | { kind: 'broke'; id: number; why: string; memoryBytes: number };
