import { expect, it } from 'vitest';
import type { Finding } from '../../evidence/finding.ts';
import { asWritten } from './as-written.ts';

const piece = (source: string, provenance: Finding['evidence'][number]['provenance']) => ({
  source,
  provenance,
  area: 'spark' as const,
  at: null,
  fromLine: 1,
  toLine: 1,
  excerpt: 'x',
});
const finding: Finding = {
  area: 'spark',
  rule: 'spark/failed-jobs',
  kind: 'observed',
  code: null,
  symptom: 'job_failed',
  statement: { en: 'Job 1 failed', zh: 'Job 1 失败' },
  keys: {},
  at: null,
  evidence: [piece('attach:1', 'engine'), piece('hdfs/logs/app-1', 'engine'), piece('attach:1', 'user_process')],
  count: 1,
  weight: 1,
  values: {},
};
const writers = (findings: readonly Finding[]) => findings[0]?.evidence.map(({ provenance }) => provenance);

it('records of a log that was handed in are the word of the asker, those of the other run stay the engine’s', () => {
  const runs = [
    { sources: ['attach:1'], provenance: 'asker' as const },
    { sources: ['hdfs/logs/app-1'], provenance: 'engine' as const },
  ];
  expect(writers(asWritten([finding], runs))).toEqual(['asker', 'engine', 'user_process']);
});

it('changes nothing where the platform wrote all', () => {
  expect(asWritten([finding], [{ sources: ['attach:1'], provenance: 'engine' }])).toEqual([finding]);
});
