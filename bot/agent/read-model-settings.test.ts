import { describe, expect, it } from 'vitest';
import { readModelSettings } from './read-model-settings.ts';

const URL_AND_NAME = { WHEREFORE_MODEL_URL: 'http://vllm.example:8000/v1/', WHEREFORE_MODEL_SMALL: 'Qwen/Qwen3-8B' };

function problemsOf(given: Record<string, string>): string[] {
  const problems: string[] = [];
  expect(readModelSettings(given, problems)).toBeNull();
  return problems;
}

describe('the settings of the model', () => {
  it('are none when nothing is set', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('need an address and a name; the rest has defaults, names masked', () => {
    expect(readModelSettings(URL_AND_NAME, [])).toEqual({
      baseUrl: 'http://vllm.example:8000/v1',
      apiKey: null,
      smallModel: 'Qwen/Qwen3-8B',
      strongModel: 'Qwen/Qwen3-8B',
      prices: {},
      limits: {
        modelCalls: 8,
        inputTokens: 60_000,
        outputTokens: 6_000,
        deadlineMs: 60_000,
        idleMs: 20_000,
        usd: null,
      },
      extras: {},
      leaves: 'masked',
    });
  });

  it('are read each by its meaning', () => {
    const settings = readModelSettings(
      {
        ...URL_AND_NAME,
        WHEREFORE_MODEL_KEY: 'sk-test',
        WHEREFORE_MODEL_STRONG: 'llama3:70b',
        WHEREFORE_MODEL_PRICES: 'Qwen/Qwen3-8B=0.15/0.60, llama3:70b=2/8',
        WHEREFORE_MODEL_MAX_USD: '0.05',
        WHEREFORE_MODEL_DEADLINE_SECONDS: '30',
        WHEREFORE_MODEL_MASKING: 'off',
        WHEREFORE_MODEL_EXTRAS: '{"chat_template_kwargs": {"enable_thinking": false}}',
      },
      [],
    );
    expect(settings).toMatchObject({
      apiKey: 'sk-test',
      strongModel: 'llama3:70b',
      prices: { 'Qwen/Qwen3-8B': { inputUsd: 0.15, outputUsd: 0.6 }, 'llama3:70b': { inputUsd: 2, outputUsd: 8 } },
      limits: { usd: 0.05, deadlineMs: 30_000 },
      extras: { chat_template_kwargs: { enable_thinking: false } },
      leaves: 'all',
    });
  });

  it('that are wrong are all named at once, without their values', () => {
    const told = problemsOf({
      WHEREFORE_MODEL_URL: 'ftp://user:hunter2@host',
      WHEREFORE_MODEL_KEY: 'hunter2\r\nx',
      WHEREFORE_MODEL_PRICES: 'hunter2',
      WHEREFORE_MODEL_MAX_CALLS: '0',
      WHEREFORE_MODEL_MAX_INPUT_TOKENS: 'many',
      WHEREFORE_MODEL_MAX_USD: '-1',
      WHEREFORE_MODEL_MASKING: 'perhaps',
      WHEREFORE_MODEL_EXTRAS: '{"stream": false}',
    }).join('\n');
    for (const place of [
      'WHEREFORE_MODEL_URL: set WHEREFORE_MODEL_SMALL or WHEREFORE_MODEL_STRONG',
      'WHEREFORE_MODEL_URL: is no http or https URL',
      'WHEREFORE_MODEL_KEY: holds no key',
      'WHEREFORE_MODEL_PRICES: is no list',
      'WHEREFORE_MODEL_MAX_CALLS',
      'WHEREFORE_MODEL_MAX_INPUT_TOKENS',
      'WHEREFORE_MODEL_MAX_USD',
      'WHEREFORE_MODEL_MASKING',
      'WHEREFORE_MODEL_EXTRAS: stream cannot be set here',
    ])
      expect(told).toContain(place);
    expect(told).not.toContain('hunter2');
  });

  it('without an address are named', () => {
    expect(problemsOf({ WHEREFORE_MODEL_KEY: 'sk-test', WHEREFORE_MODEL_SMALL: 'x' })).toEqual([
      'WHEREFORE_MODEL_KEY, WHEREFORE_MODEL_SMALL: WHEREFORE_MODEL_URL is not set',
    ]);
  });

  it('limit no money that cannot be counted', () => {
    expect(problemsOf({ ...URL_AND_NAME, WHEREFORE_MODEL_MAX_USD: '1', WHEREFORE_MODEL_PRICES: 'other=1/2' })).toEqual([
      'WHEREFORE_MODEL_MAX_USD: WHEREFORE_MODEL_PRICES has no price of Qwen/Qwen3-8B',
    ]);
  });
});
