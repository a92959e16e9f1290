import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action, ActionName } from '../../cases/inbox/incoming.ts';
import { ACTION_NAMES } from '../../cases/inbox/incoming.ts';
import { readPlainCase, writePlainCase } from '../../conversation/plain-case.ts';
import { readMessage } from '../../conversation/read-message.ts';
import { hostileDiagnosis } from '../../render/hostile-diagnosis-fixture.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import { actOn } from './act-on.ts';
import { answerMessage } from './answer-message.ts';
import { answered, FAIR, openTestDesk, runOf, type TestDesk, viewerNamed, WORKER } from './desk-fixture.ts';

const never = new AbortController().signal;
const at = { team: 'T1', channel: 'C1', threadTs: '1700000000.000100' };
const elsewhere = { team: 'T1', channel: 'D9', threadTs: '1700000000.000200' };
let stage: TestDesk;
let caseId: string;
beforeEach(async () => {
  stage = await openTestDesk();
  stage.set({
    viewers: { U1: viewerNamed('U1', 'ana'), U2: viewerNamed('U2', 'ben') },
    limited: true,
    answer: async (job) => answered(job, { about: [runOf('ana')] }),
  });
  const claimed = await stage.taken({ key: 'k1', place: at, text: 'why?' });
  await answerMessage(claimed, stage.desk, never);
  await stage.desk.inbox.finish('k1', WORKER, 'answered');
  caseId = (await stage.desk.inbox.threadAt(at))?.caseId ?? '';
  stage.lines.length = 0;
});
afterEach(async () => {
  await stage.close();
});

const action = (name: ActionName, more: Partial<Action> = {}): Action => ({
  name,
  caseId,
  diagnosis: null,
  input: {},
  messageTs: null,
  ...more,
});
let presses = 0;
/** Presses a button, and works on it. */
async function press(wanted: Action, user = 'U1', place = at, way: 'button' | 'command' = 'button') {
  presses += 1;
  const key = `p${presses}`;
  const claimed = await stage.taken({ key, place, user, way, action: wanted, text: '' });
  const end = await actOn(claimed, stage.desk, never);
  if ('finish' in end) await stage.desk.inbox.finish(key, WORKER, end.finish);
  return end;
}
/** Puts a diagnosis into the case: what buttons about evidence and pages are about. */
async function withDiagnosis(): Promise<string> {
  const kept = await stage.desk.cases.read(caseId);
  const plain = readPlainCase(kept?.text ?? '');
  const face = hostileDiagnosis('en');
  const id = face.id;
  const held = { faces: { en: face, zh: face }, investigation: { about: [runOf('ana')] } };
  const text = writePlainCase({
    ...plain,
    thread: { ...plain.thread, open: id, diagnoses: [id] },
    cases: [held as unknown as (typeof plain.cases)[number]],
  });
  if (kept) await stage.desk.cases.keep({ ...kept, text });
  return id;
}

describe('a button on a case that the person may not open', () => {
  it.each(ACTION_NAMES.filter((name) => !['cancel', 'take', 'reassign', 'resolve', 'back_to_bot'].includes(name)))(
    '%s is answered as where there is none',
    async (name) => {
      await withDiagnosis();
      expect(await press(action(name), 'U2')).toEqual({ finish: 'told' });
      await press(action(name, { caseId: 'case_ffffffffff' }), 'U2');
      const [theirs, none] = stage.lines.map((line) => line.replace(/p\d+/, 'p'));
      expect(theirs).toMatch(/^whisper told\/p U2 I find no such job or case/);
      expect(none).toBe(theirs);
      expect(await stage.desk.cases.feedback(caseId)).toEqual([]);
      expect(stage.jobs).toHaveLength(1);
    },
  );

  it('does not reach it without its id either, in the thread where it stands', async () => {
    await withDiagnosis();
    for (const name of ['evidence', 'page', 'show', 'support', 'helpful'] as const)
      expect(await press(action(name, { caseId: null }), 'U2')).toEqual({ finish: 'told' });
    expect(stage.lines.every((line) => line.includes('I find no such job or case'))).toBe(true);
  });
});

