import { expect, it } from 'vitest';
import { describeStores } from '../database/describe-stores.ts';
import { openKeptCases } from '../kept-cases/open-kept-cases.ts';
import type { Action } from './incoming.ts';
import { incomingOf } from './incoming-fixture.ts';
import { openInbox } from './open-inbox.ts';

const ROOMY = { perUser: 1_000, perChannel: 1_000 };
const LEASE = 30_000;
const PRESSED: Action = { name: 'cancel', caseId: null, diagnosis: null, input: {}, messageTs: null };
const at = (microseconds: number) => `1700000000.${String(microseconds).padStart(6, '0')}`;

describeStores('the inbox', (store) => {
  const opened = async (now?: () => number) => openInbox(await store().open(), now);
  const clocked = async () => {
    const clock = { ms: 1_700_000_000_000 };
    return { clock, inbox: await opened(() => clock.ms) };
  };
  const keyOf = (claimed: { incoming: { key: string } } | null) => claimed?.incoming.key ?? null;

  it('stores what arrives once, whatever became of it', async () => {
    const { inbox } = await clocked();
    const incoming = incomingOf({ key: 'k1' });
    expect(await inbox.receive(incoming)).toBe('new');
    expect(await inbox.receive(incoming)).toBe('known');
    const claimed = await inbox.claim('w', LEASE, ROOMY);
    expect(claimed).toMatchObject({ incoming, lane: 'answer', attempt: 1, receivedAtMs: 1_700_000_000_000 });
    expect(claimed?.thread).toMatchObject({ place: incoming.place, caseId: null });
    expect(await inbox.receive(incoming)).toBe('known');
    expect(await inbox.finish('k1', 'w', 'answered')).toBe(true);
    expect(await inbox.finish('k1', 'w', 'answered')).toBe(true);
    expect(await inbox.receive(incoming)).toBe('known');
    expect(await inbox.claim('w', LEASE, ROOMY)).toBeNull();
    expect(await inbox.counts()).toEqual({
      waiting: 0,
      taken: 0,
      finished: { answered: 1, told: 0, cancelled: 0, ignored: 0 },
    });
  });

  it('gives back at once what workers held that are gone, and nothing of the others', async () => {
    const { inbox } = await clocked();
    for (const key of ['k1', 'k2', 'k3']) await inbox.receive(incomingOf({ key }));
    expect(await inbox.claim('gone', LEASE, ROOMY)).not.toBeNull();
    expect(await inbox.hold('k2', 'gone', LEASE)).not.toBeNull();
    expect(keyOf(await inbox.claim('alive', LEASE, ROOMY))).toBe('k3');
    expect(await inbox.claim('next', LEASE, ROOMY)).toBeNull();
    expect(await inbox.releaseGone((worker) => worker === 'gone')).toBe(2);
    expect(await inbox.claim('next', LEASE, ROOMY)).toMatchObject({ incoming: { key: 'k1' }, attempt: 2 });
    expect(await inbox.claim('next', LEASE, ROOMY)).toMatchObject({ incoming: { key: 'k2' }, attempt: 1 });
    expect([await inbox.renew('k1', 'gone', LEASE), await inbox.renew('k3', 'alive', LEASE)]).toEqual(['lost', 'held']);
    expect(await inbox.releaseGone((worker) => worker === 'gone')).toBe(0);
  });

  it('stores it once when replicas get it at the same moment, with its thread or without', async () => {
    const replicas = await Promise.all([opened(), opened(), opened()]);
    for (const threadTs of [at(1), null]) {
      const incoming = incomingOf({ key: `k ${threadTs}`, threadTs });
      const said = await Promise.all(replicas.map((inbox) => inbox.receive(incoming)));
      expect(said.sort()).toEqual(['known', 'known', 'new']);
    }
    const rows = await (await store().open()).query('select count(*) as n from threads');
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('never gives the same to two workers, and gives everything', async () => {
    const replicas = await Promise.all([opened(), opened()]);
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    for (const [index, key] of keys.entries())
      await replicas[0]?.receive(incomingOf({ key, threadTs: at(index), user: `U${index % 7}` }));
    const workers = replicas.flatMap((inbox, replica) =>
      [0, 1, 2].map((worker) => ({ inbox, name: `${replica} ${worker}` })),
    );
    const taken = await Promise.all(
      workers.map(async ({ inbox, name }) => {
        const mine: string[] = [];
        for (;;) {
          const claimed = await inbox.claim(name, LEASE, ROOMY);
          if (claimed === null) return mine;
          mine.push(claimed.incoming.key);
        }
      }),
    );
    expect(taken.flat().sort()).toEqual(keys.sort());
  });

  it('gives a thread to one worker at a time, in the order of its messages', async () => {
    const { inbox } = await clocked();
    for (const order of [3, 1, 2])
      await inbox.receive(incomingOf({ key: `k${order}`, threadTs: at(1), order: at(order) }));
    for (const key of ['k1', 'k2', 'k3']) {
      expect(keyOf(await inbox.claim('w', LEASE, ROOMY))).toBe(key);
      expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
      await inbox.finish(key, 'w', 'answered');
    }
  });

  it('keeps the order when the first is given back for later', async () => {
    const { clock, inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'k1', threadTs: at(1), order: at(1) }));
    await inbox.receive(incomingOf({ key: 'k2', threadTs: at(1), order: at(2) }));
    await inbox.claim('w', LEASE, ROOMY);
    expect(await inbox.release('k1', 'w', clock.ms + 60_000)).toBe(true);
    expect(await inbox.release('k1', 'w', clock.ms + 60_000)).toBe(false);
    expect(await inbox.claim('w', LEASE, ROOMY)).toBeNull();
    clock.ms += 60_000;
    expect(await inbox.claim('w', LEASE, ROOMY)).toMatchObject({ incoming: { key: 'k1' }, attempt: 2 });
  });

  it('gives on what a dead worker held, and tells it so when it comes back', async () => {
    const { clock, inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'k1' }));
    await inbox.claim('w', LEASE, ROOMY);
    clock.ms += LEASE - 1;
    expect(await inbox.renew('k1', 'w', LEASE)).toBe('held');
    clock.ms += LEASE - 1;
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    clock.ms += 1;
    expect(await inbox.claim('v', LEASE, ROOMY)).toMatchObject({ incoming: { key: 'k1' }, attempt: 2 });
    expect(await inbox.renew('k1', 'w', LEASE)).toBe('lost');
    expect(await inbox.finish('k1', 'w', 'answered')).toBe(false);
    expect(await inbox.release('k1', 'w', 0)).toBe(false);
    expect(await inbox.finish('k1', 'v', 'told')).toBe(true);
    expect(await inbox.renew('unknown', 'v', LEASE)).toBe('lost');
  });

  it('lets users take turns: one who asks 80 times holds nobody up, and everybody is told their place', async () => {
    const { inbox } = await clocked();
    for (let index = 0; index < 80; index += 1)
      await inbox.receive(incomingOf({ key: `many${index}`, user: 'Umany', threadTs: at(index), order: at(index) }));
    for (let index = 0; index < 20; index += 1)
      await inbox.receive(
        incomingOf({ key: `one${index}`, user: `U${index}`, threadTs: at(100 + index), order: at(100 + index) }),
      );
    const sample = ['many0', 'many1', 'many40', 'many79', 'one0', 'one7', 'one19'];
    const foreseen = await Promise.all(sample.map((key) => inbox.ahead(key)));
    const order: string[] = [];
    for (let index = 0; index < 100; index += 1) order.push(keyOf(await inbox.claim('w', LEASE, ROOMY)) ?? '');
    expect(order.slice(0, 21)).toEqual(['many0', ...Array.from({ length: 20 }, (_, n) => `one${n}`)]);
    expect(order.slice(21)).toEqual(Array.from({ length: 79 }, (_, n) => `many${n + 1}`));
    expect(foreseen).toEqual(sample.map((key) => order.indexOf(key)));
    expect(await inbox.ahead('many0')).toBeNull();
  });

  it('counts what a user has under way: who has less goes first, also when it ends one by one', async () => {
    const { inbox } = await clocked();
    const ask = (key: string, user: string, n: number) =>
      inbox.receive(incomingOf({ key, user, threadTs: at(n), order: at(n) }));
    await ask('a1', 'Ua', 1);
    await ask('a2', 'Ua', 2);
    await ask('a3', 'Ua', 3);
    expect(keyOf(await inbox.claim('w', LEASE, ROOMY))).toBe('a1');
    await ask('b1', 'Ub', 4);
    await ask('b2', 'Ub', 5);
    expect([await inbox.ahead('b1'), await inbox.ahead('b2'), await inbox.ahead('a2')]).toEqual([0, 2, 1]);
    expect(keyOf(await inbox.claim('w', LEASE, ROOMY))).toBe('b1');
    await inbox.finish('a1', 'w', 'answered');
    await inbox.finish('b1', 'w', 'answered');
    const order: (string | null)[] = [];
    for (let n = 0; n < 3; n += 1) {
      const key = keyOf(await inbox.claim('w', LEASE, ROOMY));
      order.push(key);
      await inbox.finish(key ?? '', 'w', 'answered');
    }
    expect(order).toEqual(['a2', 'b2', 'a3']);
  });

  it('holds to the shares of a user and of a channel', async () => {
    const { inbox } = await clocked();
    for (let n = 0; n < 3; n += 1)
      await inbox.receive(incomingOf({ key: `a${n}`, user: 'Ua', threadTs: at(n), order: at(n) }));
    await inbox.receive(incomingOf({ key: 'b', user: 'Ub', threadTs: at(8), order: at(8) }));
    const elsewhere = { team: 'T1', channel: 'C2', threadTs: at(9) };
    await inbox.receive(incomingOf({ key: 'c', user: 'Uc', place: elsewhere, order: at(9) }));
    const shares = { perUser: 1, perChannel: 2 };
    const first = [
      await inbox.claim('w', LEASE, shares),
      await inbox.claim('w', LEASE, shares),
      await inbox.claim('w', LEASE, shares),
    ];
    expect(first.map(keyOf)).toEqual(['a0', 'b', 'c']);
    expect(await inbox.claim('w', LEASE, shares)).toBeNull();
    await inbox.finish('b', 'w', 'answered');
    expect(await inbox.claim('w', LEASE, shares)).toBeNull();
    await inbox.finish('a0', 'w', 'answered');
    expect(keyOf(await inbox.claim('w', LEASE, shares))).toBe('a1');
  });

  it('does small things beside a question, and takes back what waits and what is under way', async () => {
    const { inbox } = await clocked();
    const [q1, q2] = [
      incomingOf({ key: 'q1', threadTs: at(1), order: at(1) }),
      incomingOf({ key: 'q2', threadTs: at(1), order: at(2) }),
    ];
    await inbox.receive(q1);
    await inbox.receive(q2);
    const claimed = await inbox.claim('w', LEASE, { perUser: 1, perChannel: 1 });
    await inbox.receive(incomingOf({ key: 'press', threadTs: at(1), order: at(3), way: 'button', action: PRESSED }));
    expect(await inbox.claim('v', LEASE, { perUser: 1, perChannel: 1 }, 'answer')).toBeNull();
    const press = await inbox.claim('v', LEASE, { perUser: 1, perChannel: 1 }, 'aside');
    expect(press).toMatchObject({ incoming: { key: 'press' }, lane: 'aside', thread: { id: claimed?.thread.id } });
    expect(await inbox.cancel(press?.thread.id ?? '')).toEqual(['q1', 'q2']);
    expect(await inbox.cancel(press?.thread.id ?? '')).toEqual([]);
    expect(await inbox.finish('press', 'v', 'answered')).toBe(true);

    await inbox.receive(incomingOf({ key: 'q3', threadTs: at(1), order: at(4) }));
    const told = await inbox.claim('v', LEASE, ROOMY, 'aside');
    expect(told).toMatchObject({ incoming: { key: 'q2' }, takenBack: true });
    expect(await inbox.finish('q2', 'v', 'cancelled')).toBe(true);
    // The worker of the first still writes: the next waits until it has stopped.
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    expect(await inbox.renew('q1', 'w', LEASE)).toBe('cancelled');
    // Its answer stood already when it was taken back.
    expect(await inbox.finish('q1', 'w', 'answered')).toBe(true);
    expect(keyOf(await inbox.claim('v', LEASE, ROOMY))).toBe('q3');
    expect((await inbox.counts()).finished).toEqual({ answered: 2, told: 0, cancelled: 1, ignored: 0 });
  });

  it('hands out what was taken back until somebody has told so, and not at once when telling failed', async () => {
    const { clock, inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'q1', threadTs: at(1), order: at(1) }));
    const thread = await inbox.threadAt({ team: 'T1', channel: 'C1', threadTs: at(1) });
    await inbox.cancel(thread?.id ?? '');
    expect(await inbox.claim('w', LEASE, ROOMY, 'answer')).toBeNull();
    expect(await inbox.claim('w', LEASE, ROOMY, 'aside')).toMatchObject({ takenBack: true, attempt: 1 });
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    expect(await inbox.release('q1', 'w', clock.ms + 5_000)).toBe(true);
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    clock.ms += 5_000;
    expect(await inbox.claim('v', LEASE, ROOMY)).toMatchObject({ takenBack: true, attempt: 2 });
    clock.ms += LEASE;
    // The one who was telling died.
    expect(await inbox.claim('w', LEASE, ROOMY)).toMatchObject({ takenBack: true, attempt: 3 });
    expect(await inbox.finish('q1', 'w', 'cancelled')).toBe(true);
    clock.ms += 10 * LEASE;
    expect(await inbox.claim('w', LEASE, ROOMY)).toBeNull();
  });

  it('lets a person take back only their own, and what a bot asked', async () => {
    const { inbox } = await clocked();
    for (const [key, user] of [
      ['q1', 'U1'],
      ['q2', 'U2'],
      ['q3', 'B7'],
    ] as const)
      await inbox.receive(incomingOf({ key, user, threadTs: at(1), order: at(Number(key.slice(1))) }));
    const thread = await inbox.threadAt({ team: 'T1', channel: 'C1', threadTs: at(1) });
    expect(await inbox.cancel(thread?.id ?? '', 'U2')).toEqual(['q2', 'q3']);
    expect(await inbox.cancel(thread?.id ?? '', 'U22')).toEqual([]);
  });

  it('opens a thread again when the worker of what was taken back died', async () => {
    const { clock, inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'q1', threadTs: at(1), order: at(1) }));
    await inbox.receive(incomingOf({ key: 'other', threadTs: at(2), order: at(2) }));
    const claimed = await inbox.claim('w', LEASE, ROOMY);
    await inbox.cancel(claimed?.thread.id ?? '');
    await inbox.receive(incomingOf({ key: 'q2', threadTs: at(1), order: at(3) }));
    expect(keyOf(await inbox.claim('v', 3 * LEASE, ROOMY))).toBe('other');
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    clock.ms += LEASE;
    expect(await inbox.claim('v', LEASE, ROOMY, 'aside')).toMatchObject({ incoming: { key: 'q1' }, takenBack: true });
    await inbox.finish('q1', 'v', 'cancelled');
    expect(keyOf(await inbox.claim('v', LEASE, ROOMY))).toBe('q2');
  });

  it('holds a message while its place is posted: nobody else takes it or holds it, and it waits on as before', async () => {
    const { inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'q1', threadTs: at(1), order: at(1) }));
    await inbox.receive(incomingOf({ key: 'q2', threadTs: at(1), order: at(2) }));
    const held = await inbox.hold('q1', 'w', LEASE);
    expect(held).toMatchObject({ incoming: { key: 'q1' }, lane: 'answer', attempt: 0, thread: { caseId: null } });
    expect(await inbox.hold('q1', 'v', LEASE)).toBeNull();
    expect(await inbox.hold('q1', 'w', LEASE)).toBeNull();
    // Neither itself nor what stands behind it in the thread.
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    // Only who holds it lets it go.
    await inbox.letWait('q1', 'v');
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    await inbox.letWait('q1', 'w');
    expect(await inbox.claim('v', LEASE, ROOMY)).toMatchObject({ incoming: { key: 'q1' }, attempt: 1 });
  });

  it('counts what is held neither as work under way nor as a turn', async () => {
    const { inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'a1', user: 'Ua', threadTs: at(1), order: at(1) }));
    await inbox.receive(incomingOf({ key: 'a2', user: 'Ua', threadTs: at(2), order: at(2) }));
    const shares = { perUser: 1, perChannel: 1 };
    await inbox.hold('a2', 'w', LEASE);
    expect(keyOf(await inbox.claim('v', LEASE, shares))).toBe('a1');
    await inbox.finish('a1', 'v', 'answered');
    await inbox.receive(incomingOf({ key: 'b1', user: 'Ub', threadTs: at(3), order: at(3) }));
    await inbox.letWait('a2', 'w');
    // Ub was never served, Ua was: that a2 was held gives it no turn and takes none.
    expect([await inbox.ahead('b1'), await inbox.ahead('a2')]).toEqual([0, 1]);
  });

  it('does not hold what is taken, done, aside or not there', async () => {
    const { inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'q1', threadTs: at(1) }));
    await inbox.claim('w', LEASE, ROOMY);
    expect(await inbox.hold('q1', 'v', LEASE)).toBeNull();
    // To let go of what one does not hold leaves the other's work alone.
    await inbox.letWait('q1', 'w');
    expect(await inbox.renew('q1', 'w', LEASE)).toBe('held');
    await inbox.finish('q1', 'w', 'answered');
    expect(await inbox.hold('q1', 'v', LEASE)).toBeNull();
    await inbox.receive(incomingOf({ key: 'press', threadTs: at(2), way: 'button', action: PRESSED }));
    expect([await inbox.hold('press', 'v', LEASE), await inbox.hold('none', 'v', LEASE)]).toEqual([null, null]);
  });

  it('gives on what a dead worker held to post its place', async () => {
    const { clock, inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'q1', threadTs: at(1) }));
    await inbox.hold('q1', 'w', LEASE);
    clock.ms += LEASE;
    expect(await inbox.claim('v', LEASE, ROOMY)).toMatchObject({ incoming: { key: 'q1' }, attempt: 1 });
  });

  it('knows in which threads somebody has something waiting or under way', async () => {
    const { inbox } = await clocked();
    for (const [key, user, thread] of [
      ['a1', 'Ua', 1],
      ['a2', 'Ua', 1],
      ['a3', 'Ua', 2],
      ['b1', 'Ub', 3],
    ] as const)
      await inbox.receive(incomingOf({ key, user, threadTs: at(thread), order: at(thread) }));
    const threadOf = async (n: number) =>
      (await inbox.threadAt({ ...incomingOf({ key: 'x' }).place, threadTs: at(n) }))?.id ?? '';
    const { team } = incomingOf({ key: 'x' }).place;
    const both = [await threadOf(1), await threadOf(2)].sort();
    expect([...(await inbox.underWayOf(team, 'Ua'))].sort()).toEqual(both);
    const claimed = await inbox.claim('w', LEASE, ROOMY);
    expect([...(await inbox.underWayOf(team, 'Ua'))].sort()).toEqual(both);
    await inbox.finish(keyOf(claimed) ?? '', 'w', 'answered');
    await inbox.cancel(await threadOf(1));
    expect(await inbox.underWayOf(team, 'Ua')).toEqual([await threadOf(2)]);
    expect([await inbox.underWayOf('T2', 'Ub'), await inbox.underWayOf(team, 'Uc')]).toEqual([[], []]);
    await inbox.receive(incomingOf({ key: 'press', user: 'Uc', threadTs: at(4), way: 'button', action: PRESSED }));
    expect(await inbox.underWayOf(team, 'Uc')).toEqual([]);
  });

  it('knows the thread of a place, and the case in it', async () => {
    const { inbox } = await clocked();
    const { place } = incomingOf({ key: 'k1' });
    expect(await inbox.threadAt(place)).toBeNull();
    await inbox.receive(incomingOf({ key: 'k1' }));
    const thread = await inbox.threadAt(place);
    expect(thread?.id).toMatch(/^thr_[0-9a-f]+$/);
    expect(await inbox.threadAt({ ...place, team: 'T2' })).toBeNull();
    const cases = openKeptCases(await store().open());
    await cases.keep({ id: 'case_0123456789', threadId: thread?.id ?? '', text: '{}', about: [], turns: {} });
    expect(await inbox.threadAt(place)).toEqual({ id: thread?.id, place, caseId: 'case_0123456789' });
  });

  it('gives the thread of a command its place', async () => {
    const { inbox } = await clocked();
    await inbox.receive(incomingOf({ key: 'c1', way: 'command', threadTs: null }));
    const command = await inbox.claim('w', LEASE, ROOMY);
    expect(command?.thread.place.threadTs).toBeNull();
    const place = { team: 'T1', channel: 'C1', threadTs: at(7) };
    await inbox.bindThread(command?.thread.id ?? '', place);
    await inbox.bindThread(command?.thread.id ?? '', { ...place, threadTs: at(8) });
    expect(await inbox.threadAt(place)).toEqual({ id: command?.thread.id, place, caseId: null });
    expect(await inbox.threadAt({ ...place, threadTs: at(8) })).toBeNull();
    await inbox.receive(incomingOf({ key: 'f1', threadTs: at(7), order: at(8) }));
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
  });

  it('makes two threads one when somebody answered before the place was noted', async () => {
    const { clock, inbox } = await clocked();
    const cases = openKeptCases(await store().open());
    await inbox.receive(incomingOf({ key: 'c1', way: 'command', threadTs: null, order: at(1) }));
    const command = await inbox.claim('w', LEASE, ROOMY);
    clock.ms += 1_000;
    const place = { team: 'T1', channel: 'C1', threadTs: at(7) };
    await inbox.receive(incomingOf({ key: 'f1', threadTs: at(7), order: at(8), user: 'U2' }));
    const other = await inbox.threadAt(place);
    expect(other?.id).not.toBe(command?.thread.id);
    await inbox.bindThread(command?.thread.id ?? '', place);
    expect(await inbox.threadAt(place)).toEqual({ id: command?.thread.id, place, caseId: null });
    expect(await inbox.claim('v', LEASE, ROOMY)).toBeNull();
    await cases.keep({ id: 'case_00000000aa', threadId: other?.id ?? '', text: '{}', about: [], turns: {} });
    await inbox.finish('c1', 'w', 'answered');
    const next = await inbox.claim('v', LEASE, ROOMY);
    expect(next).toMatchObject({
      incoming: { key: 'f1' },
      thread: { id: command?.thread.id, caseId: 'case_00000000aa' },
    });
    expect(await inbox.cancel(other?.id ?? '')).toEqual(['f1']);
  });

  it('masks secrets once more, and keeps the addresses of files', async () => {
    const { inbox } = await clocked();
    const file = {
      id: 'F1',
      name: 'password=hunter22secret.log',
      bytes: 1,
      url: 'https://files.example/F1',
      type: 'text',
    };
    const action: Action = { ...PRESSED, name: 'resolve', input: { fixedBy: 'token=abcdef123456' } };
    await inbox.receive(incomingOf({ key: 'k1', text: 'password=hunter22secret 为什么', files: [file], action }));
    const [row] = await (await store().open()).query('select incoming from inbox');
    expect(row?.incoming).not.toMatch(/hunter22|abcdef123456/);
    const claimed = await inbox.claim('w', LEASE, ROOMY);
    expect(claimed?.incoming).toMatchObject({ text: 'password=‹masked› 为什么', files: [{ url: file.url }] });
  });
});
