import { afterEach, describe, expect, it } from 'vitest';
import { openWire, type Wire } from '../platform/wire-fixture.ts';
import { iso, pod } from './kubernetes-fixture.ts';
import { KUBERNETES_READ_PODS } from './kubernetes-read-pods.ts';

let wire: Wire | null = null;
afterEach(async () => await wire?.close());

describe('kubernetes_read_pods', () => {
  it('judges the pods of the application named, at that time', async () => {
    const conditions = [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/3 nodes are available: 3 Insufficient cpu.',
        lastTransitionTime: iso(30),
      },
    ];
    const body = JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [pod({ phase: 'Pending', conditions })] });
    wire = await openWire({ kubernetes: () => ({ status: 200, body }) });
    const run = (input: object) =>
      KUBERNETES_READ_PODS.run(KUBERNETES_READ_PODS.input.parse(input), {
        platform: (wire as Wire).platform,
        signal: new AbortController().signal,
      });
    const found = async (input: object) => {
      const read = await run(input);
      return read.outcome === 'ok' ? read.value.findings.map(({ code }) => code) : read.outcome;
    };
    expect(await found({ applications: ['spark-1f2e'] })).toEqual(['scheduling.insufficient_resources']);
    expect(await found({ applications: ['spark-other'] })).toEqual([]);
    expect(await found({ window: { from: '2026-11-20T00:00:00Z', to: '2026-11-20T01:00:00Z' } })).toEqual([]);
  });
});
