import { expect, test } from 'vitest';
import type { Candidate } from './candidate.ts';
import { namedOutright } from './named-outright.ts';

const run = (...names: string[]): Candidate => ({
  id: 'application_1700000000000_0004',
  kind: 'spark_application',
  names,
  user: 'etl',
  queue: null,
  startedAt: 1,
  endedAt: 2,
  state: 'failed',
  sparkHandle: null,
});

test('a job whose name reads like a function or a path', () => {
  const known = [run('ads_vec_udf', 'stderr'), run('dws_out_path')];
  expect(namedOutright('ads_vec_udf tasks die on node01, disks?', known)).toEqual(['ads_vec_udf']);
  expect(namedOutright('dws_out_path失败了', known)).toEqual(['dws_out_path']);
});

test('near misses: a part of another word, a plain word, nothing known', () => {
  expect(namedOutright('ads_vec_udf_v2 fails', [run('ads_vec_udf')])).toEqual([]);
  expect(namedOutright('the stderr is empty', [run('stderr')])).toEqual([]);
  expect(namedOutright('ads_vec_udf fails', [])).toEqual([]);
});
