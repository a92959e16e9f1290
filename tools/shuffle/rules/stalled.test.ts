import { describe, expect, it } from 'vitest';
import { quietConnection, stageDone } from '../fixtures/lines.ts';
import { APPLICATION, at, driverOf, executorOf, factsOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { stalled } from './stalled.ts';

const BLOCKED = executorOf(quietConnection('11:48:29', 'rss-w3', '4.0'));

describe('a stalled shuffle', () => {
  it('is blocked over three minutes and a fifth of its stage', () => {
    const facts = factsOf([BLOCKED, driverOf(stageDone('11:48:30', 0, '250.523'))]);
    const [finding] = stalled.apply({ facts, scope: scopeOf() });
    expect(finding).toMatchObject({
      code: 'shuffle.stall',
      kind: 'observed',
      keys: { applicationId: APPLICATION, stageId: 0 },
      values: { blockedMs: 240_000, stageMs: 250_523, workerHost: 'rss-w3' },
      at: at('11:44:29'),
    });
    expect(finding?.statement.en).toContain('96 %');
  });

  it('takes the stage from the event log where that was read', () => {
    const stages = [{ stageId: 4, from: at('11:44:00'), to: at('11:49:00') }];
    const [finding] = stalled.apply({ facts: factsOf([BLOCKED]), scope: scopeOf({ stages }) });
    expect(finding).toMatchObject({ kind: 'observed', keys: { stageId: 4 }, values: { stageMs: 300_000 } });
  });

  it('is only likely when no stage is known', () => {
    expect(stalled.apply({ facts: factsOf([BLOCKED]), scope: scopeOf() })).toMatchObject([{ kind: 'inferred' }]);
  });

  it('near miss: under three minutes', () => {
    const facts = factsOf([
      executorOf(quietConnection('11:48:29', 'rss-w3', '2.9')),
      driverOf(stageDone('11:48:30', 0, '200.0')),
    ]);
    expect(stalled.apply({ facts, scope: scopeOf() })).toEqual([]);
  });

  it('near miss: under a fifth of a long stage', () => {
    const facts = factsOf([BLOCKED, driverOf(stageDone('11:50:00', 0, '1500.0'))]);
    expect(stalled.apply({ facts, scope: scopeOf() })).toEqual([]);
  });

  it('says nothing without facts', () => {
    expect(stalled.apply({ facts: factsOf([]), scope: scopeOf() })).toEqual([]);
  });
});
