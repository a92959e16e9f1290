import { describe, expect, it } from 'vitest';
import { memoryLimits, offered, reserved, serving } from '../fixtures/lines.ts';
import {
  APPLICATION,
  at,
  factsOf,
  type Meters,
  masterLogOf,
  meterOf,
  scopeOf,
  workerLogOf,
} from '../fixtures/shuffle-case.ts';
import { pushPaused } from './push-paused.ts';

const KEY = `${APPLICATION}-0`;
const MANY = Array.from({ length: 300 }, (_, partition) => `${partition}-0`).join(',');
const STATES = [serving('11:46:21', 'NONE_PAUSED', 'PUSH_PAUSED'), serving('11:47:51', 'PUSH_PAUSED', 'NONE_PAUSED')];
const SCOPE = scopeOf({ window: { from: at('11:46:00'), to: at('11:49:00') } });

function worker(host: string, partitions: string, max: string) {
  return workerLogOf(
    host,
    [memoryLimits('11:46:04', max), reserved('11:46:20', KEY, partitions), ...STATES].join('\n'),
  );
}

function meters(flush: Readonly<Record<string, number>>, pausedMs = 90_000): Meters {
  return {
    pausedMs: [meterOf('rss-w3', { '11:45:50': 0, '11:47:00': pausedMs / 2, '11:48:30': pausedMs })],
    flushMaxMs: Object.entries(flush).map(([host, ms]) => meterOf(host, { '11:47:00': ms })),
    directRatio: [meterOf('rss-w3', { '11:47:00': 0.9 })],
    flushQueue: [meterOf('rss-w3', { '11:47:00': 39 }, '/mnt/disk1-0')],
  };
}

describe('pushes that were paused', () => {
  it('a disk that flushes slowly among fast ones', () => {
    const facts = factsOf([worker('rss-w3', '0-0,3-0', '40.0 MiB')], {
      meters: meters({ 'rss-w3': 31_240, 'rss-w1': 29 }),
    });
    expect(pushPaused.apply({ facts, scope: SCOPE })).toMatchObject([
      {
        code: 'storage.slow_disk',
        kind: 'observed',
        keys: { applicationId: APPLICATION, host: 'rss-w3', path: '/mnt/disk1' },
        values: { pausedMs: 90_000, flushMaxMs: 31_240 },
      },
    ]);
  });

  it('near miss: every disk is as slow, so none stands out', () => {
    const facts = factsOf([worker('rss-w3', '0-0,3-0', '40.0 MiB')], {
      meters: meters({ 'rss-w3': 31_240, 'rss-w1': 28_000 }),
    });
    expect(pushPaused.apply({ facts, scope: SCOPE })).toMatchObject([{ code: 'storage.slow_disk', kind: 'inferred' }]);
  });

  it('direct memory too small for the partitions, while the disk is fast', () => {
    const facts = factsOf([worker('rss-w3', MANY, '24.0 MiB')], { meters: meters({ 'rss-w3': 1.74 }) });
    const [finding] = pushPaused.apply({ facts, scope: SCOPE });
    expect(finding).toMatchObject({
      code: 'memory.offheap_direct',
      kind: 'observed',
      values: { partitions: 300, bufferBytes: 262_144, maxDirectBytes: 25_165_824 },
    });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['storage.slow_disk']);
  });

  it('by its log alone: the same, as an inference', () => {
    const facts = factsOf([worker('rss-w3', MANY, '24.0 MiB')]);
    expect(pushPaused.apply({ facts, scope: SCOPE })).toMatchObject([
      { code: 'memory.offheap_direct', kind: 'inferred', values: { pausedMs: 90_000 } },
    ]);
  });

  it('near miss: memory large enough for the partitions leaves the reason open', () => {
    const facts = factsOf([worker('rss-w3', '0-0,3-0', '4.0 GiB')], { meters: meters({ 'rss-w3': 2 }) });
    expect(pushPaused.apply({ facts, scope: SCOPE })).toMatchObject([{ code: 'shuffle.remote_service_push' }]);
  });

  it('a restart of the worker does not turn its counter into a pause', () => {
    const facts = factsOf([], {
      meters: { pausedMs: [meterOf('rss-w3', { '11:45:50': 500_000, '11:47:00': 0, '11:48:30': 100 })] },
    });
    expect(pushPaused.apply({ facts, scope: SCOPE })).toEqual([]);
  });

  it('near miss: a short brake of a busy worker', () => {
    const facts = factsOf([], { meters: meters({ 'rss-w3': 2 }, 900) });
    expect(pushPaused.apply({ facts, scope: SCOPE })).toEqual([]);
  });

  it('near miss: paused before the run', () => {
    const facts = factsOf([worker('rss-w3', MANY, '24.0 MiB')]);
    const scope = scopeOf({ window: { from: at('12:30:00'), to: at('12:40:00') } });
    expect(pushPaused.apply({ facts, scope })).toEqual([]);
  });

  it('near miss: the run had no data on the paused worker', () => {
    const logs = [
      masterLogOf(offered('11:46:19', KEY, 1)),
      workerLogOf('rss-w1', reserved('11:46:20', KEY, '0-0')),
      workerLogOf('rss-w3', STATES.join('\n')),
    ];
    expect(pushPaused.apply({ facts: factsOf(logs), scope: SCOPE })).toMatchObject([{ code: null, echo: true }]);
  });

  it('says nothing without facts', () => {
    expect(pushPaused.apply({ facts: factsOf([]), scope: SCOPE })).toEqual([]);
  });
});
