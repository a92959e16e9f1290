import { beforeAll, describe, expect, it } from 'vitest';
import { modelAt } from '../../bot/agent/agent-fixture.ts';
import { type ChatScript, chatServer } from '../../bot/agent/chat-server/chat-server.ts';
import { giveAnswer } from '../../bot/agent/chat-server/chat-step.ts';
import type { ChatRequest } from '../../bot/agent/chat-server/check-request.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { demoCase } from '../../bot/investigation/fixtures/demo-case.ts';
import { judgeAnswer } from './judge-answer.ts';
import { JUDGE_QUESTION_NAMES, JUDGE_QUESTIONS, questionsFor } from './judge-questions.ts';

let diagnosis: Diagnosis;
beforeAll(async () => {
  diagnosis = (await demoCase('failed-run')).diagnosis;
}, 60_000);

/** The questions of a request, by their place. */
function asked({ messages }: ChatRequest): [string, string][] {
  return messages.flatMap(({ content }) =>
    [...(content ?? '').matchAll(/^(q\d): (.+)$/gm)].map(([, place = '', text = '']): [string, string] => [
      place,
      text,
    ]),
  );
}

/** A double of a judge: no to the questions named, yes to all others. */
function judge(no: readonly string[]): ChatScript {
  return (request) =>
    giveAnswer({
      verdicts: asked(request).map(([question, text]) => ({
        question,
        reason: `because of ${text.slice(0, 20)}`,
        answer: no.includes(text) ? 'no' : 'yes',
      })),
    });
}

async function judged(script: ChatScript, seed = 1) {
  const server = await chatServer(script);
  try {
    const settings = { ...modelAt(server.url), limits: { ...modelAt('').limits, modelCalls: 2 } };
    const judgement = await judgeAnswer(diagnosis, settings, seed, new AbortController().signal);
    return { judgement, requests: server.asked };
  } finally {
    await server.close();
  }
}

describe('judgeAnswer', { timeout: 30_000 }, () => {
  it('gives each question its own verdict, in whatever order it stood', async () => {
    const { judgement } = await judged(judge([JUDGE_QUESTIONS.grounded]));
    if (!judgement.judged) throw new Error(judgement.why);
    expect(Object.keys(judgement.verdicts).sort()).toEqual([...questionsFor(diagnosis)].sort());
    expect(judgement.verdicts.grounded?.yes).toBe(false);
    expect(judgement.verdicts.plain).toEqual({ yes: true, reason: expect.stringContaining('Does the answer say') });
  });

  it('asks in an order drawn from the seed, the same for the same seed', async () => {
    const orderOf = async (seed: number) => {
      const { requests } = await judged(judge([]), seed);
      return asked(requests[0]?.body as ChatRequest).map(([, text]) => text);
    };
    const first = await orderOf(1);
    expect(await orderOf(1)).toEqual(first);
    const others = await Promise.all([2, 3, 4].map(orderOf));
    expect(others.some((order) => order.join() !== first.join())).toBe(true);
    for (const order of others) expect([...order].sort()).toEqual([...first].sort());
  });

  it('shows the answer and what it cites, and not who wrote it', async () => {
    const { requests } = await judged(judge([]));
    const text = requests[0]?.text ?? '';
    expect(text).toContain('oom-kill:constraint');
    expect(text).not.toMatch(/analyst|"author|durationMs|inv_/);
  });

  it.each([
    ['says too little at first', (number: number) => number === 1],
    ['never says all', () => true],
  ])('sends back what leaves a question out: one that %s', async (_name, leavesOut) => {
    const { judgement, requests } = await judged((request, number) =>
      giveAnswer({
        verdicts: asked(request)
          .slice(leavesOut(number) ? 1 : 0)
          .map(([question]) => ({ question, reason: 'x', answer: 'yes' })),
      }),
    );
    expect(requests).toHaveLength(2);
    expect(requests[1]?.text).toContain('q1 is not answered');
    expect(judgement.judged).toBe(!leavesOut(2));
  });

  it.each<[string, ChatScript, RegExp]>([
    ['is down', () => ({ do: 'fail', status: 401 }), /refuses access/],
    ['talks', () => ({ do: 'say', text: 'A fine answer.' }), /could not be used/],
  ])('has no verdict of a judge that %s', async (_name, script, why) => {
    const { judgement } = await judged(script);
    expect(judgement).toMatchObject({ judged: false, why: expect.stringMatching(why) });
  });
});

describe('questionsFor', () => {
  it('leaves out what cannot be asked', () => {
    expect(questionsFor({ ...diagnosis, theories: [], rootCauses: [] })).toEqual(
      JUDGE_QUESTION_NAMES.filter((name) => name !== 'theory' && name !== 'fix'),
    );
  });
});
