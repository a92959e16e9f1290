import { describe, expect, it } from 'vitest';
import { CloseLooks } from './close-looks.ts';

const FREE = 10;
function flooded(): CloseLooks {
  const looks = new CloseLooks(FREE);
  for (let hit = 0; hit < FREE; hit += 1) looks.wasVain();
  return looks;
}

describe('CloseLooks', () => {
  it('lets every hit be looked at until so many brought nothing', () => {
    const looks = new CloseLooks(FREE);
    for (let hit = 0; hit < FREE; hit += 1) {
      expect(looks.canPass(() => 1)).toBe(false);
      looks.wasVain();
    }
    expect([looks.canPass(() => 1), looks.canPass(() => 1)]).toEqual([false, true]);
  });

  it('looks at each new beginning even in a flood, once', () => {
    const looks = flooded();
    expect([1, 2, 1, 3, 2].map((key) => looks.canPass(() => key))).toEqual([false, false, true, false, true]);
  });

  it('looks at a share of the hits again as the log goes on', () => {
    const looks = flooded();
    looks.canPass(() => 1);
    expect(looks.canPass(() => 1)).toBe(true);
    looks.came(2 << 10);
    expect(looks.canPass(() => 1)).toBe(false);
    looks.wasVain();
    expect(looks.canPass(() => 1)).toBe(true);
  });

  it('remembers no more beginnings than fit: the others are passed too', () => {
    const looks = flooded();
    for (let key = 0; key < 50_000; key += 1) looks.canPass(() => key);
    expect(looks.canPass(() => -1)).toBe(true);
  });
});
