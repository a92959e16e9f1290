import { describe, expect, it } from 'vitest';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { changeRows } from './change-rows.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';

type Change = NonNullable<Diagnosis['comparison']>['changes'][number];

function rows(language: Language, ...changes: Change[]): string[] {
  const diagnosis = hostileDiagnosis(language);
  return changeRows({ ...diagnosis, comparison: diagnosis.comparison && { ...diagnosis.comparison, changes } });
}

describe('changeRows', () => {
  it('names a table by its last two folders, counts with separators, bytes in a unit', () => {
    const name = 'hdfs://ns1/user/hive/warehouse/ods.db/ad_click_log';
    expect(rows('en', { what: 'input', name: `${name} rows`, from: '400000', to: '1240000' })).toEqual([
      'ods.db/ad_click_log rows 400,000 → 1,240,000',
    ]);
    expect(rows('en', { what: 'input', name: `${name} bytes`, from: '1024', to: '21175580' })).toEqual([
      expect.stringMatching(/^ods\.db\/ad_click_log bytes 1(?:\.0)? KiB → 20\.2 MiB$/),
    ]);
    expect(rows('zh', { what: 'input', name: `${name} rows`, from: '1', to: '2' })).toEqual([
      'ods.db/ad_click_log 行数 1 → 2',
    ]);
  });

  it('leaves values of settings as they are, and shows what is absent', () => {
    expect(rows('en', { what: 'setting', name: 'spark.executor.memory', from: null, to: '4g' })).toEqual([
      'spark.executor.memory – → 4g',
    ]);
    expect(rows('en', { what: 'setting', name: 'spark.x bytes', from: '400000', to: 'rm -rf' })).toEqual([
      'spark.x bytes 400000 → rm -rf',
    ]);
    expect(rows('en', { what: 'plan', name: 'BroadcastHashJoin gone', from: null, to: null })).toEqual([
      'BroadcastHashJoin gone',
    ]);
  });

  it('is empty without a comparison', () => {
    expect(changeRows({ ...hostileDiagnosis('en'), comparison: null })).toEqual([]);
  });
});
