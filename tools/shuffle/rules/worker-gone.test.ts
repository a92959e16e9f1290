import { describe, expect, it } from 'vitest';
import {
  connectFailed,
  lifecycleManager,
  offered,
  processStarts,
  pushFailed,
  readFromPeer,
  registered,
  reserved,
  reserveFailed,
  slowRegister,
  workerLost,
} from '../fixtures/lines.ts';
import {
  APPLICATION,
  at,
  driverOf,
  evidenceOf,
  executorOf,
  factsOf,
  masterLogOf,
  sampleOf,
  scopeOf,
  workerLogOf,
  workerOf,
} from '../fixtures/shuffle-case.ts';
import { workerGone } from './worker-gone.ts';

const KEY = `${APPLICATION}-0`;
const USED = [
  masterLogOf([offered('11:47:06', KEY, 2), workerLost('11:48:03', 'rss-w2')].join('\n')),
  workerLogOf('rss-w1', reserved('11:47:06', KEY, '1-0,3-0')),
  workerLogOf('rss-w2', reserved('11:47:06', KEY, '0-0,2-0')),
];

describe('a worker that went away', () => {
  it('failed reservations cost the run time, and slots came from others', () => {
    const driver = driverOf(
      [
        connectFailed('11:47:35', 'rss-w2', 9204),
        reserveFailed('11:47:38', 'rss-w2'),
        registered('11:47:44', 0),
        slowRegister('11:47:45', 24_981),
      ].join('\n'),
    );
    const [finding] = workerGone.apply({ facts: factsOf([driver]), scope: scopeOf() });
    expect(finding).toMatchObject({
      code: 'shuffle.remote_service_unavailable',
      kind: 'observed',
      keys: { applicationId: APPLICATION, host: 'rss-w2' },
      values: { delayMs: 24_981 },
    });
    expect(finding?.refutes?.map(({ code }) => code)).toContain('shuffle.remote_service_no_slots');
  });

  it('readers that turned to the second copy lost nothing', () => {
    const executor = executorOf(readFromPeer('11:47:55', 'rss-w2', 'rss-w1'));
    const [finding] = workerGone.apply({ facts: factsOf([...USED, executor]), scope: scopeOf() });
    expect(finding).toMatchObject({ code: 'shuffle.remote_service_unavailable', weight: 0.4 });
    expect(finding?.refutes?.map(({ code }) => code)).toContain('shuffle.remote_service_data_lost');
    expect(finding?.statement.zh).toContain('第二副本');
  });

  it('pushes that failed on it are the run’s own trouble', () => {
    const executor = executorOf(pushFailed('11:47:55', 'rss-w2'));
    const [finding] = workerGone.apply({ facts: factsOf([...USED, executor]), scope: scopeOf() });
    expect(finding).toMatchObject({
      code: 'shuffle.remote_service_unavailable',
      keys: { applicationId: APPLICATION },
      values: { failedPushes: 1 },
    });
  });

  it('is no cause for a run whose shuffles lay on others', () => {
    const logs = [
      masterLogOf([offered('11:47:06', KEY, 1), workerLost('11:48:03', 'rss-w2')].join('\n')),
      workerLogOf('rss-w1', reserved('11:47:06', KEY, '0-0,1-0')),
    ];
    const [finding] = workerGone.apply({ facts: factsOf(logs), scope: scopeOf() });
    expect(finding).toMatchObject({ code: null, echo: true, keys: { applicationId: APPLICATION } });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual([
      'shuffle.remote_service_data_lost',
      'shuffle.remote_service_unavailable',
    ]);
  });

  it('is no cause for a run that registered no shuffle at all', () => {
    const logs = [masterLogOf(workerLost('11:48:03', 'rss-w2')), driverOf(lifecycleManager('11:44:00'))];
    expect(workerGone.apply({ facts: factsOf(logs), scope: scopeOf() })).toMatchObject([{ code: null, echo: true }]);
  });

  it('near miss: it held data of the run, and nothing of the run failed on it', () => {
    const [finding] = workerGone.apply({ facts: factsOf(USED), scope: scopeOf() });
    expect(finding).toMatchObject({ code: null, echo: true, kind: 'inferred' });
  });

  it('near miss: declared lost, and it went on answering', () => {
    const held = [{ workerHost: 'rss-w2', at: at('11:48:40'), shuffleKeys: [], evidence: evidenceOf('list') }];
    const [finding, ...more] = workerGone.apply({ facts: factsOf(USED, { held }), scope: scopeOf() });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: null, echo: true });
    expect(finding?.statement.en).toContain('late, not gone');
  });

  it('suggests no more than it knows when the use of the worker is unknown', () => {
    const logs = [masterLogOf(workerLost('11:48:03', 'rss-w2'))];
    const [finding] = workerGone.apply({ facts: factsOf(logs), scope: scopeOf() });
    expect(finding).toMatchObject({ code: 'shuffle.remote_service_unavailable', kind: 'inferred', weight: 0.3 });
    expect(finding?.keys).toEqual({ host: 'rss-w2' });
    const scope = scopeOf({ applicationId: null });
    expect(workerGone.apply({ facts: factsOf(logs), scope })).toMatchObject([{ kind: 'observed', weight: 1 }]);
  });

  it('a restart after it had taken data of the run counts, one before it does not', () => {
    const restarting = (clock: string) =>
      workerLogOf(
        'rss-w1',
        [
          '26/11/21 11:43:10,000 INFO [main] Worker: Worker started.',
          reserved('11:47:06', KEY, '1-0'),
          processStarts(clock),
        ]
          .toSorted()
          .join('\n'),
      );
    const after = factsOf([restarting('11:47:30')]);
    expect(workerGone.apply({ facts: after, scope: scopeOf() })).toMatchObject([{ values: { workerHost: 'rss-w1' } }]);
    expect(workerGone.apply({ facts: factsOf([restarting('11:46:00')]), scope: scopeOf() })).toEqual([]);
  });

  it('one that was drained on purpose is told so', () => {
    const samples = [sampleOf('11:48:10', [workerOf('rss-w2', { standing: ['decommissioning'] })])];
    const executor = executorOf(pushFailed('11:47:55', 'rss-w2'));
    const [finding] = workerGone.apply({ facts: factsOf([...USED, executor], { samples }), scope: scopeOf() });
    expect(finding?.statement.en).toContain('was shut down or drained');
  });

  it('long before or after the run it is nobody’s business', () => {
    const logs = [masterLogOf(workerLost('10:00:00', 'rss-w2')), masterLogOf(workerLost('11:58:00', 'rss-w3'))];
    expect(workerGone.apply({ facts: factsOf(logs), scope: scopeOf() })).toEqual([]);
  });

  it('says nothing without facts', () => {
    expect(workerGone.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
