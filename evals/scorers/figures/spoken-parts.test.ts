import { describe, expect, it } from 'vitest';
import { spokenParts } from './spoken-parts.ts';

const taken = (text: string) => {
  const { figures, clocks, names } = spokenParts(text);
  return { figures: figures.map(({ text: said, measure }) => `${said} ${measure}`), clocks, names };
};

describe('a text taken apart', () => {
  it('into figures with units, times of day and names', () => {
    expect(
      taken(
        'container_17_0001_01_000002 on bd-node11 used 791.2 MB of 768 MB at 11:05:36.404Z [e8], after 12 min 27 s',
      ),
    ).toEqual({
      figures: ['791.2 MB bytes', '768 MB bytes', '12 min 27 s duration'],
      clocks: ['11:05:36'],
      names: ['container_17_0001_01_000002', 'bd-node11'],
    });
  });

  it('Chinese too', () => {
    expect(taken('本次用时 1 分 23 秒，平时 31 秒；spark.executor.memory 512m，占 73 %')).toEqual({
      figures: ['1 分 23 秒 duration', '31 秒 duration', '512m bytes', '73 % percent'],
      clocks: [],
      names: ['spark.executor.memory'],
    });
  });

  it('with paths, ports and versions as names, and placeholders as nothing', () => {
    expect(taken('rss-m1:9097 (0.6.3) wrote /mnt/disk1 and 1,240,000 rows; see /jobs/<id>/exceptions').names).toEqual([
      'rss-m1:9097',
      '0.6.3',
      '/mnt/disk1',
    ]);
  });
});
