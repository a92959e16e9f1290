import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SEES_EVERYTHING } from '../access/viewer.ts';
import type { AnswerEvent, AnswerJob } from './answer-job.ts';
import { AnsweringLost, AnsweringTooLong, type AnswerPool, openAnswerPool, type PoolOptions } from './answer-pool.ts';

const DEMO = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
const STUBBORN = path.join(import.meta.dirname, 'stubborn-child-fixture.ts');
const pools: AnswerPool[] = [];
afterEach(async () => await Promise.all(pools.splice(0).map((pool) => pool.close())));

function pool(more: Partial<PoolOptions> = {}): AnswerPool {
  const opened = openAnswerPool({
    processes: 1,
    eachAtOnce: 1,
    deadlineMs: 60_000,
    memoryBytes: 2 ** 30,
    source: { from: DEMO, at: null, chartFont: null },
    environment: { PATH: process.env.PATH ?? '' },
    ...more,
  });
  pools.push(opened);
  return opened;
}

const job = (text: string): AnswerJob => ({
  kept: null,
  text,
  files: [],
  language: 'auto',
  cluster: null,
  viewer: SEES_EVERYTHING,
});
const ask = (from: AnswerPool, text: string, hear: (event: AnswerEvent) => void = () => undefined) =>
  from.answer(job(text), hear, new AbortController().signal);
const pidOf = async (from: AnswerPool) => {
  const result = await ask(from, 'who');
  return result.outcome === 'not_asked' ? result.why : '';
};

describe('the processes that answer', () => {
  it('answer a question on a recording from plain data, and go on with what was kept', {
    timeout: 60_000,
  }, async () => {
    const answering = pool();
    const events: AnswerEvent[] = [];
    const first = await ask(answering, 'item_vector_backfill executors die with exit code 137. Why?', (event) =>
      events.push(event),
    );
    if (first.outcome !== 'answered') throw new Error(first.why);
    const [diagnosis] = Object.values(first.diagnoses);
    expect(diagnosis?.rootCauses[0]?.code).toBe('kernel.memcg_oom');
    const [certain] = events.flatMap((event) => (event.kind === 'certain' ? [event.certain] : []));
    expect(certain).toMatchObject({ subject: { name: 'item_vector_backfill' }, state: 'failed' });
    const next = await answering.answer(
      { ...job('谁负责？'), kept: first.kept },
      () => undefined,
      new AbortController().signal,
    );
    if (next.outcome !== 'answered') throw new Error(next.why);
    expect(next.caseId).toBe(first.caseId);
    expect(first.about).toMatchObject([{ user: 'ml', queue: 'ads' }]);
    expect(first.charts.length).toBeGreaterThan(0);
    expect(
      Buffer.from(first.charts[0]?.png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const drawn = await answering.charts(
      { kept: next.kept, diagnosis: diagnosis?.id ?? '', language: 'en' },
      new AbortController().signal,
    );
    expect(drawn.map(({ kind }) => kind)).toEqual(first.charts.map(({ kind }) => kind));
    expect(Buffer.from(drawn[0]?.png ?? []).equals(Buffer.from(first.charts[0]?.png ?? []))).toBe(true);
    const page = await answering.page(
      { kept: next.kept, diagnosis: diagnosis?.id ?? '', language: 'en', feedback: [] },
      new AbortController().signal,
    );
    expect(page).toContain('item_vector_backfill');
    expect(page).toContain('谁负责？');
    expect(next.turn).toMatchObject({ number: 2, replies: [{ kind: 'responsible', language: 'zh' }] });
  });

  it('say that an answer is lost when their process ends, and are started anew', async () => {
    const answering = pool({ program: STUBBORN });
    const before = await pidOf(answering);
    await expect(ask(answering, 'die')).rejects.toThrow(AnsweringLost);
    expect(await pidOf(answering)).not.toBe(before);
  });

  it('tell what broke and go on', async () => {
    const answering = pool({ program: STUBBORN });
    await expect(ask(answering, 'break')).rejects.toThrow('Error: broken');
    expect(await pidOf(answering)).toMatch(/^\d+$/);
  });

  it('are replaced when one holds too much memory, without losing an answer', async () => {
    const answering = pool({ program: STUBBORN });
    const before = await pidOf(answering);
    expect(await ask(answering, 'grow')).toMatchObject({ why: before });
    expect(await pidOf(answering)).not.toBe(before);
  });

  it('say that an answer took too long, end the process that does not stop, and answer the next', {
    timeout: 15_000,
  }, async () => {
    const answering = pool({ program: STUBBORN, deadlineMs: 50 });
    await expect.poll(() => answering.ready()).toBe(true);
    await expect(ask(answering, 'hang')).rejects.toThrow(AnsweringTooLong);
    // It holds its place until it is gone.
    expect(answering.free()).toBe(0);
  });

  it('that cannot start are tried again later each time, and are not there', async () => {
    const logged: string[] = [];
    const folder = path.join(import.meta.dirname, 'no-such-program.mjs');
    const answering = pool({
      program: folder,
      deadlineMs: 300,
      log: (line) => logged.push(line),
      againMs: { first: 1, most: 40 },
    });
    await expect(ask(answering, 'who')).rejects.toThrow('no process was free in time');
    await expect.poll(() => logged.length).toBeGreaterThan(1);
    expect(logged[0]).toBe('a process that answers could not be started (1 times in a row)');
    expect(answering.ready()).toBe(false);
  });

  it('are ended and started anew when they never begin', async () => {
    const logged: string[] = [];
    const answering = pool({
      program: path.join(import.meta.dirname, 'silent-child-fixture.ts'),
      startMs: 20,
      againMs: { first: 1, most: 40 },
      log: (line) => logged.push(line),
    });
    await expect.poll(() => logged.length).toBeGreaterThan(0);
    expect(answering.ready()).toBe(false);
  });

  it('take no more at a time than they may', async () => {
    const answering = pool({ program: STUBBORN, eachAtOnce: 2 });
    await pidOf(answering);
    const stop = new AbortController();
    const hanging = [0, 1].map(() => answering.answer(job('hang'), () => undefined, stop.signal));
    expect(answering.free()).toBe(0);
    const third = pidOf(answering).catch((error: unknown) => error);
    const first = await Promise.race([third, new Promise((done) => setTimeout(done, 50, 'waits'))]);
    expect(first).toBe('waits');
    stop.abort();
    for (const one of hanging) await expect(one).rejects.toThrow(AnsweringLost);
    await answering.close();
    expect(await third).toBeInstanceOf(AnsweringLost);
  });
});
