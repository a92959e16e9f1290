import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnsweringLost, AnsweringTooLong } from '../../answering/answer-pool.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import { answerMessage } from './answer-message.ts';
import { answered, FAIR, openTestDesk, runOf, type TestDesk, viewerNamed, WORKER } from './desk-fixture.ts';
import { TAKEN_BACK } from './work-loop.ts';

const never = new AbortController().signal;
let stage: TestDesk;
beforeEach(async () => {
  stage = await openTestDesk();
});
afterEach(async () => {
  await stage.close();
});

const answers = () => [...stage.stands].filter(([key]) => key.startsWith('answer/'));
/** Does the work and notes its end, as the loop does. */
async function work(claimed: Awaited<ReturnType<TestDesk['taken']>>, signal = never) {
  const end = await answerMessage(claimed, stage.desk, signal);
  if ('finish' in end) await stage.desk.inbox.finish(claimed.incoming.key, WORKER, end.finish);
  else await stage.desk.inbox.release(claimed.incoming.key, WORKER, 0);
  return end;
}

describe('a question', () => {
  it('is answered once, and its case kept with who asked', async () => {
    const claimed = await stage.taken({ key: 'k1', text: 'why?' });
    expect(await work(claimed)).toEqual({ finish: 'answered' });
    expect(answers()).toEqual([['answer/k1', expect.stringContaining('ANSWER TO why?')]]);
    const thread = await stage.desk.inbox.threadAt(claimed.incoming.place);
    const kept = await stage.desk.cases.read(thread?.caseId ?? '');
    expect(kept).toMatchObject({ asker: 'U1', isPrivate: false, turns: { k1: 1 } });
  });

  it('keeps what was pasted in private as the own of the asker', async () => {
    await work(await stage.taken({ key: 'k1', place: { team: 'T1', channel: 'D1', threadTs: '1700000000.000001' } }));
    const thread = await stage.desk.inbox.threadAt({ team: 'T1', channel: 'D1', threadTs: '1700000000.000001' });
    expect(await stage.desk.cases.read(thread?.caseId ?? '')).toMatchObject({ asker: 'U1', isPrivate: true });
  });

  it('that was worked out before a crash is shown, and not worked out again', async () => {
    const claimed = await stage.taken({ key: 'k1', text: 'why?' });
    // Dies after the case is kept: nothing can be posted any more.
    stage.set({ refuses: () => new Error('the process is gone') });
    await expect(answerMessage(claimed, stage.desk, never)).rejects.toThrow('gone');
    stage.set({ refuses: () => null });
    expect(answers()).toEqual([]);
    const again = await stage.desk.inbox.release('k1', WORKER, 0).then(() => stage.taken({ key: 'k1' }));
    expect(again.attempt).toBe(2);
    expect(await work(again)).toEqual({ finish: 'answered' });
    expect(stage.jobs).toHaveLength(1);
    expect(answers()).toEqual([['answer/k1', expect.stringContaining('ANSWER TO why?')]]);
  });

  it('is told of after breaking each time, and tried later each time', async () => {
    stage.set({ answer: async () => Promise.reject(new AnsweringLost('gone')) });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const end = await work(await stage.taken({ key: 'k1' }));
      if ('againInMs' in end) waits.push(end.againInMs);
    }
    expect(waits).toEqual([1_500, 3_000, 6_000, 12_000]);
    expect(await work(await stage.taken({ key: 'k1' }))).toEqual({ finish: 'told' });
    expect(answers()).toEqual([['answer/k1', expect.stringContaining('failed on my side')]]);
  });

  it('that takes too long is told so at once', async () => {
    stage.set({ answer: async () => Promise.reject(new AnsweringTooLong('late')) });
    expect(await work(await stage.taken({ key: 'k1' }))).toEqual({ finish: 'told' });
    expect(stage.jobs).toHaveLength(1);
  });

  it('that cannot be asked gets the sentence that says why', async () => {
    stage.set({ answer: async () => ({ outcome: 'not_asked', why: 'there is no cluster east' }) });
    expect(await work(await stage.taken({ key: 'k1' }))).toEqual({ finish: 'told' });
    expect(answers()[0]?.[1]).toContain('no cluster east');
  });

  it('takes its files away again, whatever happens', async () => {
    let removed = 0;
    const remove = async () => {
      removed += 1;
    };
    stage.desk.fetchFiles = async () => ({ files: [], notes: [], remove });
    await work(await stage.taken({ key: 'k1' }));
    stage.set({ answer: async () => Promise.reject(new Error('broken')) });
    await work(await stage.taken({ key: 'k2' }));
    expect(removed).toBe(2);
  });
});

