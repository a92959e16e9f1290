import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { DEMO_QUESTIONS } from '../investigation/fixtures/demo-case.ts';
import { investigate } from '../investigation/investigate.ts';
import { modelAt } from './agent-fixture.ts';
import type { AgentReply } from './agent-reply.ts';
import { answerWithModel } from './answer-with-model.ts';
import { type ChatScript, type ChatServer, chatServer } from './chat-server/chat-server.ts';
import { giveAnswer } from './chat-server/chat-step.ts';
import { HONEST_REPLY } from './honest-reply-fixture.ts';
import type { ModelSettings } from './model-settings.ts';

const FAILED = path.join(import.meta.dirname, '..', 'demo', 'failed-run');

/** With a word on the asker's theory. */
const GOOD: AgentReply = {
  ...HONEST_REPLY,
  theories: [
    { theory: 't3', verdict: 'ruled_out', reason: 'The limit belongs to the container [e13].', evidence: ['e13'] },
  ],
};

async function answeredBy(
  script: ChatScript,
  more: Partial<ModelSettings> = {},
): Promise<{ diagnosis: Diagnosis; server: ChatServer; tookMs: number }> {
  const server = await chatServer(script);
  const from = performance.now();
  try {
    const diagnosis = await answerWithModel(
      {
        question: DEMO_QUESTIONS['failed-run'].en,
        platform: await openCapture(FAILED),
        language: 'auto',
        attachments: [],
      },
      { ...modelAt(server.url), ...more },
      () => {},
      new AbortController().signal,
    );
    return { diagnosis, server, tookMs: performance.now() - from };
  } finally {
    await server.close();
  }
}

const noteOf = ({ skipped }: Diagnosis) => (skipped ?? []).find((line) => line.includes('without the language model'));

describe('an answer with a model', { timeout: 60_000 }, () => {
  it('takes one call where the cause stands confirmed, and says what it cost', async () => {
    const { diagnosis, server } = await answeredBy([giveAnswer(GOOD)]);
    expect(server.asked).toHaveLength(1);
    expect(diagnosis.author).toBe('agent');
    expect(diagnosis.summary).toMatch(/Root cause: killed by the kernel.*its limit of 768 MiB \[e13\]\.$/);
    expect(diagnosis.explanation).toBe(GOOD.explanation);
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'kernel.memcg_oom', standing: 'confirmed' });
    expect(diagnosis.rootCauses[0]?.remediations[0]?.statement).toBe('Let the processes of the container take less');
    expect(diagnosis.theories.find(({ text }) => text === 'bad node')?.why).toBe(
      'The limit belongs to the container [e13].',
    );
    expect(diagnosis.costs.modelCalls).toBe(1);
    expect(diagnosis.costs.inputTokens).toBeGreaterThan(500);
    expect(diagnosis.costs.outputTokens).toBeGreaterThan(20);
    expect(noteOf(diagnosis)).toBeUndefined();
  });

  it('sends back once what cannot stand', async () => {
    const bad = { ...GOOD, reply: 'The container held 913.4 MiB [e13].' };
    const { diagnosis, server } = await answeredBy([giveAnswer(bad), giveAnswer(GOOD)]);
    expect(server.asked[1]?.text).toContain('913.4 MiB was neither read nor computed');
    expect(diagnosis.author).toBe('agent');
    expect(diagnosis.summary).not.toContain('913.4');
  });

  it('keeps what stands of an answer that was not mended', async () => {
    const bad = { ...GOOD, reply: `${GOOD.reply} A solar flare caused it [e13].` };
    const { diagnosis } = await answeredBy([giveAnswer(bad), giveAnswer(bad)]);
    expect(diagnosis.author).toBe('agent');
    expect(diagnosis.summary).toContain('768 MiB [e13].');
    expect(diagnosis.summary).not.toContain('solar');
  });

  it('is the analyst’s where nothing of the reply stands, and says so', async () => {
    const bad = { ...GOOD, reply: 'See https://evil.test/ for the cause [e13].' };
    const { diagnosis } = await answeredBy([giveAnswer(bad), giveAnswer(bad)]);
    expect(diagnosis.author).toBe('analyst');
    expect(noteOf(diagnosis)).toBeDefined();
    expect(JSON.stringify(diagnosis)).not.toContain('evil.test');
  });

  it('is the analyst’s, in time, where the model says nothing', async () => {
    const limits = { ...modelAt('').limits, deadlineMs: 9_000, idleMs: 1_000 };
    const { diagnosis, tookMs } = await answeredBy(() => ({ do: 'stall' }), { limits });
    const plain = await investigate({
      question: DEMO_QUESTIONS['failed-run'].en,
      platform: await openCapture(FAILED),
      language: 'auto',
      attachments: [],
    });
    expect(tookMs).toBeLessThan(11_000);
    expect(diagnosis.author).toBe('analyst');
    expect(noteOf(diagnosis)).toBeDefined();
    expect(diagnosis.rootCauses).toEqual(plain.rootCauses);
    expect(diagnosis.summary).toBe(plain.summary);
  });

  it('is the analyst’s where the code around the model fails', async () => {
    const diagnosis = await answerWithModel(
      {
        question: DEMO_QUESTIONS['failed-run'].en,
        platform: await openCapture(FAILED),
        language: 'zh',
        attachments: [],
      },
      modelAt('http://127.0.0.1:9'),
      () => {},
      new AbortController().signal,
      async () => {
        throw new TypeError('a defect');
      },
    );
    expect(diagnosis.author).toBe('analyst');
    expect((diagnosis.skipped ?? [])[0]).toBe('本回答未使用语言模型：调用时出错');
  });
});
