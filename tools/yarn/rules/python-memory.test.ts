import { describe, expect, it } from 'vitest';
import { APP, containerId, fixture, line, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { pythonMemoryRule } from './python-memory.ts';

const scope = { applicationIds: [APP] };

/** A 2 GiB container over its limit; pages of 4 KiB. */
function breach(javaMiB: number, pythonMiB: number): string {
  const used = ((javaMiB + pythonMiB) / 1024).toFixed(1);
  const row = (pid: number, name: string, mib: number, command: string) =>
    `\t|- ${pid} 1 7 7 (${name}) 1 1 1 ${mib * 256} ${command}\n`;
  return (
    line(
      50,
      'monitor',
      `Container [pid=7,containerID=${containerId(2)}] is running 9B beyond the 'PHYSICAL' memory limit. Current usage: ${used} GB of 2 GB physical memory used; 9.4 GB of 18.4 GB virtual memory used. Killing container.`,
      'WARN',
    ) +
    `Dump of the process-tree for ${containerId(2)} :\n` +
    row(8, 'java', javaMiB, 'java -Xmx1g org.apache.spark.executor.YarnCoarseGrainedExecutorBackend --executor-id 3') +
    row(9, 'python3.11', pythonMiB, 'python3 -m pyspark.daemon')
  );
}

const judge = async (n1: string) =>
  pythonMemoryRule.apply(await typedCluster({ answers: [restApp()], nodeManagers: { n1 }, scope }));

describe('yarn/python-memory', () => {
  it('fires on recorded workers that hold half of the tree', async () => {
    const id = 'application_1795259698281_0011';
    const facts = await typedCluster({
      answers: [restApp({ id })],
      nodeManagers: { 'bd-node11': fixture('python-limit.node-manager.txt') },
      scope: { applicationIds: [id] },
    });
    const [finding] = pythonMemoryRule.apply(facts);
    expect(finding).toMatchObject({
      code: 'memory.python_worker',
      kind: 'observed',
      values: { workers: 3 },
      keys: { executorId: '1' },
    });
    expect(finding?.evidence.map((piece) => piece.excerpt).join('\n')).toContain('(python3)');
  });

  it('observes or infers by the share', async () => {
    expect((await judge(breach(900, 1300)))[0]).toMatchObject({ kind: 'observed' });
    expect((await judge(breach(1400, 800)))[0]).toMatchObject({ kind: 'inferred' });
  });

  it('leaves Python out when its share is ordinary, or when Java alone is over the limit', async () => {
    expect(await judge(breach(1900, 300))).toEqual([]);
    expect(await judge(breach(2100, 1100))).toEqual([]);
  });

  it('says nothing without a process tree', async () => {
    expect(await judge('')).toEqual([]);
  });
});
