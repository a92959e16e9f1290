import { describe, expect, it } from 'vitest';
import { externalServiceRefused, lifecycleManager, stageDone } from '../fixtures/lines.ts';
import { APPLICATION, driverOf, evidenceOf, factsOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { serviceMismatch } from './service-mismatch.ts';

const REFUSED = externalServiceRefused('11:47:00', 'spark-n1');
const CELEBORN = 'org.apache.spark.shuffle.celeborn.SparkShuffleManager';

function settings(manager: string, enabled: string) {
  return {
    values: { 'spark.shuffle.manager': manager, 'spark.shuffle.service.enabled': enabled },
    evidence: evidenceOf('event log'),
  };
}

describe('an external shuffle service looked for in vain', () => {
  it('by a run whose settings name a remote manager', () => {
    const scope = scopeOf({ settings: settings(CELEBORN, 'true') });
    expect(serviceMismatch.apply({ facts: factsOf([driverOf(REFUSED)]), scope })).toMatchObject([
      {
        code: 'config.shuffle_service_mismatch',
        keys: { applicationId: APPLICATION },
        responsibility: 'user',
        values: { 'spark.shuffle.service.enabled': 'false' },
      },
    ]);
  });

  it('by a run in whose log the remote manager speaks', () => {
    const facts = factsOf([driverOf([lifecycleManager('11:44:00'), REFUSED].join('\n'))]);
    expect(serviceMismatch.apply({ facts, scope: scopeOf() })).toHaveLength(1);
  });

  it('keeps the run from all work, unless some stage ended', () => {
    const lines = [lifecycleManager('11:44:00'), REFUSED];
    const [none] = serviceMismatch.apply({ facts: factsOf([driverOf(lines.join('\n'))]), scope: scopeOf() });
    expect(none?.values.blocksProgress).toBe('true');
    const worked = [...lines, stageDone('11:46:00', 0, '3.1')].join('\n');
    const [some] = serviceMismatch.apply({ facts: factsOf([driverOf(worked)]), scope: scopeOf() });
    expect(some?.values).not.toHaveProperty('blocksProgress');
  });

  it('near miss: a run with Spark’s own manager misses its service, which is another cause', () => {
    const scope = scopeOf({ settings: settings('sort', 'true') });
    expect(serviceMismatch.apply({ facts: factsOf([driverOf(REFUSED)]), scope })).toEqual([]);
  });

  it('near miss: a remote manager alone is no fault', () => {
    const scope = scopeOf({ settings: settings(CELEBORN, 'true') });
    expect(serviceMismatch.apply({ facts: factsOf([driverOf(lifecycleManager('11:44:00'))]), scope })).toEqual([]);
  });

  it('says nothing without facts', () => {
    expect(serviceMismatch.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
