import { expect, it } from 'vitest';
import { describeStores } from '../database/describe-stores.ts';
import { incomingOf } from '../inbox/incoming-fixture.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { openPosts } from './open-posts.ts';

const THREAD = { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' };

describeStores('posts', (store) => {
  const opened = async () => openPosts(await store().open());

  it('tells a first intent from a later one, and where a message stands', async () => {
    const posts = await opened();
    const first = { key: 'k', place: THREAD, ts: null, intendedBefore: false, digest: null };
    expect(await posts.find('k')).toBeNull();
    expect(await posts.intend('k', THREAD)).toEqual(first);
    expect(await posts.intend('k', THREAD)).toEqual({ ...first, intendedBefore: true });
    await posts.note('k', THREAD, 'd1', '1700000009.000200');
    await posts.note('k', THREAD, 'd2', '1700000009.000200');
    const stands = { ...first, intendedBefore: true, ts: '1700000009.000200', digest: 'd2' };
    expect(await posts.intend('k', THREAD)).toEqual(stands);
    expect(await (await opened()).find('k')).toEqual(stands);
  });

  it('lets one of several replicas be the first', async () => {
    const replicas = await Promise.all([opened(), opened(), opened()]);
    const said = await Promise.all(replicas.map((posts) => posts.intend('k', { ...THREAD, threadTs: null })));
    expect(said.filter(({ intendedBefore }) => !intendedBefore)).toHaveLength(1);
    expect(said.map(({ place }) => place.threadTs)).toEqual([null, null, null]);
  });

  it('notes what was never intended', async () => {
    const posts = await opened();
    await posts.note('k', THREAD, 'd', '1700000009.000200');
    expect(await posts.find('k')).toMatchObject({ ts: '1700000009.000200', digest: 'd' });
  });

  it('tells what stands although what it was for is over', async () => {
    const database = await store().open();
    const [posts, inbox] = [openPosts(database), openInbox(database)];
    for (const key of ['over', 'open', 'gone']) {
      await inbox.receive(incomingOf({ key, place: { ...THREAD, threadTs: key } }));
      await posts.note(`progress/${key}`, THREAD, 'd', '1700000009.000200');
    }
    // Meant to be posted, and nothing is known of it: it may stand.
    await inbox.receive(incomingOf({ key: 'lost', place: { ...THREAD, threadTs: 'lost' } }));
    await posts.intend('progress/lost', THREAD);
    await posts.note('answer/over', THREAD, 'd', '1700000009.000300');
    for (;;) {
      const claimed = await inbox.claim('w', 60_000, { perUser: 9, perChannel: 9 });
      if (claimed === null) break;
      if (claimed.incoming.key !== 'open') await inbox.finish(claimed.incoming.key, 'w', 'answered');
    }
    await posts.noteRemoved('progress/gone');
    const left = async (finishedBeforeMs: number, sinceMs = 0) =>
      (await posts.leftBehind('progress/', finishedBeforeMs, sinceMs)).map(({ key }) => key).sort();
    const later = Date.now() + 60_000;
    expect(await left(later)).toEqual(['progress/lost', 'progress/over']);
    expect(await left(Date.now() - 60_000)).toEqual([]);
    expect(await left(later, later)).toEqual([]);
  });
});
