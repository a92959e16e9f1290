import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChatAsked } from '../../../bot/agent/chat-server/chat-server.ts';
import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import { DEMO_QUESTIONS } from '../../../bot/investigation/fixtures/demo-case.ts';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import { notAsExpected, ScriptBroken, scriptedAnswerer } from './scripted-answerer.ts';
import type { Turn, Turns } from './turns.ts';

const CAPTURE = path.join(import.meta.dirname, '..', '..', '..', 'bot', 'demo', 'failed-run');

const HONEST: Turn = {
  answer: {
    ordering: [{ hypothesis: '{h:kernel.memcg_oom}', reason: 'the kernel says so', evidence: [] }],
    reply: 'The kernel killed the process because its own container was full [{e:Killed process}].',
    explanation: '',
    remedies: [],
    missing: [],
    theories: [],
  },
};

function script(turns: Turn[], expects: Partial<Turns['expects']> = {}): Turns {
  return {
    about: 'a test',
    writtenBy: 'by hand',
    question: 1,
    turns,
    expects: { author: 'agent', requests: 1, says: [], neverSays: [], sentBack: [], ...expects },
  };
}

async function answered(turns: Turns): Promise<unknown> {
  return await scriptedAnswerer(turns)
    .answer({
      question: DEMO_QUESTIONS['failed-run'].en,
      platform: await openCapture(CAPTURE),
      attachments: [],
      signal: new AbortController().signal,
      onFirst: () => {},
    })
    .catch((error: unknown) => error);
}

describe('scriptedAnswerer', { timeout: 60_000 }, () => {
  it('gives the answer of the product with the model of the script', async () => {
    const diagnosis = await answered(script([HONEST], { says: ['its own container was full'], ran: [] }));
    expect(diagnosis).toMatchObject({ author: 'agent', rootCauses: [{ code: 'kernel.memcg_oom' }] });
  });

  it('says the last turn again to whatever comes after it', async () => {
    const diagnosis = await answered(script([{ fail: 503 }], { author: 'analyst', requests: 3 }));
    expect(diagnosis).toMatchObject({ author: 'analyst', rootCauses: [{ code: 'kernel.memcg_oom' }] });
  });

  it('is broken, not green, when the answer is not what the script expects, and tells what the model was told', async () => {
    const insists: Turn = { answer: { ...(HONEST as { answer: object }).answer, reply: 'It took 4711 hours.' } };
    const error = await answered(script([insists], { requests: 2 }));
    expect(error).toBeInstanceOf(ScriptBroken);
    expect((error as Error).message).toMatch(/the answer is the analyst's, not the agent's; told last: Not accepted/);
  });

  it('is broken when the case does not hold what a turn names', async () => {
    const error = await answered(script([{ say: '{h:memory.spill}' }], { author: 'analyst' }));
    expect(error).toBeInstanceOf(ScriptBroken);
    expect((error as Error).message).toContain('the case has no hypothesis “memory.spill”');
  });
});

describe('notAsExpected', () => {
  const diagnosis = { author: 'agent', question: { text: 'was it the disk?' }, summary: 'a "full" group' } as Diagnosis;
  const asked = ['first', 'Not accepted: \\"e9\\"'].map((text) => ({ text }) as ChatAsked);
  const calls = [
    { tool: 'logs_read', input: {}, outcome: 'run' as const },
    { tool: 'logs_read', input: {}, outcome: 'repeat' as const },
  ];
  const run = { answer: null, failure: null, calls, costs: {} } as unknown as Parameters<typeof notAsExpected>[2];
  const fits = script([HONEST], {
    requests: 2,
    ran: ['logs_read'],
    says: ['a "full" group'],
    neverSays: ['was it the disk'],
    sentBack: ['Not accepted: "e9"'],
  }).expects;

  it('finds nothing where all is as expected', () => {
    expect(notAsExpected(fits, diagnosis, run, asked)).toEqual([]);
  });

  it.each([
    ['who answered', { author: 'analyst' as const }, "the answer is the agent's, not the analyst's"],
    ['how often it was asked', { requests: 1 }, '2 requests, not 1'],
    ['the tools that were run', { ran: [] }, 'tools run: logs_read'],
    ['words that have to be there', { says: ['an empty group'] }, 'does not say “an empty group”'],
    ['words that may not be there', { neverSays: ['"full"'] }, 'says “"full"”'],
    ['what it was told', { sentBack: ['first'] }, 'was not sent back “first”'],
  ])('tells %s', (_what, other, told) => {
    expect(notAsExpected({ ...fits, ...other }, diagnosis, run, asked)).toEqual([told]);
  });
});
