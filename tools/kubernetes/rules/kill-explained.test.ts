import { describe, expect, it } from 'vitest';
import { event, iso, kubernetesCase, pod } from '../kubernetes-fixture.ts';
import { killExplained } from './kill-explained.ts';

const killed = (end: object = {}, more = {}) =>
  pod({
    node: 'node7',
    status: {
      restartCount: 1,
      state: { running: { startedAt: iso(305) } },
      lastState: { terminated: { reason: 'Error', exitCode: 137, startedAt: iso(20), finishedAt: iso(300), ...end } },
    },
    ...more,
  });
const probe = [
  event({
    reason: 'Unhealthy',
    message: 'Liveness probe failed: Get "http://10.1.2.3:9096/": context deadline exceeded',
    at: 270,
    count: 3,
  }),
  event({ reason: 'Killing', message: 'Container main failed liveness probe, will be restarted', at: 271 }),
];
const apply = (items: Parameters<typeof kubernetesCase>[0], scope = {}) =>
  killExplained.apply(kubernetesCase(items, scope));

describe('kubernetes/kill-explained', () => {
  it('a failed probe: exit 137 is then no sign of memory', () => {
    const [finding] = apply([killed(), ...probe]);
    expect(finding).toMatchObject({ code: null, symptom: 'process_killed', values: { exitCode: 137, by: 'probe' } });
    expect(finding?.refutes?.map(({ code }) => code)).toContain('memory.container_physical_limit');
    expect(finding?.evidence).toHaveLength(3);
  });

  it('a deletion: ended on request', () => {
    const [finding] = apply([killed({ exitCode: 143 }, { deletedAt: 305 })]);
    expect(finding).toMatchObject({ echo: true, values: { by: 'deletion' } });
  });

  it('leaves OOMKilled, unexplained ends, old probes and another pod’s events alone', () => {
    expect(apply([killed({ reason: 'OOMKilled' }), ...probe])).toEqual([]);
    expect(apply([killed()])).toEqual([]);
    expect(apply([killed({ exitCode: 1 }), ...probe])).toEqual([]);
    expect(apply([killed({ finishedAt: iso(500) }), ...probe])).toEqual([]);
    expect(
      apply([
        killed(),
        ...probe.map((one) => ({
          ...one,
          involvedObject: { kind: 'Pod', name: 'ads-exec-3', namespace: 'ads', uid: 'older' },
        })),
      ]),
    ).toEqual([]);
    expect(apply([killed({}, { deletedAt: 900 })])).toEqual([]);
  });
});
