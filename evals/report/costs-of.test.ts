import { expect, it } from 'vitest';
import { costsOf } from './costs-of.ts';
import { madeUpResult } from './suite-result-fixture.ts';

it('costs are told where they were told: money of a model, no row for what nobody used', () => {
  const { scored } = madeUpResult([
    { durationMs: 100, usd: 0.02 },
    { askId: 'b-2-x/asked-1', durationMs: 300 },
    { askId: 'c-3-x/asked-1', durationMs: 200, status: 'crashed' },
  ]);
  const rows = costsOf(scored);
  expect(rows.map(({ name }) => name)).toEqual(['time to the answer', 'sources read', 'tool calls', 'money']);
  expect(rows[0]).toEqual({
    name: 'time to the answer',
    unit: 'ms',
    of: 3,
    median: 200,
    p95: 290,
    most: 300,
    sum: 600,
  });
  expect(rows[3]).toMatchObject({ of: 1, sum: 0.02 });
});
