import { expect, it } from 'vitest';
import { describeStores } from '../database/describe-stores.ts';
import { deleteBefore } from '../delete-before.ts';
import { incomingOf } from '../inbox/incoming-fixture.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { openPosts } from '../posts/open-posts.ts';
import type { Feedback } from './kept-cases.ts';
import { openKeptCases } from './open-kept-cases.ts';

const DAY = 86_400_000;
const ID = 'case_0123456789';
const KEPT = {
  id: ID,
  threadId: null,
  text: '{"said":"为什么"}',
  about: [{ id: 'application_1_0001', names: ['etl'], user: 'ana', queue: null }],
  turns: { k1: 1 },
};
const LIKED: Feedback = {
  caseId: ID,
  diagnosis: 'inv_1',
  user: 'U1',
  helpful: true,
  reason: null,
  atMs: 5_000_000_000_000,
};

describeStores('kept cases', (store) => {
  const opened = async () => {
    const clock = { ms: 100 * DAY };
    const now = () => clock.ms;
    const database = await store().open();
    return {
      clock,
      database,
      cases: openKeptCases(database, now),
      inbox: openInbox(database, now),
      posts: openPosts(database, now),
    };
  };

  it('gives back what was kept last', async () => {
    const { clock, cases } = await opened();
    expect(await cases.read(ID)).toBeNull();
    await cases.keep(KEPT);
    clock.ms += 1;
    await cases.keep({ ...KEPT, turns: { k1: 1, k2: 2 } });
    expect(await cases.read(ID)).toMatchObject({ ...KEPT, turns: { k1: 1, k2: 2 }, updatedAtMs: clock.ms });
  });

  it('masks secrets, and the text stays what it is', async () => {
    const { cases } = await opened();
    await cases.keep({
      ...KEPT,
      text: JSON.stringify({ a: 'password=hunter22secret', b: '-----BEGIN PRIVATE KEY-----', c: 1 }),
    });
    await cases.noteFeedback({ ...LIKED, reason: 'token=abcdef123456 is wrong' });
    expect(JSON.parse((await cases.read(ID))?.text ?? '')).toEqual({ a: 'password=‹masked›', b: '‹masked›', c: 1 });
    expect((await cases.feedback(ID))[0]?.reason).toBe('token=‹masked› is wrong');
  });

  it('takes the last word of each user on each diagnosis', async () => {
    const { cases } = await opened();
    await cases.noteFeedback(LIKED);
    const last = { ...LIKED, helpful: false, reason: 'wrong node', atMs: LIKED.atMs + 1 };
    await cases.noteFeedback(last);
    await cases.noteFeedback(LIKED);
    const others = [
      { ...LIKED, user: 'U2', atMs: LIKED.atMs + 2 },
      { ...LIKED, diagnosis: null, atMs: LIKED.atMs + 3 },
    ];
    for (const other of others) await cases.noteFeedback(other);
    expect(await cases.feedback(ID)).toEqual([last, ...others]);
  });

  it('removes a case with its feedback, its posts and what was asked, and nothing else', async () => {
    const { database, cases, inbox, posts } = await opened();
    for (const key of ['k1', 'k2']) {
      await inbox.receive(incomingOf({ key, text: `of ${key}` }));
      const claimed = await inbox.claim('w', 1_000, { perUser: 9, perChannel: 9 });
      const { id = '', place = incomingOf({ key }).place } = claimed?.thread ?? {};
      await inbox.finish(key, 'w', 'answered');
      await posts.intend(`post ${key}`, place);
      await cases.keep({ ...KEPT, id: key, threadId: id });
      await cases.noteFeedback({ ...LIKED, caseId: key });
    }
    expect(await cases.remove('k1')).toBe(true);
    expect(await cases.remove('k1')).toBe(false);
    expect([await cases.read('k1'), await cases.feedback('k1'), await posts.find('post k1')]).toEqual([null, [], null]);
    expect([
      await cases.read('k2'),
      (await cases.feedback('k2')).length,
      (await posts.find('post k2'))?.key,
    ]).toMatchObject([{ id: 'k2' }, 1, 'post k2']);
    const rows = await database.query('select key, incoming from inbox order by key');
    expect(rows[0]).toEqual({ key: 'k1', incoming: '{}' });
    expect(rows[1]?.incoming).toContain('of k2');
    expect(await inbox.receive(incomingOf({ key: 'k1' }))).toBe('known');
  });

  it('deletes what is old, in batches, and leaves what is young or open', async () => {
    const { clock, database, cases, inbox, posts } = await opened();
    await database.transaction(async (tx) => {
      for (let n = 0; n < 230; n += 1)
        await tx.query(
          "insert into kept_cases (id, body, about, turns, updated_at_ms) values ($1, '{}', '[]', '{}', $2)",
          [`case_${n}`, n < 220 ? DAY : 100 * DAY],
        );
    });
    const shares = { perUser: 9, perChannel: 9 };
    await inbox.receive(incomingOf({ key: 'done' }));
    await inbox.claim('w', 1_000, shares);
    await inbox.finish('done', 'w', 'answered');
    await inbox.receive(incomingOf({ key: 'open' }));
    await posts.intend('p', incomingOf({ key: 'done' }).place);
    const before = clock.ms + 1;
    expect(await deleteBefore(database, 2 * DAY, () => clock.ms)).toEqual({
      messages: 0,
      cases: 220,
      posts: 0,
      threads: 0,
    });
    // A retention of no time at all: keys of events that may be delivered again stay all the same.
    expect(await deleteBefore(database, before, () => clock.ms)).toMatchObject({ messages: 0, cases: 10, posts: 1 });
    clock.ms += 2 * DAY;
    expect(await deleteBefore(database, before, () => clock.ms)).toEqual({
      messages: 1,
      cases: 0,
      posts: 0,
      threads: 1,
    });
    expect(await inbox.claim('w', 1_000, shares)).toMatchObject({ incoming: { key: 'open' } });
    expect(await cases.removeBefore(before)).toBe(0);
  });

  it('remembers who began a case and whether in private, whoever goes on with it', async () => {
    const { cases } = await opened();
    await cases.keep({ ...KEPT, asker: 'U1', isPrivate: true });
    await cases.keep({ ...KEPT, asker: 'U2' });
    expect(await cases.read(ID)).toMatchObject({ asker: 'U1', isPrivate: true, beside: null });
  });

  it('finds the case of a person beside that of a thread, which stays what it was', async () => {
    const { cases, inbox } = await opened();
    await inbox.receive(incomingOf({ key: 'k1' }));
    const { place } = incomingOf({ key: 'k1' });
    const thread = await inbox.threadAt(place);
    const threadId = thread?.id ?? '';
    await cases.keep({ ...KEPT, threadId });
    await cases.keep({ ...KEPT, id: 'case_000000000b', asker: 'U2', beside: threadId });
    expect(await cases.besideThread(threadId, 'U2')).toMatchObject({ id: 'case_000000000b' });
    expect(await cases.besideThread(threadId, 'U3')).toBeNull();
    expect((await inbox.threadAt(place))?.caseId).toBe(ID);
  });

  it('writes nothing over what another writer put there meanwhile', async () => {
    const { cases } = await opened();
    await cases.keep(KEPT);
    const before = (await cases.read(ID))?.updatedAtMs ?? 0;
    expect(await cases.keep({ ...KEPT, text: '{"by":"one"}', goesOnFrom: before })).toBe(true);
    expect(await cases.keep({ ...KEPT, text: '{"by":"two"}', goesOnFrom: before })).toBe(false);
    expect((await cases.read(ID))?.text).toBe('{"by":"one"}');
  });
});
