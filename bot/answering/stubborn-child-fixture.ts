import type { FromChild, ToChild } from './messages.ts';

// Stands in for a process that answers, to see what the pool does with one that misbehaves: the text of the message says how.
const say = (message: FromChild) => process.send?.(message);
process.on('message', (message: ToChild) => {
  if (message.kind === 'cancel') return;
  const { id, task } = message;
  const { text } = task.kind === 'answer' ? task.job : { text: 'page' };
  if (text === 'die') process.exit(1);
  if (text === 'break') say({ kind: 'broke', id, why: 'Error: broken', memoryBytes: 1 });
  if (text === 'hang') return;
  const memoryBytes = text === 'grow' ? 2 ** 40 : 1;
  say({ kind: 'event', id, event: { kind: 'step', line: `pid ${process.pid}` } });
  say({ kind: 'done', id, result: { outcome: 'not_asked', why: String(process.pid) }, memoryBytes });
});
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
