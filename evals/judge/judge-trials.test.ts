import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelAt } from '../../bot/agent/agent-fixture.ts';
import { type ChatScript, chatServer } from '../../bot/agent/chat-server/chat-server.ts';
import { giveAnswer } from '../../bot/agent/chat-server/chat-step.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { demoCase } from '../../bot/investigation/fixtures/demo-case.ts';
import type { ScoredTrial } from '../report/suite-result.ts';
import { openTrialStore } from '../suite/trial-store.ts';
import type { Trial } from '../trial/trial.ts';
import { judgeTrials } from './judge-trials.ts';

let diagnosis: Diagnosis;
beforeAll(async () => {
  diagnosis = (await demoCase('failed-run')).diagnosis;
}, 60_000);

/** A double of a judge that says yes to everything. */
const YES: ChatScript = ({ messages }) => {
  const places = messages.flatMap(({ content }) =>
    [...(content ?? '').matchAll(/^(q\d): /gm)].map(([, place]) => place),
  );
  return giveAnswer({ verdicts: places.map((question) => ({ question, reason: 'x', answer: 'yes' })) });
};

function trial(askId: string, summary: string | null): Trial {
  return {
    id: `${askId} rules #1`,
    askId,
    diagnosis: summary === null ? null : { ...diagnosis, summary },
    status: summary === null ? 'crashed' : 'ran',
  } as Trial;
}

async function judged(trials: Trial[], script: ChatScript, more: { only?: string[]; maxUsd?: number } = {}) {
  const server = await chatServer(script);
  try {
    const settings = { ...modelAt(server.url), prices: { 'strong-model': { inputUsd: 1, outputUsd: 1 } } };
    const only = more.only ? new Set(more.only) : null;
    const options = { seed: 1, only, maxUsd: more.maxUsd ?? null };
    return {
      all: await judgeTrials(trials, settings, options, new AbortController().signal),
      asked: server.asked.length,
    };
  } finally {
    await server.close();
  }
}

describe('judgeTrials', { timeout: 30_000 }, () => {
  it('judges each text of an ask once, nothing that crashed, and only what was chosen', async () => {
    const trials = [trial('a', 'one'), trial('a', 'one'), trial('a', 'two'), trial('b', null), trial('c', 'three')];
    const { all, asked } = await judged(trials, YES, { only: ['a', 'b'] });
    expect(all.map(({ askId, judgement }) => [askId, judgement.judged])).toEqual(Array(3).fill(['a', true]));
    expect(asked).toBe(2);
  });

  it('gives up on a judge that is down: nothing is judged, nothing is no', async () => {
    const trials = ['a', 'b', 'c', 'd', 'e'].map((ask) => trial(ask, ask));
    const { all, asked } = await judged(trials, () => ({ do: 'fail', status: 401 }));
    expect(all.every(({ judgement }) => !judgement.judged)).toBe(true);
    expect(asked).toBe(3);
    expect(all.at(-1)?.judgement).toMatchObject({ why: 'the judge is down' });
  });

  it('spends no more than it may', async () => {
    const trials = ['a', 'b', 'c'].map((ask) => trial(ask, ask));
    const { all, asked } = await judged(trials, YES, { maxUsd: 0.000_001 });
    expect(asked).toBe(1);
    expect(all.at(-1)?.judgement).toMatchObject({ judged: false, why: '0.000001 USD are spent' });
  });
});

describe('node evals/judge/main.ts', { timeout: 60_000 }, () => {
  const run = promisify(execFile);
  const MAIN = path.join(import.meta.dirname, 'main.ts');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wherefore-judge-'));
    openTrialStore(folder, '0').add({ trial: trial('yarn-022-item-vector-backfill/asked-1', 'one') } as ScoredTrial);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints the agreement and then what the judge thinks', async () => {
    const server = await chatServer(YES);
    const env = { ...process.env, WHEREFORE_JUDGE_URL: server.url, WHEREFORE_JUDGE_MODEL: 'double' };
    const { stdout } = await run(process.execPath, [MAIN, '--from', folder], { env }).finally(() => server.close());
    expect(stdout.indexOf('Agreement of the judge')).toBe(0);
    expect(stdout).toContain('1 of 1 answers judged');
    expect(stdout).toContain('not shown as a score until kappa ≥ 0.6 on ≥ 50 labels that a person stands by');
  });

  it('says that there is no judge', async () => {
    const env = { ...process.env, WHEREFORE_JUDGE_URL: '' };
    const failed = run(process.execPath, [MAIN, '--from', folder], { env });
    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('no judge') });
  });
});
