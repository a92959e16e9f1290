import { describe, expect, it } from 'vitest';
import { pushFailed, split } from '../fixtures/lines.ts';
import { driverOf, executorOf, factsOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { partitionSplit } from './partition-split.ts';

const many = (partition: number, times: number) =>
  Array.from({ length: times }, (_, epoch) => split('11:47:00', { [partition]: epoch + 1 })).join('\n');

describe('splits of partitions', () => {
  it('one large partition is the job’s skew', () => {
    const facts = factsOf([driverOf([many(37, 12), split('11:47:10', { 2: 1 })].join('\n'))]);
    const [finding] = partitionSplit.apply({ facts, scope: scopeOf() });
    expect(finding).toMatchObject({ code: 'skew.join_key', kind: 'inferred', values: { partition: 37, splits: 12 } });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['shuffle.remote_service_push']);
  });

  it('one partition among many that are split too', () => {
    const all = Object.fromEntries(Array.from({ length: 20 }, (_, partition) => [partition, 9]));
    const facts = factsOf([driverOf(split('11:47:00', { ...all, 5: 60 }))]);
    expect(partitionSplit.apply({ facts, scope: scopeOf() })).toMatchObject([{ values: { partition: 5, splits: 60 } }]);
  });

  it('near miss: all partitions are split alike', () => {
    const all = Object.fromEntries(Array.from({ length: 20 }, (_, partition) => [partition, 12]));
    const facts = factsOf([driverOf(split('11:47:00', all))]);
    expect(partitionSplit.apply({ facts, scope: scopeOf() })).toEqual([]);
  });

  it('near miss: moves away from a worker that failed', () => {
    const facts = factsOf([driverOf(many(37, 12)), executorOf(pushFailed('11:47:00', 'rss-w3'))]);
    expect(partitionSplit.apply({ facts, scope: scopeOf() })).toEqual([]);
  });

  it('near miss: a few splits are normal', () => {
    expect(partitionSplit.apply({ facts: factsOf([driverOf(many(37, 3))]), scope: scopeOf() })).toEqual([]);
  });

  it('says nothing without facts', () => {
    expect(partitionSplit.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
