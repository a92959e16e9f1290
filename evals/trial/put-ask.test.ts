import { describe, expect, it } from 'vitest';
import { readScenarios } from '../scenario/read-scenarios.ts';
import type { Truth } from '../scorers/scorer.ts';
import { RULES_ANSWERER } from '../variants/rules-answerer.ts';
import { type Answerer, NotRun, type PutQuestion } from './answerer.ts';
import type { Ask } from './ask.ts';
import { asksOf } from './asks-of.ts';
import { putAsk } from './put-ask.ts';
import type { Trial } from './trial.ts';

const [scenario] = readScenarios().filter(({ id }) => id.startsWith('yarn-022'));
if (scenario === undefined) throw new Error('the scenario of these tests is gone');
const asks = asksOf([scenario], 3);
const askNamed = (form: Ask['form']) => asks.find((ask) => ask.form === form) as Ask;
const place = { variant: 'rules', attempt: 1 } as const;
const both = async (trial: Trial, truth: Truth) => ({ trial, truth });

describe('putAsk', { timeout: 60_000 }, () => {
  it('gives whoever answers the question and the platform, and nothing of the truth', async () => {
    let put: PutQuestion | null = null;
    const nosy: Answerer = {
      answer: async (given) => {
        put = given;
        return await RULES_ANSWERER.answer(given);
      },
    };
    const { trial } = await putAsk(askNamed('asked'), nosy, place, both);
    expect(Object.keys(put ?? {}).sort()).toEqual(['attachments', 'onFirst', 'platform', 'question', 'signal']);
    const { files } = await (put as unknown as PutQuestion).platform.files();
    expect(files.filter(({ source }) => /scenario|truth/.test(source))).toEqual([]);
    expect(trial).toMatchObject({ status: 'ran', askId: `${scenario.id}/asked-1`, form: 'asked', why: null });
    expect(trial.firstMs).toBeGreaterThan(0);
    expect(trial.firstMs).toBeLessThanOrEqual(trial.durationMs);
  });

  it('knows what was opened, and what was not', async () => {
    const lazy: Answerer = {
      answer: async ({ platform }) => {
        const { files } = await platform.files();
        void files[0]?.realPath;
        throw new Error('enough');
      },
    };
    const { trial, truth } = await putAsk(askNamed('asked'), lazy, place, both);
    const { files } = await truth.platform.files();
    expect(trial.read).toEqual([files[0]?.source]);
    const whole = await putAsk(askNamed('asked'), RULES_ANSWERER, place, both);
    const cited = new Set(whole.trial.diagnosis?.evidence.map(({ source }) => source));
    expect(cited.size).toBeGreaterThan(2);
    expect([...cited].filter((source) => !whole.trial.read.includes(source))).toEqual([]);
  });

  it('puts a renamed capture with the truth in its names, and takes it away again', async () => {
    let folder = '';
    const { trial, truth } = await putAsk(
      askNamed('renamed'),
      {
        answer: async (put) => {
          folder = (await put.platform.files()).files[0]?.realPath ?? '';
          return await RULES_ANSWERER.answer(put);
        },
      },
      place,
      async (trial, truth) => {
        const { files } = await truth.platform.files();
        const sources = new Set(files.map(({ source }) => source));
        const gold = truth.scenario.expected.evidence.flatMap(({ places }) => places.map(({ source }) => source));
        expect(gold.length).toBeGreaterThan(0);
        expect(gold.filter((source) => !sources.has(source) && !source.startsWith('http/'))).toEqual([]);
        return { trial, truth };
      },
    );
    expect(trial.question).not.toContain('item_vector_backfill');
    expect(trial.diagnosis?.rootCauses[0]?.code).toBe(scenario.expected.causes[0]);
    expect(JSON.stringify(trial.diagnosis)).not.toContain('item_vector_backfill');
    expect(truth.scenario.expected.evidence).not.toEqual(scenario.expected.evidence);
    expect(folder).not.toContain(scenario.id);
    await expect(import('node:fs/promises').then(({ stat }) => stat(folder))).rejects.toThrow('ENOENT');
  });

  it('tells a crash from what was not run', async () => {
    const failing = (error: Error): Answerer => ({
      answer: async () => {
        throw error;
      },
    });
    const crashed = await putAsk(askNamed('asked'), failing(new TypeError('no such property')), place, both);
    expect(crashed.trial).toMatchObject({ status: 'crashed', diagnosis: null });
    expect(crashed.trial.why).toContain('no such property');
    const down = await putAsk(askNamed('asked'), failing(new NotRun('the model is down')), place, both);
    expect(down.trial).toMatchObject({ status: 'not_run', why: 'the model is down' });
  });
});
