import { expect, it } from 'vitest';
import { shorten } from './shorten.ts';

it('leaves alone what fits', () => {
  expect(shorten('exit status 137', 15)).toBe('exit status 137');
});

it('ends with a sentence where enough of it fits: not "Diagnostics: [20"', () => {
  const reason =
    'ExecutorLostFailure (executor 3 exited caused by one of the running tasks) Reason: Container killed on host: node2. Exit status: 137. Diagnostics: [2026-11-21 10:42:51.103]Container killed on request.';
  expect(shorten(reason, 150)).toBe(
    'ExecutorLostFailure (executor 3 exited caused by one of the running tasks) Reason: Container killed on host: node2. Exit status: 137. …',
  );
});

it('ends with a whole word, and leaves nothing open or announced', () => {
  expect(shorten('Container exited with a non-zero exit code', 24)).toBe('Container exited with a…');
  expect(shorten('The container said: "killed by the kernel"', 22)).toBe('The container said…');
  expect(shorten('waited 1,234,567 ms for executors', 13)).toBe('waited…');
});

it('cuts Chinese between words, and mixed text too', () => {
  expect(shorten('阶段三等待数据的时间比平时长得多', 8)).toBe('阶段三等待数据…');
  expect(shorten('容器使用了内存。随后被节点管理器杀死', 12)).toBe('容器使用了内存。 …');
  const mixed = shorten('主机 node2 上的执行器 container_1795256295743_0016_01_000008 被内核杀死', 30);
  expect(mixed).toBe('主机 node2 上的执行器…');
});

it('cuts at a joint what has no spaces, and between characters what has no joint', () => {
  expect(shorten('hdfs://nn1:8020/warehouse/dwd.db/order_user_wide/part-00000', 40)).toBe(
    'hdfs://nn1:8020/warehouse/dwd.db/…',
  );
  expect(shorten('a'.repeat(50), 10)).toBe(`${'a'.repeat(9)}…`);
  expect(shorten('😀'.repeat(20), 10)).toBe('😀😀😀😀…');
});

it('is never longer than asked, whatever the text', () => {
  for (const text of [
    '. '.repeat(90),
    '，'.repeat(90),
    `${'x'.repeat(30)} ${'y'.repeat(60)}`,
    '(('.repeat(40),
    ' '.repeat(99),
  ])
    for (const room of [2, 3, 17, 40, 79]) expect(shorten(text, room).length).toBeLessThanOrEqual(room);
});
