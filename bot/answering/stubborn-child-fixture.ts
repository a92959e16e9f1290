import type { FromChild, ToChild } from './messages.ts';

// Stands in for a process that answers, to see what the pool does with one that misbehaves: the text of the message says how.
const say = (message: FromChild) => process.send?.(message);
process.on('message', (message: ToChild) => {
  if (message.kind === 'cancel') return;
  const { id, job } = message;
  if (job.text === 'die') process.exit(1);
  if (job.text === 'break') say({ kind: 'broke', id, why: 'Error: broken', memoryBytes: 1 });
  if (job.text === 'hang') return;
  const memoryBytes = job.text === 'grow' ? 2 ** 40 : 1;
  say({ kind: 'event', id, event: { kind: 'step', line: `pid ${process.pid}` } });
  say({ kind: 'done', id, result: { outcome: 'not_asked', why: String(process.pid) }, memoryBytes });
});
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
