import { lateKnowledge } from '../late-knowledge.ts';
import { readSettings } from '../settings.ts';
import { type AnswerSource, answerOne } from './answer-one.ts';
import { drawPage } from './draw-page.ts';
import type { FromChild, ToChild } from './messages.ts';
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

async function work({ id, task }: Extract<ToChild, { kind: 'work' }>): Promise<void> {
  const cancel = new AbortController();
  underWay.set(id, cancel);
  const memoryBytes = () => process.memoryUsage.rss();
  try {
    const result =
      task.kind === 'page'
        ? await drawPage(task)
        : await answerOne(task.job, source, (event) => tell({ kind: 'event', id, event }), cancel.signal);
    tell({ kind: 'done', id, result, memoryBytes: memoryBytes() });
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message.split('\n', 1)[0]}` : 'unknown error';
    tell({ kind: 'broke', id, why, memoryBytes: memoryBytes() });
  } finally {
    underWay.delete(id);
  }
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
tell({ kind: 'ready' });
