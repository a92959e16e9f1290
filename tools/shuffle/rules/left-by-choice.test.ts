import { expect, it } from 'vitest';
import { fellBack, manyPartitions, noWorkers } from '../fixtures/lines.ts';
import { driverOf, factsOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { leftByChoice } from './left-by-choice.ts';

it('tells that there are more partitions than the limit', () => {
  const facts = factsOf([driverOf([manyPartitions('11:47:00', 600_000, 500_000), fellBack('11:47:00', 2)].join('\n'))]);
  const [finding] = leftByChoice.apply({ facts, scope: scopeOf() });
  expect(finding).toMatchObject({ code: null, echo: true, kind: 'observed', values: { partitions: 600_000 } });
  expect(finding?.statement.en).toContain('600,000 partitions are over the limit of 500,000');
});

it('says when the log gives no reason', () => {
  const [finding] = leftByChoice.apply({ facts: factsOf([driverOf(fellBack('11:47:00', 2))]), scope: scopeOf() });
  expect(finding).toMatchObject({ kind: 'inferred' });
});

it('near miss: the service had no workers, which another rule tells', () => {
  const facts = factsOf([driverOf([noWorkers('11:47:00'), fellBack('11:47:00', 2)].join('\n'))]);
  expect(leftByChoice.apply({ facts, scope: scopeOf() })).toEqual([]);
});

it('says nothing of a run that stayed', () => {
  expect(leftByChoice.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
});
