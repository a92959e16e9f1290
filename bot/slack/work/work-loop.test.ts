import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import { incomingOf } from '../../cases/inbox/incoming-fixture.ts';
import { FAIR, openTestDesk, type TestDesk } from './desk-fixture.ts';
import { LOST, STOPPING, startWork, TAKEN_BACK, type WorkEnd, type WorkLoop, type WorkOptions } from './work-loop.ts';

let stage: TestDesk;
let loops: WorkLoop[] = [];
beforeEach(async () => {
  stage = await openTestDesk();
});
afterEach(async () => {
  await Promise.all(loops.map((loop) => loop.stop(0)));
  loops = [];
  await stage.close();
});

/** A loop that is quick, with work that a test ends. */
function started(work: WorkOptions['work'], more: Partial<WorkOptions> = {}): WorkLoop {
  const loop = startWork({
    inbox: stage.desk.inbox,
    worker: 'w1',
    atOnce: 2,
    shares: FAIR,
    work,
    log: stage.desk.log,
    renewMs: 10,
    leaseMs: 10_000,
    pollMs: 10,
    lateMs: 50,
    ...more,
  });
  loops.push(loop);
  return loop;
}

const receive = async (key: string, more: Partial<Parameters<typeof incomingOf>[0]> = {}) =>
  await stage.desk.inbox.receive(incomingOf({ key, ...more }));
const finished = async () => (await stage.desk.inbox.counts()).finished;
const ended = (signal: AbortSignal) =>
  new Promise<never>((_done, broke) => signal.addEventListener('abort', () => broke(new Error(String(signal.reason)))));

it('works on what is there and what comes, and no more at a time than it may', async () => {
  let now = 0;
  let most = 0;
  const done: string[] = [];
  for (const key of ['1', '2', '3']) await receive(key);
  const loop = started(async ({ incoming }) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((go) => setTimeout(go, 5));
    now -= 1;
    done.push(incoming.key);
    return { finish: 'answered' };
  });
  await expect.poll(async () => (await finished()).answered).toBe(3);
  await receive('4');
  loop.ring();
  await expect.poll(async () => (await finished()).answered).toBe(4);
  expect(most).toBe(2);
  expect(done.sort()).toEqual(['1', '2', '3', '4']);
});

it('gives back what breaks, logs it, and goes on', async () => {
  await receive('1');
  await receive('2');
  started(async ({ incoming }) => {
    if (incoming.key === '1') throw new Error('broken');
    return { finish: 'told' };
  });
  await expect.poll(async () => (await finished()).told).toBe(1);
  await expect.poll(async () => (await stage.desk.inbox.counts()).waiting).toBe(1);
  expect(stage.logged).toEqual(['work on a message broke: broken']);
});

it('tells the work that its asker took it back, and notes the word of the work', async () => {
  const reasons: unknown[] = [];
  await receive('1');
  const ends: WorkEnd[] = [{ finish: 'answered' }];
  started(async ({ thread }, signal) => {
    await stage.desk.inbox.cancel(thread.id);
    await ended(signal).catch(() => reasons.push(signal.reason));
    return ends[0] as WorkEnd;
  });
  // The answer stood already.
  await expect.poll(async () => (await finished()).answered).toBe(1);
  expect(reasons).toEqual([TAKEN_BACK]);
  expect((await finished()).cancelled).toBe(0);
});

it('has it told when the work could not say so itself', async () => {
  await receive('1');
  const seen: Claimed[] = [];
  started(
    async (claimed) => {
      seen.push(claimed);
      if (claimed.takenBack) return { finish: 'cancelled' };
      await stage.desk.inbox.cancel(claimed.thread.id);
      throw new Error('died');
    },
    { renewMs: 60_000, now: () => 0 },
  );
  await expect.poll(async () => seen.map(({ takenBack }) => takenBack)).toEqual([false, true]);
  await expect.poll(async () => (await stage.desk.inbox.claim('x', 1, FAIR)) === null).toBe(true);
});

it('lets telling so go on: that it was taken back does not end it', async () => {
  await receive('1');
  const thread = await stage.desk.inbox.threadAt(incomingOf({ key: '1' }).place);
  await stage.desk.inbox.cancel(thread?.id ?? '');
  let aborted = true;
  started(async (_claimed, signal) => {
    await new Promise((go) => setTimeout(go, 40));
    aborted = signal.aborted;
    return { finish: 'cancelled' };
  });
  await expect.poll(() => aborted).toBe(false);
});

it('stops work whose lease another holds, and says nothing of its end', async () => {
  await receive('1');
  const reasons: unknown[] = [];
  started(async ({ incoming }, signal) => {
    await stage.desk.inbox.release(incoming.key, 'w1', Date.now() + 60_000);
    await ended(signal).catch(() => reasons.push(signal.reason));
    return { finish: 'answered' };
  });
  await expect.poll(() => reasons).toEqual([LOST]);
  expect((await finished()).answered).toBe(0);
});

it('counts what it cannot renew as lost when the lease is over', async () => {
  await receive('1');
  const reasons: unknown[] = [];
  const away = { ...stage.desk.inbox, renew: async () => Promise.reject(new Error('the store is away')) };
  started(
    async (_claimed, signal) => {
      await ended(signal).catch(() => reasons.push(signal.reason));
      return { finish: 'answered' };
    },
    { inbox: away, leaseMs: 40 },
  );
  await expect.poll(() => reasons[0]).toBe(LOST);
});

it('asks again when the inbox could not be asked', async () => {
  await receive('1');
  let asked = 0;
  const flaky = {
    ...stage.desk.inbox,
    claim: async (...given: Parameters<typeof stage.desk.inbox.claim>) => {
      asked += 1;
      if (asked === 1) throw new Error('away');
      return await stage.desk.inbox.claim(...given);
    },
  };
  started(async () => ({ finish: 'answered' }), { inbox: flaky });
  await expect.poll(async () => (await finished()).answered).toBe(1);
  expect(stage.logged).toEqual(['the inbox cannot be asked: away']);
});

it('waits at a stop for what ends by itself, then gives the rest back, and takes nothing more', async () => {
  await receive('1');
  await receive('2');
  let reason: unknown = null;
  const begun: string[] = [];
  const loop = started(async ({ incoming }, signal) => {
    begun.push(incoming.key);
    if (incoming.key === '1') return { finish: 'answered' };
    await ended(signal).catch(() => {
      reason = signal.reason;
    });
    signal.throwIfAborted();
    return { finish: 'answered' };
  });
  await expect.poll(() => begun.length).toBe(2);
  await receive('3');
  await loop.stop(5);
  expect(reason).toBe(STOPPING);
  const counts = await stage.desk.inbox.counts();
  expect(counts).toMatchObject({ waiting: 2, taken: 0, finished: { answered: 1 } });
  loop.ring();
  expect(begun).toEqual(['1', '2']);
});

it('does not wait for ever for what does not stop', async () => {
  await receive('1');
  let begun = false;
  const loop = started(async () => {
    begun = true;
    return await new Promise<never>(() => undefined);
  });
  await expect.poll(() => begun).toBe(true);
  await loop.stop(5);
  expect(stage.logged).toEqual(['1 under way did not stop and are left behind']);
});

it('ends whatever still runs for work that is done', async () => {
  await receive('1');
  let signal: AbortSignal | null = null;
  started(async (_claimed, given) => {
    signal = given;
    return { finish: 'answered' };
  });
  await expect.poll(() => signal?.aborted).toBe(true);
});
