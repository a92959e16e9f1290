import { expect, it } from 'vitest';
import { describeStores } from '../database/describe-stores.ts';
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
});
