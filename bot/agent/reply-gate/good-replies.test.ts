import { beforeAll, describe, expect, it } from 'vitest';
import { type BenchCase, benchCase } from './bench-fixture.ts';

const cases = new Map<string, BenchCase>();
beforeAll(async () => {
  for (const name of ['failed-run', 'slow-run'] as const)
    for (const language of ['en', 'zh'] as const) cases.set(`${name} ${language}`, await benchCase(name, language));
}, 120_000);

/** Replies as an honest model words them, typed by hand from the case files of the bundled recordings. */
const GOOD: readonly (readonly [string, string])[] = [
  [
    'failed-run en',
    'The kernel killed the executor because its own container was full at its limit of 768 MiB [e11]. The process held 785.2 MiB at that moment [e13].',
  ],
  [
    'failed-run en',
    'Three executors died in the same way, so the application gave up with "Max number of executor failures (3) reached" [e1]. Each container ended with exit code 137 [e8].',
  ],
  ['failed-run en', 'It is not a bad node: the limit that was hit belongs to the container, not to bd-node12 [e13].'],
  [
    'failed-run en',
    'The node had free memory, but the container did not: its limit of 768 MiB counts the heap of 512m and everything beside it [e11].',
  ],
  [
    'failed-run en',
    'No OutOfMemoryError was written since the kernel ended the process from outside [e13]. A full Java heap would have ended in an error of the JVM.',
  ],
  ['failed-run en', 'Raise spark.executor.memoryOverhead as shown below. The node needs no repair [e13].'],
  [
    'failed-run en',
    'Executor 3 was lost on bd-node12 at 11:29:18 UTC [e6], one second after the kernel killed its process [e13].',
  ],
  [
    'failed-run en',
    'container_1795259698281_0005_01_000004 reached its memory limit, so the kernel killed java with pid 11781 [e13]. YARN then told Spark of exit code 137 [e8].',
  ],
  [
    'failed-run en',
    'The root cause is confirmed: the memory limit of the container was full and the kernel killed the process [e13].',
  ],
  [
    'failed-run en',
    'Waiting for new executors took 7 min 38 s of the run [e14]. The work done before was lost each time.',
  ],
  [
    'failed-run zh',
    '内核因为容器自身的内存已达上限 768 MiB 而终止了 executor 进程 [e13]。这不是机器坏了：节点本身没有内存不足。',
  ],
  ['failed-run zh', 'executor 以 137 退出，说明进程收到 SIGKILL [e8]；内核日志显示是容器的内存上限被占满 [e13]。'],
  ['failed-run zh', '建议按下面的数值调大 spark.executor.memoryOverhead。机器无需更换 [e13]。'],
  [
    'slow-run en',
    'One task of stage 6 read 502,083 of 1,000,000 rows, so one or few keys hold most rows [e3]. Waiting for that task took 1 min 53 s longer [e6].',
  ],
  [
    'slow-run en',
    'The cluster is not overloaded: the run waited only 6.8 s for executors, and the other tasks ended soon [e6].',
  ],
  [
    'slow-run en',
    'You are right that the volume did not grow: it read 1,800,000 rows, as usual [e1]. What changed is how the rows are spread over the keys [e3].',
  ],
  ['slow-run en', 'Without the long task of stage 6 the run would have taken 1 min 53 s less [e3].'],
  [
    'slow-run en',
    'A bad node does not explain it: the long task needed 1.4 times the usual time per record, so its host is no slower than elsewhere [e3].',
  ],
  [
    'slow-run en',
    'Filter the heavy key or salt it, or let the engine split skewed partitions. The median task of that stage holds 21,649 rows [e3].',
  ],
  ['slow-run zh', '阶段 6 的一个任务读了 1,000,000 行中的 502,083 行，说明少数 key 占了大部分数据 [e3]。'],
  ['slow-run zh', '集群并不繁忙：等待 executor 只用了 6.8 秒 [e6]。时间花在等待这一个任务上 [e3]。'],
  ['slow-run zh', '数据量没有变化，和平时一样；变化的是数据在 key 上的分布 [e3]。'],
];

describe('honest replies', () => {
  it('are as many as promised', () => expect(GOOD.length).toBeGreaterThanOrEqual(20));

  it.each(GOOD)('%s: %s', async (name, reply) => {
    const { judge, compose, demo } = cases.get(name) as BenchCase;
    expect(judge({ reply }).problems).toEqual([]);
    const diagnosis = await compose({ reply });
    expect(diagnosis.author).toBe('agent');
    expect(diagnosis.summary.startsWith(demo.diagnosis.summary)).toBe(true);
    // Word for word, but for the spaces between sentences.
    expect(diagnosis.summary.replace(/\s/g, '')).toContain(reply.replace(/\s/g, ''));
    expect(diagnosis.rootCauses[0]?.code).toBe(demo.diagnosis.rootCauses[0]?.code);
    for (const [, id = ''] of reply.matchAll(/\[(e\d+)\]/g))
      expect(diagnosis.evidence.map((entry) => entry.id)).toContain(id);
  });
});
