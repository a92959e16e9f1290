import { expect, it } from 'vitest';
import { fellBack, quotaUsedUp as line, quotaUnasked } from '../fixtures/lines.ts';
import { driverOf, factsOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { quotaUsedUp } from './quota-used-up.ts';

it('gives the master’s own figures', () => {
  const facts = factsOf([driverOf([line('11:45:26'), fellBack('11:45:26', 1)].join('\n'))]);
  const [finding] = quotaUsedUp.apply({ facts, scope: scopeOf() });
  expect(finding).toMatchObject({ code: 'shuffle.remote_service_quota', kind: 'observed' });
  expect(finding?.values.figures).toContain('120.0 GiB exceeds quota(100.0 GiB)');
});

it('suggests no more without figures', () => {
  const facts = factsOf([
    driverOf(
      '26/11/21 11:45:26 WARN CelebornShuffleFallbackPolicyRunner: Quota exceed for current user `default`.`etl`.',
    ),
  ]);
  expect(quotaUsedUp.apply({ facts, scope: scopeOf() })).toMatchObject([{ kind: 'inferred' }]);
});

it('near miss: the same words when the question itself failed are no quota', () => {
  const facts = factsOf([driverOf(quotaUnasked('11:45:26'))]);
  expect(quotaUsedUp.apply({ facts, scope: scopeOf() })).toEqual([]);
});

it('says nothing without facts', () => {
  expect(quotaUsedUp.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
});
