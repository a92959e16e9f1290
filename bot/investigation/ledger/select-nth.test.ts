import { describe, expect, it } from 'vitest';
import { seeded } from './fixtures/random-run.ts';
import { selectNth } from './select-nth.ts';

describe('selectNth', () => {
  it('finds what sorting finds, for any values and places', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const values = Float64Array.from({ length: 1 + Math.floor(random() * 60) }, () => Math.floor(random() * 12));
      const place = Math.floor(random() * values.length);
      const sorted = values.slice().sort();
      expect(selectNth(values.slice(), place), `seed ${seed}`).toBe(sorted[place]);
    }
  });

  it('is quick on sorted and on equal values', () => {
    const started = performance.now();
    selectNth(
      Float64Array.from({ length: 300_000 }, (_, i) => i),
      150_000,
    );
    selectNth(new Float64Array(300_000), 150_000);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
