import { describe, expect, it } from 'vitest';
import { driverOf, executorOf, factsOf, type Meters, meterOf, scopeOf } from '../fixtures/shuffle-case.ts';
import { congested } from './congested.ts';

function meters(load: number, produced: number): Meters {
  return {
    potentialConsumeSpeed: [meterOf('rss-w1', { '11:47:00': 50 << 20 })],
    produceSpeed: [
      meterOf('rss-w1', { '11:47:00': produced / 2 }, 'etl'),
      meterOf('rss-w1', { '11:47:00': produced / 2 }, 'ads'),
    ],
    highWorkload: [meterOf('rss-w1', { '11:47:00': load })],
  };
}

describe('congestion', () => {
  it('more is pushed than the worker can take', () => {
    const facts = factsOf([], { meters: meters(1, 120 << 20) });
    expect(congested.apply({ facts, scope: scopeOf() })).toMatchObject([
      { code: 'shuffle.remote_service_push', kind: 'inferred', values: { producedBytesPerS: 120 << 20 } },
    ]);
  });

  it('the client is told', () => {
    const executor = executorOf(
      '26/11/21 11:47:00 WARN ShuffleClientImpl: Push data to rss-w1:9101 return PUSH_DATA_SUCCESS_PRIMARY_CONGESTED for shuffle 0 map 1',
    );
    expect(congested.apply({ facts: factsOf([executor]), scope: scopeOf() })).toMatchObject([{ kind: 'observed' }]);
  });

  it('near miss: the worker takes all, or is not under load', () => {
    expect(congested.apply({ facts: factsOf([], { meters: meters(1, 10 << 20) }), scope: scopeOf() })).toEqual([]);
    expect(congested.apply({ facts: factsOf([], { meters: meters(0, 120 << 20) }), scope: scopeOf() })).toEqual([]);
  });

  it('says nothing where the control is off: no such meter', () => {
    expect(congested.apply({ facts: factsOf([driverOf('')]), scope: scopeOf() })).toEqual([]);
  });
});
