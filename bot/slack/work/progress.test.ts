import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Certain } from '../../investigation/what-is-certain.ts';
import type { StepState } from '../outlet/progress.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import { cardSaying, openTestDesk, type TestDesk } from './desk-fixture.ts';
import { type Progress, type ProgressOptions, showProgress } from './progress.ts';

const CERTAIN: Certain = {
  subject: { id: 'application_1_1', name: 'etl_orders' },
  ownership: { id: 'application_1_1', names: ['etl_orders'], user: 'ana', queue: null },
  state: 'failed',
  startedAt: null,
  endedAt: null,
  lines: [{ text: { en: 'the container was <killed>', zh: '容器被杀' }, source: 'yarn' }],
};
const channel = { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' };
const direct = { ...channel, channel: 'D1' };

let stage: TestDesk;
let stop: AbortController;
let shown: Progress[] = [];
beforeEach(async () => {
  stage = await openTestDesk();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await Promise.all(shown.map((progress) => progress.end()));
  shown = [];
  await stage.close();
});

function progressOf(more: Partial<ProgressOptions> = {}): Progress {
  const progress = showProgress(
    {
      key: 'k1',
      place: channel,
      user: 'U1',
      asked: 'why?',
      language: 'en',
      mayShow: async () => true,
      limited: false,
      onFirst: () => undefined,
      signal: stop.signal,
      firstMs: 1,
      everyMs: 5,
      ...more,
    },
    stage.desk,
  );
  shown.push(progress);
  return progress;
}

describe('in a channel', () => {
  it('is a card of its own, edited as it goes on, and the answer another message', async () => {
    let first = 0;
    const progress = progressOf({ onFirst: () => (first += 1) });
    await expect.poll(() => stage.stands.get('progress/k1')).toBeDefined();
    progress.hear({ kind: 'certain', certain: CERTAIN });
    await expect.poll(() => stage.stands.get('progress/k1')).toContain('etl_orders');
    await progress.finish(cardSaying('the cause'));
    expect(stage.stands.get('answer/k1')).toBe('the cause');
    expect(first).toBe(1);
    const count = stage.lines.length;
    await new Promise((done) => setTimeout(done, 30));
    expect(stage.lines).toHaveLength(count);
  });

  it('says nothing when the answer is there first', async () => {
    const progress = progressOf({ firstMs: 10_000 });
    await progress.finish(cardSaying('the cause'));
    expect([...stage.stands.keys()]).toEqual(['answer/k1']);
  });

  it('does not show what is certain, nor a step that names something, to who may not see it', async () => {
    const texts: string[] = [];
    const put = stage.desk.outlet.put;
    stage.desk.outlet.put = async (key, place, card, signal, priority) => {
      texts.push(JSON.stringify(card));
      return await put(key, place, card, signal, priority);
    };
    const statuses: (string | null)[] = [];
    stage.desk.outlet.status = async (_place, line) => void statuses.push(line);
    const progress = progressOf({ limited: true, mayShow: async () => false });
    progress.hear({ kind: 'step', line: 'looking at the platform' });
    progress.hear({ kind: 'certain', certain: CERTAIN });
    progress.hear({ kind: 'step', line: 'reading the log of etl_orders', names: true });
    await expect.poll(() => texts.some((text) => text.includes('looking at the platform'))).toBe(true);
    expect(texts.join() + statuses.join()).not.toContain('etl_orders');
  });

  it('shows such a step once it is known that everybody may see it', async () => {
    const progress = progressOf({ limited: true });
    progress.hear({ kind: 'certain', certain: CERTAIN });
    await Promise.resolve();
    await new Promise((done) => setImmediate(done));
    const statuses: (string | null)[] = [];
    stage.desk.outlet.status = async (_place, line) => void statuses.push(line);
    progress.hear({ kind: 'step', line: 'reading the log of etl_orders', names: true });
    expect(statuses).toEqual(['reading the log of etl_orders']);
  });

  it('goes on when it cannot be known who may see what', async () => {
    const progress = progressOf({ mayShow: async () => Promise.reject(new Error('Slack is away')) });
    progress.hear({ kind: 'certain', certain: CERTAIN });
    await expect.poll(() => stage.logged).toEqual(['it cannot be told who may see what is certain: Slack is away']);
  });

  it('is not tried again where nothing may be posted', async () => {
    stage.set({ refuses: () => new CannotPost('chat.postMessage', 'not_in_channel') });
    progressOf();
    await expect.poll(() => stage.logged.length).toBe(1);
    await new Promise((done) => setTimeout(done, 30));
    expect(stage.logged).toHaveLength(1);
  });

  it('is tried again after any other failure', async () => {
    let tries = 0;
    stage.set({
      refuses: () => {
        tries += 1;
        return tries === 1 ? new Error('once') : null;
      },
    });
    progressOf();
    await expect.poll(() => stage.stands.has('progress/k1')).toBe(true);
  });
});

describe('in a direct conversation', () => {
  /** A stream that keeps what it is told. */
  function streams() {
    const told: string[] = [];
    stage.desk.stream = () => ({
      step: (_id: string, title: string, state: StepState) => void told.push(`${title} ${state}`),
      certain: (lines) => void told.push(lines.join(' | ')),
      finish: async (card) => {
        told.push(`finish ${card.text}`);
        return direct;
      },
      fail: async () => void told.push('fail'),
    });
    return told;
  }

  it('is streamed, and becomes the answer', async () => {
    const told = streams();
    const progress = progressOf({ place: direct });
    await expect.poll(() => told.length).toBe(1);
    progress.hear({ kind: 'certain', certain: CERTAIN });
    await expect.poll(() => told.length).toBe(2);
    // Nothing that was read formats, links or calls people.
    expect(told[1]).toContain('the container was &lt;killed&gt;');
    await progress.finish(cardSaying('the cause'));
    expect(told.at(-1)).toBe('finish the cause');
    expect(stage.stands.size).toBe(0);
  });

  it('is ended when no answer comes of it: nothing writes on in a stream that nobody finishes', async () => {
    const told = streams();
    const progress = progressOf({ place: direct });
    await expect.poll(() => told.length).toBe(1);
    await progress.abandon();
    expect(told.at(-1)).toBe('fail');
    progress.hear({ kind: 'step', line: 'too late' });
    expect(told.at(-1)).toBe('fail');
  });

  it('does not fail work when its stream cannot be ended', async () => {
    streams();
    const make = stage.desk.stream;
    stage.desk.stream = (...given) => ({ ...make(...given), fail: async () => Promise.reject(new Error('gone')) });
    const progress = progressOf({ place: direct });
    await new Promise((done) => setTimeout(done, 10));
    await progress.abandon();
    expect(stage.logged).toEqual(['progress cannot be ended: gone']);
  });
});