it('shows a case that was begun in private to nobody else, by whatever button', async () => {
  stage.set({ answer: async (job) => answered(job), limited: true });
  const pasted = await stage.taken({ key: 'k9', place: elsewhere, text: 'my own log' });
  await answerMessage(pasted, stage.desk, never);
  await stage.desk.inbox.finish('k9', WORKER, 'answered');
  const own = (await stage.desk.inbox.threadAt(elsewhere))?.caseId ?? '';
  stage.lines.length = 0;
  expect(await press(action('show', { caseId: own }), 'U2')).toEqual({ finish: 'told' });
  expect(await press(action('show', { caseId: own }), 'U1')).toEqual({ finish: 'answered' });
  expect(stage.lines.map((line) => line.includes('my own log'))).toEqual([false, true]);
});

describe('compare and look again', () => {
  it('go on with the case of the button, wherever it stands, and the case stays that of its thread', async () => {
    expect(await press(action('compare'), 'U1', elsewhere)).toEqual({ finish: 'answered' });
    expect(stage.jobs.at(-1)).toMatchObject({ text: 'compare with the last good run' });
    expect(stage.jobs.at(-1)?.kept).toContain('why?');
    expect((await stage.desk.inbox.threadAt(at))?.caseId).toBe(caseId);
    expect((await stage.desk.inbox.threadAt(elsewhere))?.caseId).toBeNull();
    expect(Object.keys((await stage.desk.cases.read(caseId))?.turns ?? {})).toHaveLength(2);
  });

  it('say words that the conversation takes for what the button says, in both languages', async () => {
    const read = (text: string) => readMessage(text, { names: new Set(['etl_orders']) }, 0).map(({ kind }) => kind);
    for (const language of ['en', 'zh'] as const) {
      stage.set({
        answer: async (job) => {
          const told = answered(job, { about: [runOf('ana')] });
          const plain = readPlainCase(told.kept);
          const turns = plain.thread.turns.map((turn) => ({
            ...turn,
            replies: turn.replies.map((reply) => ({ ...reply, language })),
          }));
          return { ...told, kept: writePlainCase({ ...plain, thread: { ...plain.thread, turns } }) };
        },
      });
      await press(action('compare'));
      await press(action('recheck'));
      const [compare, recheck] = stage.jobs.slice(-2).map(({ text }) => text);
      expect(read(compare ?? '')).toEqual(['compare']);
      expect(read(recheck ?? '')).toEqual(['look_again']);
    }
    expect(stage.jobs.at(-1)?.text).toBe('再查一次');
  });

  it('are worked out anew when the case was gone on with elsewhere meanwhile', async () => {
    stage.set({
      answer: async (job) => {
        const kept = await stage.desk.cases.read(caseId);
        if (kept) await stage.desk.cases.keep({ ...kept, turns: { ...kept.turns, other: 2 } });
        return answered(job, { about: [runOf('ana')] });
      },
    });
    expect(await press(action('compare'))).toEqual({ againInMs: 1_500 });
    expect(Object.keys((await stage.desk.cases.read(caseId))?.turns ?? {})).toEqual(['k1', 'other']);
  });
});

describe('evidence and pages', () => {
  it('show evidence once in a thread, however often it is asked for, and alone where not everybody may see it', async () => {
    const id = await withDiagnosis();
    await press(action('evidence'));
    await press(action('evidence'));
    const [shown, again, ...more] = stage.lines;
    expect(shown).toMatch(`put evidence/${id}/0/C1/${at.threadTs} `);
    expect(again).toMatch(/^whisper told\/p\d+ U1 It stands in this thread already/);
    expect(more).toEqual([]);
    stage.set({ venue: () => 'ephemeral' });
    await press(action('evidence'));
    expect(stage.lines.at(-1)).toMatch(/^whisper evidence\/p\d+ U1 /);
  });

  it('hang a page of their own into each direct conversation, and a new one when the case went on', async () => {
    stage.set({ viewers: { U2: viewerNamed('U2', 'ana') }, venue: () => 'direct' });
    const id = await withDiagnosis();
    await press(action('page'), 'U1');
    await press(action('page'), 'U2');
    await press(action('compare'), 'U1');
    await press(action('page'), 'U1');
    const attached = stage.lines.filter((line) => line.startsWith('attach'));
    expect(attached).toEqual([
      `attach page/${id}/1/D-U1/ ${id}.html`,
      `attach page/${id}/1/D-U2/ ${id}.html`,
      `attach page/${id}/2/D-U1/ ${id}-2.html`,
    ]);
  });

  it('give out an address for the person who pressed, where pages are served', async () => {
    const id = await withDiagnosis();
    const given: unknown[] = [];
    stage.desk.pages = { addressOf: (page) => `https://why.example.com/${given.push(page)}` };
    await press(action('page'));
    expect(given).toEqual([{ caseId, diagnosis: id, user: 'T1 U1' }]);
    expect(stage.lines[0]).toMatch(/^whisper page\/p\d+ U1 /);
  });
});

