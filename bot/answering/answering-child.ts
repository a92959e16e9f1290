import { lateKnowledge } from '../late-knowledge.ts';
import { readSettings } from '../settings.ts';
import { type AnswerSource, answerOne } from './answer-one.ts';
import { drawKeptCharts } from './draw-charts.ts';
import { drawPage } from './draw-page.ts';
import type { FromChild, Task, TaskResult, ToChild } from './messages.ts';
import { sharedKnowledge } from './shared-knowledge.ts';

// A process that answers: everything that costs time and memory happens here, so that the process that speaks to Slack always
// has time, and an answer that runs out of memory takes nothing else with it.
const given = JSON.parse(process.argv[2] ?? '{}') as Pick<AnswerSource, 'from' | 'at' | 'chartFont'>;
const settings = readSettings(process.env);
const knowledge = sharedKnowledge(() => lateKnowledge(settings.knowledge));
const source: AnswerSource = { settings, knowledge, ...given };
const underWay = new Map<number, AbortController>();

function tell(message: FromChild): void {
  // The one who asked may be gone: there is nobody left to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function done(id: number, task: Task, signal: AbortSignal): Promise<TaskResult> {
  if (task.kind === 'page') return await drawPage(task);
  if (task.kind === 'charts') return await drawKeptCharts(task, source.chartFont);
  return await answerOne(task.job, source, (event) => tell({ kind: 'event', id, event }), signal);
}

async function work({ id, task }: Extract<ToChild, { kind: 'work' }>): Promise<void> {
  const cancel = new AbortController();
  underWay.set(id, cancel);
  const memoryBytes = () => process.memoryUsage.rss();
  try {
    const result = await done(id, task, cancel.signal);
    tell({ kind: 'done', id, result, memoryBytes: memoryBytes() });
  } catch (error) {
    const why = told(error);
    tell({ kind: 'broke', id, why, memoryBytes: memoryBytes() });
  } finally {
    underWay.delete(id);
  }
}

/** What a parser says quotes what it could not read, and this goes to the log. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return error instanceof SyntaxError ? error.name : `${error.name}: ${error.message.split('\n', 1)[0]}`;
}

process.on('message', (message: ToChild) => {
  if (message.kind === 'work') void work(message);
  else underWay.get(message.id)?.abort();
});
// The pool is gone, whatever became of it: nobody waits for an answer.
process.on('disconnect', () => process.exit(0));
// Whoever stops the bot with the keyboard stops the pool, which ends this process in its own time.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
// What nobody caught is told by its name alone: its words may be somebody's.
process.on('uncaughtException', (error) => {
  process.stderr.write(`a process that answers ended: ${error instanceof Error ? error.name : 'unknown error'}\n`, () =>
    process.exit(1),
  );
});
tell({ kind: 'ready' });
