import { expect, test } from 'vitest';
import { fetchSourceOf } from './fetch-source.ts';

test('the provider and the shuffle of a failed fetch', () => {
  expect(
    fetchSourceOf('FetchFailed(BlockManagerId(7, h7, 7337, None), shuffleId=3, mapIndex=2, reduceId=5, message=\nx'),
  ).toEqual({
    executorId: '7',
    host: 'h7',
    port: 7337,
    shuffleId: 3,
  });
});

test('a failure that names nobody has none', () => {
  expect(fetchSourceOf('FetchFailed(null, shuffleId=0, mapIndex=-1, mapId=-1, reduceId=1, message=\nx\n)')).toBeNull();
  expect(fetchSourceOf('')).toBeNull();
  expect(fetchSourceOf('BlockManagerId('.repeat(10_000))).toBeNull();
});
