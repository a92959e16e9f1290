import { describe, expect, it } from 'vitest';
import { KnownFigures, unknownFigures } from './check-figures.ts';

const known = new KnownFigures();
known.addNumber(2.4 * 1024 ** 3, 'bytes');
known.addNumber(58_000, 'duration');
known.addNumber(0.61);
known.addText('502,083 rows, exit code 137, "Memory":536870912, "Run Time":113094, anon-rss:803884kB');
known.addMoment(Date.UTC(2026, 10, 21, 11, 29, 22));

const unknown = (text: string) => unknownFigures(text, known);

describe('unknownFigures', () => {
  it('knows a figure in whatever unit of its kind it is printed', () => {
    expect(unknown('2.4 GiB were used, 58 s were lost, 61 % of the rows')).toEqual([]);
    expect(unknown('2458 MiB, 58,000 ms, 502,083 rows, 803884 kB')).toEqual([]);
  });

  it('takes a bare number of an excerpt as bytes or milliseconds', () => {
    expect(unknown('512 MiB were asked for; it ran 113.1 s')).toEqual([]);
  });

  it('finds an invented figure', () => {
    expect(unknown('73 GiB were used')).toEqual(['73 GiB']);
    expect(unknown('it would save 41 minutes')).toEqual(['41 minutes']);
    expect(unknown('62 % of the rows; 502,084 rows')).toEqual(['62 %', '502,084']);
  });

  it('does not take one kind for another', () => {
    // 137 is an exit code, 58 s a time, 61 % a share: none is a size, a number of rows or another unit.
    expect(unknown('137 GiB')).toEqual(['137 GiB']);
    expect(unknown('137 minutes')).toEqual(['137 minutes']);
    expect(unknown('58 rows')).toEqual(['58']);
    expect(unknown('58 min')).toEqual(['58 min']);
    expect(unknown('2.4 TiB')).toEqual(['2.4 TiB']);
  });

  it('takes small counts for language, small measurements not', () => {
    expect(unknown('one of the 3 attempts, the first 4 tasks')).toEqual([]);
    expect(unknown('raise it by 3 GiB')).toEqual(['3 GiB']);
    expect(unknown('9 %')).toEqual(['9 %']);
  });

  it('allows for rounding and for no more', () => {
    expect(unknown('2.40 GiB')).toEqual([]);
    expect(unknown('2.41 GiB')).toEqual(['2.41 GiB']);
    expect(unknown('2 GiB')).toEqual([]);
    expect(unknown('3 GiB')).toEqual(['3 GiB']);
  });

  it('checks times of day and dates', () => {
    expect(unknown('failed at 11:29:22 UTC, or 11:29, on 2026-11-21')).toEqual([]);
    expect(unknown('failed at 11:31:22 UTC')).toEqual(['11:31:22']);
    expect(unknown('failed on 2026-11-20')).toEqual(['2026-11-20']);
  });
});
