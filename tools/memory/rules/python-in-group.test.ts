import { describe, expect, it } from 'vitest';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { pythonInGroup } from './python-in-group.ts';

const OWN = { full: '/c', task: '/c' };

describe('memory/python-in-group', () => {
  it('names the Python worker that was killed (recorded)', () => {
    const [finding] = pythonInGroup.apply(hostFacts({ log: fixtureLog('own-limit.dmesg.txt') }));
    expect(finding).toMatchObject({
      kind: 'inferred',
      code: 'memory.python_worker',
      keys: { pid: 19972 },
      values: { pythonProcesses: 2 },
    });
    expect(finding?.values.pythonBytes).toBeGreaterThan(Number(finding?.values.javaBytes));
  });

  it('names workers that held more than the JVM that was killed', () => {
    const log = composedKill({
      ...OWN,
      victim: [9, 30_000, 0, 'java'],
      others: [
        [10, 20_000, 0, 'python3.11'],
        [11, 20_000, 0, 'python3.11'],
      ],
    });
    expect(pythonInGroup.apply(hostFacts({ log }))[0]).toMatchObject({
      values: { pythonBytes: 40_000 * 4096, javaBytes: 30_000 * 4096 },
      weight: 0.5,
    });
  });

  it('is silent when the JVM held more, and when a shared group was full', () => {
    const java = composedKill({ ...OWN, victim: [9, 30_000, 0, 'java'], others: [[10, 2_000, 0, 'python3']] });
    const shared = composedKill({ full: '/hadoop-yarn', task: '/hadoop-yarn/c', victim: [9, 30_000, 0, 'python3'] });
    for (const log of [java, shared]) expect(pythonInGroup.apply(hostFacts({ log }))).toEqual([]);
  });

  it('says nothing without a kernel log', () => {
    expect(pythonInGroup.apply(hostFacts({}))).toEqual([]);
  });
});