describe('cancel', () => {
  it('takes back what the person asked, also beside a case that they may not open, and says no more itself', async () => {
    await stage.desk.inbox.receive({ ...(await stage.taken({ key: 'q', place: at, user: 'U2' })).incoming, key: 'q2' });
    expect(await press(action('cancel', { caseId: null }), 'U2')).toEqual({ finish: 'answered' });
    expect(stage.lines).toEqual([]);
    expect(await stage.desk.inbox.renew('q', WORKER, 1_000)).toBe('cancelled');
    expect(await stage.desk.inbox.claim('x', 1_000, FAIR, 'aside')).toMatchObject({
      incoming: { key: 'q2' },
      takenBack: true,
    });
  });

  it('leaves alone what another asked', async () => {
    await stage.taken({ key: 'q', place: at, user: 'U2' });
    await press(action('cancel', { caseId: null }), 'U1');
    expect(stage.lines).toEqual([expect.stringMatching(/^whisper cancel\/p\d+ U1 Nothing that you asked/)]);
    expect(await stage.desk.inbox.renew('q', WORKER, 1_000)).toBe('held');
  });

  it('as a command takes back everything of the person, and tells so', async () => {
    await stage.taken({ key: 'q1', place: at });
    await stage.taken({ key: 'q2', place: elsewhere });
    await press(action('cancel', { caseId: null }), 'U1', { ...at, threadTs: null } as never, 'command');
    expect(stage.lines).toEqual([expect.stringMatching(/^whisper cancel\/p\d+ U1 Cancelled/)]);
    for (const key of ['q1', 'q2']) expect(await stage.desk.inbox.renew(key, WORKER, 1_000)).toBe('cancelled');
  });
});

describe('feedback and support', () => {
  it('keeps one word for each person, the last, and hands over what did not help', async () => {
    const acted: string[] = [];
    stage.set({
      escalation: {
        act: async ({ name }) => {
          acted.push(name);
          return { kind: 'escalated', escalated: { kind: 'no_channel' } };
        },
      },
    });
    await press(action('helpful', { diagnosis: 'inv_1' }));
    await press(action('not_helpful', { diagnosis: 'inv_1', input: { reason: ' wrong ' } }));
    expect(await stage.desk.cases.feedback(caseId)).toMatchObject([{ user: 'U1', helpful: false, reason: 'wrong' }]);
    expect(acted).toEqual(['not_helpful']);
  });

  it('hands over the case of the thread by words alone', async () => {
    const about: (string | null)[] = [];
    stage.set({
      escalation: {
        act: async (given) => {
          about.push(given.caseId);
          return { kind: 'escalated', escalated: { kind: 'no_channel' } };
        },
      },
    });
    await press(action('support', { caseId: null }));
    expect(about).toEqual([caseId]);
  });

  it('lets who works in the support channel move a hand-off on without showing them the case', async () => {
    const seen: string[] = [];
    stage.set({
      escalation: {
        act: async ({ name }) => {
          seen.push(name);
          return { kind: 'not_here' };
        },
      },
    });
    for (const name of ['take', 'reassign', 'resolve', 'back_to_bot'] as const) await press(action(name), 'U2');
    expect(seen).toEqual(['take', 'reassign', 'resolve', 'back_to_bot']);
  });
});

it('tells directly where nobody can be told anything in the channel', async () => {
  stage.set({
    refuses: (line) =>
      line.startsWith('whisper') ? new CannotPost('chat.postEphemeral', 'user_not_in_channel') : null,
  });
  await press(action('helpful'));
  expect(stage.lines).toEqual([expect.stringMatching(/^put told\/p\d+\/direct D-U1\/ Thank you/)]);
});
