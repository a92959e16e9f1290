import { describe, expect, it } from 'vitest';
import { connected, connectFailed, endpoints, fellBack, noMaster, quotaUnasked } from '../fixtures/lines.ts';
import {
  APPLICATION,
  at,
  driverOf,
  evidenceOf,
  factsOf,
  logOf,
  scopeOf,
  workerLogOf,
} from '../fixtures/shuffle-case.ts';
import type { ShuffleFacts, ShuffleSilence } from '../shuffle-facts.ts';
import { masterUnreachable } from './master-unreachable.ts';

function driverAt(address: string, before = '') {
  const [host = '', port = ''] = address.split(':');
  return driverOf(
    [
      endpoints('11:45:05', address),
      before,
      connectFailed('11:45:16', host, Number(port)),
      noMaster('11:45:26', address),
      quotaUnasked('11:45:26'),
      fellBack('11:45:26', 1),
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
}

function master(answered: readonly string[]): Partial<ShuffleFacts> {
  return {
    masters: [
      {
        host: 'rss-m1',
        leader: true,
        rpcPort: 9097,
        answeredAt: answered.map(at),
        evidence: evidenceOf('conf of rss-m1'),
      },
    ],
  };
}

function silent(refused: boolean | null): ShuffleSilence {
  return {
    role: 'master',
    host: 'rss-m1',
    refused,
    answeredAt: at('11:45:04'),
    from: at('11:45:30'),
    until: null,
    evidence: [evidenceOf('refused')],
  };
}

describe('no master was reached', () => {
  it('a wrong port, while the master answers at its own', () => {
    const facts = factsOf([driverAt('rss-m1:9079')], master(['11:44:50', '11:45:45']));
    const [finding] = masterUnreachable.apply({ facts, scope: scopeOf() });
    expect(finding).toMatchObject({
      code: 'config.wrong_path_or_endpoint',
      kind: 'observed',
      responsibility: 'user',
      keys: { applicationId: APPLICATION },
      values: {
        asked: 'rss-m1:9079',
        actual: 'rss-m1:9097',
        'spark.celeborn.master.endpoints': 'rss-m1:9097',
      },
    });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual([
      'shuffle.remote_service_quota',
      'shuffle.remote_service_unavailable',
      'shuffle.remote_service_no_slots',
      'network.connection_timeout',
    ]);
    expect(finding?.evidence.map(({ provenance }) => provenance)).toContain('shuffle_service');
  });

  it('another host than any master: likely, since a name may be an alias', () => {
    const facts = factsOf([driverAt('rss-old:9097')], master(['11:45:45']));
    expect(masterUnreachable.apply({ facts, scope: scopeOf() })).toMatchObject([
      { code: 'config.wrong_path_or_endpoint', kind: 'inferred' },
    ]);
    const [finding] = masterUnreachable.apply({ facts, scope: scopeOf() });
    expect(finding?.values).not.toHaveProperty(['spark.celeborn.master.endpoints']);
  });

  it('the right address, and the master is refused at it', () => {
    const facts = factsOf([driverAt('rss-m1:9097')], { ...master(['11:45:04']), silences: [silent(true)] });
    const [finding] = masterUnreachable.apply({ facts, scope: scopeOf() });
    expect(finding).toMatchObject({
      code: 'shuffle.remote_service_unavailable',
      kind: 'observed',
      weight: 1,
      keys: { applicationId: APPLICATION, host: 'rss-m1' },
    });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['shuffle.remote_service_quota']);
    expect(finding?.statement.en).toContain("1 shuffle of the run silently used Spark's own shuffle");
  });

  it('the address is right when the run had connected to it, without a word of the service', () => {
    const facts = factsOf([driverAt('rss-m1:9097', connected('11:45:05', 'rss-m1:9097'))]);
    expect(masterUnreachable.apply({ facts, scope: scopeOf() })).toMatchObject([
      { code: 'shuffle.remote_service_unavailable', kind: 'observed' },
    ]);
  });

  it('workers that cannot reach the master either are the service’s own word', () => {
    const worker = workerLogOf(
      'rss-w1',
      '26/11/21 11:45:46,702 WARN [worker-forward-message-scheduler] MasterClient: Connect to rss-m1:9097 failed.',
    );
    const facts = factsOf([driverAt('rss-m1:9097'), worker], master(['11:45:04']));
    const [finding] = masterUnreachable.apply({ facts, scope: scopeOf() });
    expect(finding?.evidence.at(-1)).toMatchObject({ provenance: 'shuffle_service' });
  });

  it('near miss: nothing is known of the masters, so the address may as well be wrong', () => {
    const [finding] = masterUnreachable.apply({ facts: factsOf([driverAt('rss-m1:9079')]), scope: scopeOf() });
    expect(finding).toMatchObject({ code: 'shuffle.remote_service_unavailable', kind: 'inferred', weight: 0.6 });
    expect(finding?.statement.en).toContain('or the address is wrong');
    expect(finding?.keys).toEqual({ applicationId: APPLICATION });
  });

  it('near miss: a number and a name cannot be compared', () => {
    const facts = factsOf([driverAt('10.0.0.5:9097')], master(['11:45:45']));
    expect(masterUnreachable.apply({ facts, scope: scopeOf() })).toMatchObject([
      { code: 'shuffle.remote_service_unavailable', kind: 'inferred' },
    ]);
  });

  it('near miss: one master of three is away and the run did not notice', () => {
    const masters = ['rss-m1', 'rss-m2', 'rss-m3'].map((host) => ({
      host,
      leader: host === 'rss-m2',
      rpcPort: 9097,
      answeredAt: [at('11:45:00')],
      evidence: null,
    }));
    const facts = factsOf([], { masters, silences: [silent(true)] });
    expect(masterUnreachable.apply({ facts, scope: scopeOf() })).toMatchObject([{ echo: true }]);
  });

  it('near miss: user code prints the same words', () => {
    const printed = logOf('spark_driver', noMaster('11:45:26', 'rss-m1:9079').split('\n')[1] ?? '', {
      applicationId: APPLICATION,
    });
    expect(masterUnreachable.apply({ facts: factsOf([printed]), scope: scopeOf() })).toEqual([]);
  });

  it('says nothing without facts', () => {
    expect(masterUnreachable.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
