import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStoreMaker, type TestStore } from '../cases/database/stores-fixture.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { forgetOldCases } from './forget-old-cases.ts';

const DAY = 86_400_000;
let store: TestStore;
beforeEach(async () => {
  store = await (await openStoreMaker('sqlite')).make();
});
afterEach(async () => await store.discard());

const KEPT = { threadId: null, text: '{}', about: [], turns: {} };

it('deletes at the start what is older than the days, with its hand-off, and nothing else', async () => {
  const database = await store.open();
  const cases = openKeptCases(database, () => Date.now() - 31 * DAY);
  await cases.keep({ ...KEPT, id: 'case_old' });
  await openKeptCases(database, () => Date.now() - 29 * DAY).keep({ ...KEPT, id: 'case_young' });
  const forgotten: string[] = [];
  const troubles: string[] = [];
  const escalation = { forget: async (id: string) => void forgotten.push(id) };
  const running = forgetOldCases({ database, escalation }, 30, (line) => troubles.push(line));
  await vi.waitFor(async () => expect(await cases.read('case_old')).toBeNull());
  running.stop();
  expect([forgotten, troubles, (await cases.read('case_young'))?.id]).toEqual([['case_old'], [], 'case_young']);
});

it('tells what it cannot do, and not that it was stopped', async () => {
  const database = await store.open();
  await openKeptCases(database, () => 1).keep({ ...KEPT, id: 'case_old' });
  const troubles: string[] = [];
  const fails = { forget: async () => Promise.reject(new Error('no Slack')) };
  const running = forgetOldCases({ database, escalation: fails }, 30, (line) => troubles.push(line));
  await vi.waitFor(() => expect(troubles).toEqual(['old cases cannot be deleted']));
  running.stop();

  const hangs = {
    forget: (_id: string, signal: AbortSignal) =>
      new Promise<void>((_done, refuse) => signal.addEventListener('abort', () => refuse(signal.reason))),
  };
  const stopped = forgetOldCases({ database, escalation: hangs }, 30, (line) => troubles.push(line));
  await new Promise((done) => setTimeout(done, 20));
  stopped.stop();
  await new Promise((done) => setTimeout(done, 20));
  expect(troubles).toHaveLength(1);
});