describe('a question that is taken back', () => {
  it('while it is worked on gets one word, under the key of its answer', async () => {
    const stop = new AbortController();
    stage.set({
      answer: (_job, _hear, signal) =>
        new Promise((_done, broke) => {
          signal.addEventListener('abort', () => broke(new AnsweringLost('taken back')));
          stop.abort(TAKEN_BACK);
        }),
    });
    const claimed = await stage.taken({ key: 'k1' });
    await stage.desk.inbox.cancel(claimed.thread.id, 'U1');
    expect(await work(claimed, stop.signal)).toEqual({ finish: 'cancelled' });
    expect(answers()).toEqual([['answer/k1', expect.stringContaining('Cancelled')]]);
    expect(await stage.desk.inbox.claim(WORKER, 1_000, FAIR)).toBeNull();
  });

  it('when its answer is kept already is answered all the same, and never overwritten', async () => {
    const stop = new AbortController();
    const claimed = await stage.taken({ key: 'k1', text: 'why?' });
    stage.set({
      escalation: {
        async incidentOf() {
          stop.abort(TAKEN_BACK);
          return null;
        },
      },
      // The answer is about to be posted.
      venue: () => {
        stop.abort(TAKEN_BACK);
        return 'thread';
      },
    });
    await stage.desk.inbox.cancel(claimed.thread.id, 'U1');
    expect(await work(claimed, stop.signal)).toEqual({ finish: 'answered' });
    expect(answers()).toEqual([['answer/k1', expect.stringContaining('ANSWER TO why?')]]);
    expect((await stage.desk.inbox.counts()).finished).toMatchObject({ answered: 1, cancelled: 0 });
  });

  it('while it waits is told so by whoever takes it up, with its place in the queue taken away', async () => {
    const claimed = await stage.taken({ key: 'k1' });
    await stage.desk.inbox.release('k1', WORKER, 0);
    await stage.desk.inbox.cancel(claimed.thread.id, 'U1');
    const told = await stage.desk.inbox.claim(WORKER, 30_000, FAIR, 'aside');
    expect(told?.takenBack).toBe(true);
    expect(await work(told as NonNullable<typeof told>)).toEqual({ finish: 'cancelled' });
    expect(answers()).toEqual([['answer/k1', expect.stringContaining('Cancelled')]]);
    expect(stage.lines.at(-1)).toBe('remove progress/k1');
    expect(stage.jobs).toHaveLength(0);
  });

  it('as a command that was never begun is told to the asker alone, with nothing in the channel', async () => {
    const claimed = await stage.taken({ key: 'k1', way: 'command', threadTs: null });
    await stage.desk.inbox.release('k1', WORKER, 0);
    await stage.desk.inbox.cancel(claimed.thread.id, 'U1');
    const told = await stage.desk.inbox.claim(WORKER, 30_000, FAIR, 'aside');
    expect(await work(told as NonNullable<typeof told>)).toEqual({ finish: 'cancelled' });
    expect(stage.lines).toEqual([expect.stringMatching(/^whisper told\/k1 U1 Cancelled/)]);
  });
});

