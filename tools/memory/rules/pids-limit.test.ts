import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { pidsLimit } from './pids-limit.ts';

const GROUP = '/hadoop-yarn/container_e12_1700000000000_0107_01_000003';
/** As recorded in incident cache-208. */
const LINE = `[ 2306.075817] cgroup: fork rejected by pids controller in ${GROUP}`;
const files = (refusals: number, current: number) => ({
  'pids.max': '150\n',
  'pids.events': `max ${refusals}\n`,
  'pids.current': `${current}\n`,
});

describe('memory/pids-limit', () => {
  it('joins the kernel line with the counter of its group', () => {
    const groups = {
      [GROUP]: [
        { at: 2302, files: files(0, 14) },
        { at: 2306, files: files(4, 0) },
      ],
    };
    const found = pidsLimit.apply(hostFacts({ log: LINE, groups }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kind: 'observed',
      code: 'memory.native_thread',
      completeStatement: 'pids_limit_refusal',
      keys: { containerId: 'container_e12_1700000000000_0107_01_000003' },
      values: { pidsMax: 150, refusals: 4 },
    });
    expect(found[0]?.refutes?.map((entry) => entry.code)).toContain('memory.executor_heap_oom');
  });

  it('is observed by the line alone and by the counter alone', () => {
    expect(pidsLimit.apply(hostFacts({ log: LINE }))[0]).toMatchObject({ kind: 'observed', keys: { host: 'node7' } });
    const [counted] = pidsLimit.apply(
      hostFacts({
        groups: {
          [GROUP]: [
            { at: 2302, files: files(0, 14) },
            { at: 2306, files: files(4, 0) },
          ],
        },
      }),
    );
    expect(counted).toMatchObject({ kind: 'observed', at: 1_795_255_102_000 + 2_306_000 });
    expect(counted?.completeStatement).toBeUndefined();
  });

  it('only suspects a group or user that stands at the limit', () => {
    expect(pidsLimit.apply(hostFacts({ groups: { [GROUP]: [{ at: null, files: files(0, 150) }] } }))[0]).toMatchObject({
      kind: 'inferred',
    });
    const processes = [
      {
        pid: 7,
        files: {
          status: 'Name:\tjava\nThreads:\t4090\n',
          limits:
            'Limit                     Soft Limit           Hard Limit           Units\nMax processes             4096                 8192                 processes\n',
        },
      },
    ];
    expect(pidsLimit.apply(hostFacts({ processes }))[0]).toMatchObject({
      kind: 'inferred',
      values: { threads: 4090, maxProcesses: 4096 },
    });
  });

  it('is silent with room left, and without files', () => {
    expect(pidsLimit.apply(hostFacts({ groups: { [GROUP]: [{ at: null, files: files(0, 140) }] } }))).toEqual([]);
    expect(pidsLimit.apply(hostFacts({}))).toEqual([]);
  });
});
