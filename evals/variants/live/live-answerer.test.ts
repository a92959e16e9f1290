import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelAt } from '../../../bot/agent/agent-fixture.ts';
import { type ChatScript, chatServer } from '../../../bot/agent/chat-server/chat-server.ts';
import { DEMO_QUESTIONS } from '../../../bot/investigation/fixtures/demo-case.ts';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import { NotRun } from '../../trial/answerer.ts';
import { agreeingModel } from './honest-model-fixture.ts';
import { liveAnswerer } from './live-answerer.ts';
import type { LivePurse } from './live-purse.ts';

const CAPTURE = path.join(import.meta.dirname, '..', '..', '..', 'bot', 'demo', 'failed-run');

async function answered(script: ChatScript, url?: string) {
  const spent: [number | null, boolean][] = [];
  const purse: LivePurse = { enter: async () => undefined, spent: (usd, isDown) => spent.push([usd, isDown]) };
  const server = await chatServer(script);
  try {
    const model = { ...modelAt(url ?? server.url), limits: { ...modelAt('').limits, deadlineMs: 20_000 } };
    const diagnosis = await liveAnswerer(model, purse)
      .answer({
        question: DEMO_QUESTIONS['failed-run'].en,
        platform: await openCapture(CAPTURE),
        attachments: [],
        signal: new AbortController().signal,
        onFirst: () => {},
      })
      .catch((error: unknown) => error);
    return { diagnosis, spent };
  } finally {
    await server.close();
  }
}

describe('liveAnswerer', { timeout: 60_000 }, () => {
  it('gives the answer of the product with a model, and counts its price', async () => {
    const { diagnosis, spent } = await answered(agreeingModel(() => false));
    expect(diagnosis).toMatchObject({ author: 'agent', rootCauses: [{ code: 'kernel.memcg_oom' }] });
    expect(spent).toEqual([[expect.any(Number), false]]);
  });

  it.each([
    ['a server that fails', () => agreeingModel(() => true)],
    ['a key that is not accepted', (): ChatScript => () => ({ do: 'fail', status: 401 })],
    ['a limit of the server', (): ChatScript => () => ({ do: 'fail', status: 429, code: 'insufficient_quota' })],
  ])('tells an outage instead of the answer without a model: %s', async (_name, script) => {
    const { diagnosis, spent } = await answered(script());
    expect(diagnosis).toBeInstanceOf(NotRun);
    expect(spent.map(([, isDown]) => isDown)).toEqual([true]);
  });

  it('scores what the product answers when the model itself fails: nonsense is no outage', async () => {
    const { diagnosis, spent } = await answered(() => ({ do: 'say', text: 'I think it was the weather.' }));
    expect(diagnosis).toMatchObject({ author: 'analyst', rootCauses: [{ code: 'kernel.memcg_oom' }] });
    expect(spent.map(([, isDown]) => isDown)).toEqual([false]);
  });
});
