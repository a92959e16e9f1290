import { describe, expect, it } from 'vitest';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { Action } from '../../cases/inbox/incoming.ts';
import { incomingOf } from '../../cases/inbox/incoming-fixture.ts';
import type { Desk } from './desk.ts';
import { openTestDesk } from './desk-fixture.ts';
import { workOn } from './work-on.ts';

const PRESSED: Action = { name: 'helpful', caseId: null, diagnosis: null, input: {}, messageTs: null };

function claimedOf(action: Action | null): Claimed {
  const incoming = incomingOf({ key: 'k1', action });
  const thread = { id: 'thr_1', place: incoming.place, caseId: null };
  return { incoming, lane: 'answer', thread, attempt: 1, receivedAtMs: 0, takenBack: false };
}

/** A desk on which nobody can be found out, and nothing else is reached. */
function brokenDesk(broken: () => Error) {
  const logged: unknown[] = [];
  const desk = {
    language: 'en',
    rights: { limited: true, viewer: () => Promise.reject(broken()) },
    log: (_line: string, error: unknown) => logged.push(error),
    meter: { firstCard() {}, final() {}, broke() {} },
  } as unknown as Desk;
  return { desk, logged };
}

describe('work on one thing that arrived', () => {
  it.each([
    ['a message', null],
    ['a button', PRESSED],
  ])('is taken up again when it breaks: %s', async (_, action) => {
    const { desk, logged } = brokenDesk(() => new Error('broken'));
    const end = await workOn(claimedOf(action), desk, new AbortController().signal);
    expect(end).toEqual({ againInMs: expect.any(Number) as number });
    expect(logged).toMatchObject([{ message: 'broken' }]);
  });

  it('that is stopped is no failure: whoever stopped it hears so, and nothing is logged', async () => {
    const stop = new AbortController();
    const { desk, logged } = brokenDesk(() => {
      stop.abort();
      return new Error('stopped');
    });
    await expect(workOn(claimedOf(null), desk, stop.signal)).rejects.toThrow('stopped');
    expect(logged).toEqual([]);
  });
});

describe('a mention that Slack had to deliver again', () => {
  it('has the follow-ups that overtook it looked for, one that came in time has not', async () => {
    const stage = await openTestDesk();
    const asked: unknown[] = [];
    const desk: Desk = { ...stage.desk, receiveSince: async (...given) => void asked.push(given.slice(0, 2)) };
    for (const [key, lateMs] of [
      ['late', 60_000],
      ['in time', 300],
    ] as const) {
      const taken = await stage.taken({ key, way: 'mention' });
      const receivedAtMs = taken.incoming.sentAtMs + lateMs;
      const end = await workOn({ ...taken, receivedAtMs }, desk, new AbortController().signal);
      expect(end).toEqual({ finish: 'answered' });
      await desk.inbox.finish(key, 'w1', 'answered');
    }
    expect(asked).toEqual([
      [expect.objectContaining({ threadTs: expect.stringContaining('late') }), expect.any(String)],
    ]);
    await stage.close();
  });
});
