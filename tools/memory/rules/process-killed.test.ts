import { describe, expect, it } from 'vitest';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { processKilled } from './process-killed.ts';

describe('memory/process-killed', () => {
  it('sees a kill with everything it can be joined on', () => {
    const [finding, ...rest] = processKilled.apply(hostFacts({ log: fixtureLog('own-limit.dmesg.txt') }));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      code: null,
      symptom: 'process_killed',
      keys: {
        host: 'node7',
        pid: 19972,
        containerId: 'container_e12_1700000000000_0042_01_000008',
        applicationId: 'application_1700000000000_0042',
        cgroupPath: '/hadoop-yarn/container_e12_1700000000000_0042_01_000008',
      },
      values: { victimBytes: (289448 + 5648) * 1024 },
    });
    expect(new Date(finding?.at ?? 0).toISOString()).toBe('2026-11-21T10:22:40.397Z');
    expect(finding?.evidence[0]).toMatchObject({ provenance: 'kernel', area: 'memory' });
    expect(finding?.evidence[0]?.excerpt).toContain('Killed process 19972 (python3)');
  });

  it('tells each kill once although two logs of the host hold it', () => {
    const facts = hostFacts({ log: fixtureLog('own-limit.dmesg.txt') });
    const twice = hostFacts({ log: fixtureLog('own-limit.dmesg.txt').split('\n').slice(-3).join('\n') });
    facts.kernelLogs.push(...twice.kernelLogs);
    expect(processKilled.apply(facts)).toHaveLength(1);
  });

  it('leaves out kills of another time', () => {
    const log = composedKill({ full: '/a', task: '/a', victim: [9, 1000, 0, 'java'], at: 100 });
    expect(processKilled.apply(hostFacts({ log, window: { from: 200, to: 400 } }))).toHaveLength(1);
    expect(processKilled.apply(hostFacts({ log, window: { from: 90_000, to: 90_400 } }))).toEqual([]);
  });

  it('says nothing without a kernel log', () => {
    expect(processKilled.apply(hostFacts({}))).toEqual([]);
  });
});
