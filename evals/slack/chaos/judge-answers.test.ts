import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../../../bot/slack/fake-slack/world.ts';
import { type AskedQuestion, breachesOf, judgeAnswers, type StoredQuestion } from './judge-answers.ts';

const ASKED: AskedQuestion = {
  key: 'message:T1:C1:1.000001',
  channel: 'C1',
  threadTs: '1.000001',
  ts: '1.000001',
  text: 'why did it fail?',
  names: null,
  givenUp: false,
};

function question(at: number, more: Partial<AskedQuestion> = {}): AskedQuestion {
  const ts = `1.00000${at}`;
  return { ...ASKED, key: `message:T1:C1:${ts}`, ts, ...more };
}

function posted(key: string, ts: string, more: Partial<FakeMessage> = {}): FakeMessage {
  const metadata = { event_type: 'wherefore_post', event_payload: { key } };
  return { type: 'message', channel: 'C1', ts, text: 'an answer', edits: 0, metadata, ...more };
}

const held = (finish: string | null, receivedAtMs = 0): StoredQuestion => ({ finish, receivedAtMs, attempt: 1 });
const storedAs = (finish: string | null) => new Map([[ASKED.key, held(finish)]]);
const ANSWER = posted(`answer/${ASKED.key}`, '2.000001');

describe('the judgement of a run', () => {
  it('counts what is answered once and told once', () => {
    const two = question(2);
    const judged = judgeAnswers(
      [ASKED, two],
      [ANSWER, posted(`answer/${two.key}`, '2.000002')],
      new Map([
        [ASKED.key, held('answered')],
        [two.key, held('told')],
      ]),
    );
    expect(judged).toMatchObject({ questions: 2, answeredOnce: 1, toldOnce: 1 });
    expect(breachesOf(judged)).toEqual([]);
  });

  it.each<[breach: string, messages: FakeMessage[], stored: Map<string, StoredQuestion>, asked?: AskedQuestion]>([
    ['lost', [], storedAs('answered')],
    ['lost', [], new Map()],
    ['answered twice', [ANSWER, posted(`answer/${ASKED.key}`, '2.000009')], storedAs('answered')],
    ['open in the store', [ANSWER], storedAs(null)],
    ['progress left over', [ANSWER, posted(`progress/${ASKED.key}`, '2.000000')], storedAs('answered')],
    [
      'left as progress',
      [posted(`answer/${ASKED.key}`, '2.000001', { blocks: [{ action_id: 'wherefore:cancel' }] })],
      storedAs('answered'),
    ],
    ['about something else', [ANSWER], storedAs('answered'), { ...ASKED, names: 'application_1_0001' }],
    [
      'other messages posted twice',
      [ANSWER, posted('asked/command:1', '2.000002'), posted('asked/command:1', '2.000003')],
      storedAs('answered'),
    ],
    [
      'progress left over',
      [
        ANSWER,
        posted('', '2.000004', {
          stream: { open: true, mode: 'chunks', startedAtMs: 0, stoppedByUser: false, chunks: [] },
        }),
      ],
      storedAs('answered'),
    ],
  ])('tells what is %s', (breach, messages, stored, asked = ASKED) => {
    expect(breachesOf(judgeAnswers([asked], messages, stored))).toEqual([expect.stringContaining(`${breach} 1: `)]);
  });

  it('does not count as lost what Slack itself never brought', () => {
    const judged = judgeAnswers([{ ...ASKED, givenUp: true }], [], new Map());
    expect(judged).toMatchObject({ givenUp: 1, lost: [] });
    // Once it is stored it has to be answered, whatever Slack heard of it.
    expect(judgeAnswers([{ ...ASKED, givenUp: true }], [], storedAs(null)).lost).toHaveLength(1);
  });

  it('holds the order of a thread, but for what had not arrived yet', () => {
    const later = question(2);
    const swapped = [posted(`answer/${ASKED.key}`, '2.000005'), posted(`answer/${later.key}`, '2.000002')];
    const arrived = (first: number, second: number) =>
      new Map([
        [ASKED.key, held('answered', first)],
        [later.key, held('answered', second)],
      ]);
    expect(judgeAnswers([ASKED, later], swapped, arrived(1, 2)).outOfOrder).toEqual([later.key]);
    expect(judgeAnswers([ASKED, later], swapped, arrived(2, 1)).outOfOrder).toEqual([]);
    expect(judgeAnswers([ASKED, { ...later, threadTs: '9.000000' }], swapped, arrived(1, 2)).outOfOrder).toEqual([]);
  });
});
