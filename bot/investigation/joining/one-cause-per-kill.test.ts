import { describe, expect, it } from 'vitest';
import { cachePod, fluidCase, terminated } from '../../../tools/cache/rules/fluid-fixture.ts';
import { fluidWorkersMissing } from '../../../tools/cache/rules/fluid-workers-missing.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { findingFixture as finding } from './finding-fixture.ts';
import { oneCausePerKill } from './one-cause-per-kill.ts';

/** What the cache area says of a worker that the kubelet reports as OOMKilled ten seconds into the question's time. */
function workerKilled(reason = 'OOMKilled'): Finding {
  const [told] = fluidWorkersMissing.apply(fluidCase([cachePod('worker', terminated(10, { reason }))]));
  if (!told) throw new Error('no finding');
  return told;
}

const killOf = (worker: Finding, change: Partial<Finding> = {}): Finding =>
  finding({
    area: 'memory',
    rule: 'memory/pod-oom-killed',
    code: 'memory.container_physical_limit',
    keys: { podUid: worker.keys.podUid ?? '', podName: worker.keys.podName ?? '', containerId: 'c1' },
    at: (worker.at ?? 0) + 1_000,
    ...change,
  });

describe('oneCausePerKill', () => {
  it('leaves the cause to the memory area, and what happened to the cache', () => {
    const worker = workerKilled();
    expect(worker.code).toBe('cache.worker_lost');
    const [kept, kill] = oneCausePerKill([worker, killOf(worker)]);
    expect(kept).toMatchObject({ code: null, symptom: 'process_killed', statement: worker.statement });
    expect(kill?.code).toBe('memory.container_physical_limit');
  });

  it('keeps both where they are of other ends, other pods, or no memory kill', () => {
    const worker = workerKilled();
    const codes = (...findings: Finding[]) => oneCausePerKill(findings).map(({ code }) => code);
    const both = ['cache.worker_lost', 'memory.container_physical_limit'];
    expect(codes(worker, killOf(worker, { at: (worker.at ?? 0) + 60_000 }))).toEqual(both);
    expect(codes(worker, killOf(worker, { keys: { podUid: 'other' } }))).toEqual(both);
    const byHand = workerKilled('Error');
    expect(codes(byHand, killOf(byHand))).toEqual(both);
    expect(codes(worker, killOf(worker, { code: null }))).toEqual(['cache.worker_lost', null]);
    expect(codes(worker)).toEqual(['cache.worker_lost']);
  });
});
