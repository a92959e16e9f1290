import { describe, expect, it } from 'vitest';
import { CAUSES, causeOf } from '../../knowledge/causes/catalogue.ts';
import { settingOf } from '../../knowledge/causes/settings.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { hypothesisFixture } from '../investigation/joining/hypothesis-fixture.ts';
import { remediesFor } from './remedies.ts';

const MIB = 1 << 20;
const cite = (evidence: readonly unknown[]) => evidence.map((_, at) => `e${at + 1}`);
const KILLED: Partial<Finding> = { values: { limitBytes: 4608 * MIB, usedBytes: 4700 * MIB } };
const SETTINGS = { 'spark.executor.memory': '4g', 'spark.executor.memoryOverhead': '512m' };

describe('remediesFor', () => {
  it('puts the computed value under the direction that is about it, with its evidence', () => {
    const [first] = remediesFor(hypothesisFixture('kernel.memcg_oom', KILLED), SETTINGS, 'en', cite);
    expect(first?.statement).toBe(causeOf('kernel.memcg_oom').remediations[0]?.statement.en);
    expect(first?.settings).toEqual([
      {
        key: 'spark.executor.memoryOverhead',
        from: '512m',
        to: '1792m',
        because: expect.stringContaining('4700m'),
        evidence: ['e1'],
      },
    ]);
  });

  it('names no value that nobody computed', () => {
    for (const { code } of CAUSES) {
      const remedies = remediesFor(hypothesisFixture(code), {}, 'en', cite);
      expect(remedies.flatMap(({ settings }) => settings)).toEqual([]);
    }
  });

  it('names only settings of the catalogue, for every cause and both languages', () => {
    for (const { code } of CAUSES) {
      for (const language of ['en', 'zh'] as const) {
        for (const { statement, settings } of remediesFor(hypothesisFixture(code, KILLED), SETTINGS, language, cite)) {
          expect(statement.trim()).not.toBe('');
          for (const { key } of settings) expect(settingOf(key)?.key).toBe(key);
        }
      }
    }
  });

  it('tells the person who asks first, and at most two directions for each side', () => {
    for (const { code } of CAUSES) {
      const sides = remediesFor(hypothesisFixture(code), {}, 'en', cite).map(({ by }) => by);
      expect(sides).toEqual([...sides].sort().reverse());
      for (const side of ['user', 'platform']) expect(sides.filter((by) => by === side).length).toBeLessThanOrEqual(2);
    }
  });

  it('prefers the direction that has a value', () => {
    const larger = remediesFor(hypothesisFixture('memory.executor_heap_oom'), SETTINGS, 'en', cite);
    expect(larger[0]?.settings.map(({ key }) => key)).toEqual(['spark.executor.memory']);
  });

  it('speaks the language asked for', () => {
    const [en] = remediesFor(hypothesisFixture('kernel.memcg_oom', KILLED), SETTINGS, 'en', cite);
    const [zh] = remediesFor(hypothesisFixture('kernel.memcg_oom', KILLED), SETTINGS, 'zh', cite);
    expect(zh?.statement).toMatch(/[\u4e00-\u9fff]/);
    expect(zh?.settings[0]?.because).toMatch(/[\u4e00-\u9fff]/);
    expect(en?.statement).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