describe('a thread whose case the asker may not open', () => {
  const ANA = viewerNamed('U1', 'ana');
  const BEN = viewerNamed('U2', 'ben');
  const at = { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' };
  beforeEach(async () => {
    stage.set({
      viewers: { U1: ANA, U2: BEN },
      limited: true,
      answer: async (job) => answered(job, { about: [runOf(job.viewer.platformUsers[0] ?? '')] }),
    });
    await work(await stage.taken({ key: 'a1', place: at, text: 'why, asks ana?' }));
  });

  it('gives them a case of their own, which their follow-ups go on with, and leaves the other as it was', async () => {
    const thread = await stage.desk.inbox.threadAt(at);
    const before = await stage.desk.cases.read(thread?.caseId ?? '');
    await work(await stage.taken({ key: 'b1', place: at, user: 'U2', text: 'and mine?' }));
    await work(await stage.taken({ key: 'b2', place: at, user: 'U2', text: 'who is responsible?' }));
    expect(stage.jobs.map(({ kept }) => kept === null)).toEqual([true, true, false]);
    expect(stage.jobs[2]?.kept).toContain('and mine?');
    expect(stage.jobs[2]?.kept).not.toContain('asks ana');
    expect(await stage.desk.cases.read(thread?.caseId ?? '')).toEqual(before);
    expect((await stage.desk.inbox.threadAt(at))?.caseId).toBe(thread?.caseId);
    expect(await stage.desk.cases.besideThread(thread?.id ?? '', 'U2')).toMatchObject({ turns: { b1: 1, b2: 2 } });
    // The first goes on with what is theirs.
    await work(await stage.taken({ key: 'a2', place: at, text: 'what should I do?' }));
    expect(stage.jobs[3]?.kept).toContain('asks ana');
  });

  it('shows after a crash what was worked out for them, and never what stood under the same key for another', async () => {
    const claimed = await stage.taken({ key: 'b1', place: at, user: 'U2', text: 'and mine?' });
    stage.set({ refuses: () => new Error('the process is gone') });
    await expect(answerMessage(claimed, stage.desk, never)).rejects.toThrow('gone');
    stage.set({ refuses: () => null });
    await stage.desk.inbox.release('b1', WORKER, 0);
    await work(await stage.taken({ key: 'b1' }));
    expect(stage.stands.get('answer/b1')).toContain('ANSWER TO and mine?');
    expect(stage.jobs).toHaveLength(2);
  });

  it('shows nothing that was kept to who may not see it any more', async () => {
    const claimed = await stage.taken({ key: 'a3', place: at, text: 'once more?' });
    stage.set({ refuses: () => new Error('the process is gone') });
    await expect(answerMessage(claimed, stage.desk, never)).rejects.toThrow('gone');
    stage.set({
      refuses: () => null,
      viewers: { U1: viewerNamed('U1', 'somebody') },
      answer: async (job) => answered(job),
    });
    await stage.desk.inbox.release('a3', WORKER, 0);
    await work(await stage.taken({ key: 'a3' }));
    // It was worked out anew with the rights of now, from nothing of the case.
    expect(stage.jobs.at(-1)).toMatchObject({ kept: null, viewer: { platformUsers: ['somebody'] } });
  });
});

describe('a place where the bot may not post', () => {
  const closed = (line: string) =>
    line.includes(' C1/') || line.startsWith('whisper') ? new CannotPost('chat.postMessage', 'not_in_channel') : null;

  it('sends the answer to the asker directly', async () => {
    stage.set({ refuses: closed });
    expect(await work(await stage.taken({ key: 'k1', text: 'why?' }))).toEqual({ finish: 'answered' });
    expect(stage.lines.filter((line) => line.startsWith('put'))).toEqual([
      expect.stringMatching(/^put answer\/k1\/private D-U1\/ .*ANSWER TO why\?/s),
    ]);
  });

  it('sends what was for one person alone directly as well', async () => {
    stage.set({ refuses: closed, venue: () => 'ephemeral' });
    expect(await work(await stage.taken({ key: 'k1', text: 'why?' }))).toEqual({ finish: 'answered' });
    expect([...stage.stands.keys()]).toEqual(['answer/k1/private']);
  });

  it('sends the word on a question that was taken back, too', async () => {
    stage.set({ refuses: closed });
    const claimed = await stage.taken({ key: 'k1' });
    await stage.desk.inbox.release('k1', WORKER, 0);
    await stage.desk.inbox.cancel(claimed.thread.id, 'U1');
    const told = await stage.desk.inbox.claim(WORKER, 30_000, FAIR, 'aside');
    expect(await work(told as NonNullable<typeof told>)).toEqual({ finish: 'cancelled' });
    expect([...stage.stands.keys()]).toEqual(['answer/k1/private']);
  });
});

it('shows an alert nobody may read to nobody', async () => {
  stage.set({ venue: () => 'ephemeral' });
  expect(await work(await stage.taken({ key: 'k1', way: 'alert', user: 'B1' }))).toEqual({ finish: 'ignored' });
  expect(answers()).toEqual([]);
});

it('looks at the venue when the answer is there, and not when the question came', async () => {
  let asked = 0;
  stage.set({
    venue: () => {
      asked += 1;
      return asked === 1 ? 'ephemeral' : 'thread';
    },
  });
  await work(await stage.taken({ key: 'k1', text: 'why?' }));
  expect(stage.lines[0]).toMatch(/^whisper answer\/k1\/private U1 /);
  expect(stage.stands.get('answer/k1')).toContain('the asker alone');
});
