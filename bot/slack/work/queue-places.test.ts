import { afterEach, beforeEach, expect, it } from 'vitest';
import { incomingOf } from '../../cases/inbox/incoming-fixture.ts';
import { FAIR, openTestDesk, type TestDesk } from './desk-fixture.ts';
import { type QueuePlaces, showQueuePlaces } from './queue-places.ts';

let stage: TestDesk;
let places: QueuePlaces;
beforeEach(async () => {
  stage = await openTestDesk();
});
afterEach(async () => {
  places.stop();
  // What is under way ends with it.
  await expect.poll(async () => (await stage.desk.inbox.counts()).taken, { timeout: 2_000 }).toBe(0);
  await stage.close();
});

const QUICK = { afterMs: 1, everyMs: 5, postMs: 500 };
const arrive = async (key: string, more: Partial<Parameters<typeof incomingOf>[0]> = {}) => {
  const incoming = incomingOf({ key, ...more });
  await stage.desk.inbox.receive(incoming);
  places.arrived(incoming);
  return incoming;
};
const cards = () => stage.lines.filter((line) => line.startsWith('put progress/'));

it('shows who waits how many are before them, and again when that changes', async () => {
  places = showQueuePlaces(stage.desk, 'w1', QUICK);
  await stage.desk.inbox.receive(incomingOf({ key: 'a', user: 'U0' }));
  await arrive('b', { order: '1700000001.000100' });
  await expect.poll(() => stage.stands.get('progress/b')).toContain('1 question is before yours');
  const first = await stage.desk.inbox.claim('w1', 30_000, FAIR, 'answer');
  expect(first?.incoming.key).toBe('a');
  await expect.poll(() => stage.stands.get('progress/b')).toContain('I start in a moment');
  await stage.desk.inbox.finish('a', 'w1', 'answered');
});

it('says nothing of what is begun at once, of buttons and of alerts', async () => {
  places = showQueuePlaces(stage.desk, 'w1', QUICK);
  await arrive('a', { way: 'alert', user: 'B1' });
  await arrive('b', {
    action: { name: 'cancel', caseId: null, diagnosis: null, input: {}, messageTs: null },
  });
  await stage.desk.inbox.receive(incomingOf({ key: 'c' }));
  for (let taken = 0; taken < 3; taken += 1) await stage.desk.inbox.claim('w2', 30_000, FAIR);
  places.arrived(incomingOf({ key: 'c' }));
  await new Promise((done) => setTimeout(done, 40));
  expect(cards()).toEqual([]);
  for (const key of ['a', 'b', 'c']) await stage.desk.inbox.finish(key, 'w2', 'answered');
});

it('holds what it posts for, so that nobody begins to answer it meanwhile, and lets it go whatever happens', async () => {
  let inPost: unknown = 'nothing was posted';
  stage.desk.outlet.put = async () => {
    inPost = await stage.desk.inbox.claim('w2', 1_000, FAIR, 'answer');
    throw new Error('Slack says no');
  };
  places = showQueuePlaces(stage.desk, 'w1', QUICK);
  await arrive('a');
  await expect.poll(() => stage.logged).toEqual(['a place in the queue cannot be shown: Slack says no']);
  expect(inPost).toBeNull();
  expect((await stage.desk.inbox.claim('w2', 1, FAIR, 'answer'))?.incoming.key).toBe('a');
  await stage.desk.inbox.finish('a', 'w2', 'answered');
});

it('leaves a card that takes longer than the hold, and tries the next time', async () => {
  let tries = 0;
  const put = stage.desk.outlet.put;
  stage.desk.outlet.put = async (key, place, card, signal, priority) => {
    tries += 1;
    if (tries > 1) return await put(key, place, card, signal, priority);
    return await new Promise((_done, broke) => signal.addEventListener('abort', () => broke(signal.reason)));
  };
  places = showQueuePlaces(stage.desk, 'w1', { ...QUICK, postMs: 10 });
  await arrive('a');
  await expect.poll(() => stage.stands.has('progress/a')).toBe(true);
  expect(stage.logged).toEqual([]);
});

it('shows nothing more of a question that was taken back', async () => {
  places = showQueuePlaces(stage.desk, 'w1', QUICK);
  const { place } = await arrive('a');
  await expect.poll(() => cards().length).toBeGreaterThan(0);
  const thread = await stage.desk.inbox.threadAt(place);
  await stage.desk.inbox.cancel(thread?.id ?? '');
  await new Promise((done) => setTimeout(done, 20));
  const count = cards().length;
  await new Promise((done) => setTimeout(done, 30));
  expect(cards()).toHaveLength(count);
});
