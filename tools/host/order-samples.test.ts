import { describe, expect, it } from 'vitest';
import { orderSamples } from './order-samples.ts';

const sample = (name: string, at: number | null, copy: string, writes: number) => ({ name, at, copy, writes });
const order = (samples: ReturnType<typeof sample>[]) =>
  orderSamples(samples, (entry) => new Map([['writes', entry.writes]])).map((entry) => entry.name);

describe('orderSamples', () => {
  it('puts a copy of unknown time where its counter fits', () => {
    const first = sample('first', 1000, '', 10);
    const last = sample('last', null, '', 90);
    expect(order([last, sample('during', null, 'during', 50), first])).toEqual(['first', 'during', 'last']);
    expect(order([last, sample('after', null, 'after', 95), first])).toEqual(['first', 'last', 'after']);
    expect(order([last, sample('before', null, 'before', 5), first])).toEqual(['before', 'first', 'last']);
  });

  it('leaves out a copy that fits nowhere', () => {
    const two = orderSamples(
      [
        { at: 1, copy: '', a: 5, b: 5 },
        { at: null, copy: 'x', a: 9, b: 1 },
      ],
      (entry) =>
        new Map([
          ['a', entry.a],
          ['b', entry.b],
        ]),
    );
    expect(two).toHaveLength(1);
  });
});
