import { describe, expect, it } from 'vitest';
import { buildJob, node, ORDERS, scan, usualPlan } from './fixtures/build-job.ts';
import { inputChanges } from './input-changes.ts';

function changes(slow: Parameters<typeof buildJob>[0], ...usual: Parameters<typeof buildJob>[0][]) {
  return inputChanges(
    buildJob(slow).run,
    usual.map((spec) => buildJob(spec).run),
  ).map(({ name, from, to }) => `${name} ${from} → ${to}`);
}

const grown = (times: number) =>
  usualPlan({
    orders: { rows: ORDERS.rows * times, bytes: ORDERS.bytes * times, files: ORDERS.files * times },
    day: '2026-11-20',
  });

describe('inputChanges', () => {
  it('names relation and figures, its date partition taken out', () => {
    expect(changes({ plan: grown(2) }, {})).toEqual([
      'hdfs://ns1/ods/orders rows 6000000 → 12000000',
      'hdfs://ns1/ods/orders bytes 600000000 → 1200000000',
      'hdfs://ns1/ods/orders files 12 → 24',
    ]);
  });

  it('compares with the middle of several runs', () => {
    expect(changes({ plan: grown(2) }, { plan: grown(2) }, { plan: grown(2) }, {})).toEqual([]);
  });

  it('passes over the change from day to day', () => {
    expect(changes({ plan: usualPlan({ orders: { ...ORDERS, rows: 6_300_000 } }) }, {})).toEqual([]);
  });

  it('counts a relation once, however often it is scanned', () => {
    const orders = scan('hdfs://ns1/ods/orders/dt=2026-11-19', ORDERS);
    expect(changes({ plan: node('Union', {}, orders, orders, orders) }, { plan: orders })).toEqual([]);
  });

  it('does not take rows that were computed again from the same files for more rows', () => {
    expect(changes({ plan: usualPlan({ orders: { ...ORDERS, rows: ORDERS.rows * 3 } }) }, {})).toEqual([]);
  });

  it('does not take what a run that goes on has not read yet for less input', () => {
    const half = buildJob({ plan: grown(0.5) }).run;
    const more = buildJob({ plan: grown(2) }).run;
    const goesOn = (run: typeof half) => ({
      ...run,
      completeness: { ...run.completeness, end: 'in_progress' as const },
    });
    const usual = [buildJob({}).run];
    expect(inputChanges(half, usual)).not.toEqual([]);
    expect(inputChanges(goesOn(half), usual)).toEqual([]);
    expect(inputChanges(goesOn(more), usual)).toEqual(inputChanges(more, usual));
  });

  it('has nothing to compare for a relation the history never read', () => {
    expect(changes({ plan: scan('hdfs://ns1/ods/refunds', ORDERS) }, {})).toEqual([]);
  });
});
