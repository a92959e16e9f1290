import { describe, expect, it } from 'vitest';
import { readJudgeSettings } from './judge-settings.ts';

const GIVEN = {
  WHEREFORE_JUDGE_URL: 'http://judge.example/v1',
  WHEREFORE_JUDGE_KEY: 'key-of-the-judge',
  WHEREFORE_JUDGE_MODEL: 'judge-model',
  WHEREFORE_JUDGE_PRICES: 'judge-model=1/2',
};

function read(more: Record<string, string> = {}) {
  const problems: string[] = [];
  return { settings: readJudgeSettings({ ...GIVEN, ...more }, problems), problems };
}

describe('readJudgeSettings', () => {
  it('reads the settings of the product’s model under the judge’s own names', () => {
    const { settings, problems } = read({ WHEREFORE_JUDGE_DEADLINE_SECONDS: '7' });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      baseUrl: 'http://judge.example/v1',
      apiKey: 'key-of-the-judge',
      strongModel: 'judge-model',
      prices: { 'judge-model': { inputUsd: 1, outputUsd: 2 } },
      limits: { modelCalls: 2, deadlineMs: 7_000 },
    });
  });

  it('takes nothing of the model that answers, and refuses to be that model', () => {
    const problems: string[] = [];
    const answering = { WHEREFORE_MODEL_URL: 'http://model.example/v1', WHEREFORE_MODEL_STRONG: 'judge-model' };
    expect(readJudgeSettings(answering, problems)).toBeNull();
    expect(problems).toEqual([]);
    expect(read(answering)).toEqual({
      settings: null,
      problems: ['WHEREFORE_JUDGE_MODEL: is the model that answers; take one of another family'],
    });
  });

  it('tells problems by the judge’s names and never a value', () => {
    expect(read({ WHEREFORE_JUDGE_MODEL: '' }).problems).toEqual([
      expect.stringContaining('set WHEREFORE_JUDGE_MODEL, too'),
    ]);
    const { settings, problems } = read({ WHEREFORE_JUDGE_DEADLINE_SECONDS: 'soon' });
    expect(settings).toBeNull();
    expect(problems.join()).toMatch(/^WHEREFORE_JUDGE_DEADLINE_SECONDS: /);
    expect(problems.join()).not.toContain('soon');
  });
});
