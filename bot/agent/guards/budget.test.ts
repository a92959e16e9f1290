import { describe, expect, it } from 'vitest';
import { GOOD, hostTool, ranAgainst } from '../agent-fixture.ts';
import { type ChatStep, giveAnswer } from '../chat-server/chat-step.ts';
import type { ChatRequest } from '../chat-server/check-request.ts';

/** A model that would look for ever, and answers only when nothing else is offered. */
function curious(usage?: { prompt_tokens: number; completion_tokens: number }) {
  return (request: ChatRequest, number: number): ChatStep => {
    const only = request.tools?.length === 1;
    const made: ChatStep = only
      ? giveAnswer(GOOD)
      : { do: 'call', calls: [{ tool: 'host_load', input: { host: `node${number}` } }] };
    return { ...made, ...(usage ? { usage } : {}) } as ChatStep;
  };
}

describe('the budget of a run', () => {
  it('of calls ends the looking, not the run: the last call offers only the answer', async () => {
    const { run, server } = await ranAgainst(curious(), { limits: { modelCalls: 4 } });
    expect(run.answer).toEqual(GOOD);
    // Two looks, the answer; a fourth call was kept for an answer to be mended.
    expect(server.asked.map(({ body }) => body.tools?.length)).toEqual([2, 2, 1]);
    expect(server.asked[2]?.body.messages.at(-1)).toMatchObject({
      role: 'user',
      content: expect.stringContaining('Nothing more can be looked at'),
    });
  });

  it('of one call asks for the answer at once', async () => {
    const { run, server } = await ranAgainst(curious(), { limits: { modelCalls: 1 } });
    expect([run.answer, server.asked.length]).toEqual([GOOD, 1]);
  });

  it('thirty rounds of looking pass: the limit of the framework is not ours', async () => {
    const { run } = await ranAgainst(curious(), { limits: { modelCalls: 32, inputTokens: 1e9, outputTokens: 1e6 } });
    expect([run.answer, run.calls.length]).toEqual([GOOD, 30]);
  });

  it('of input tokens leaves room for the answer', async () => {
    const tools = [hostTool(async () => 'line of a log '.repeat(200))];
    const { run } = await ranAgainst(curious(), { tools, limits: { inputTokens: 8_000, modelCalls: 50 } });
    expect(run.answer).toEqual(GOOD);
    expect(run.calls.length).toBeGreaterThan(1);
    expect(run.costs.inputTokens).toBeLessThanOrEqual(8_000);
  });

  it('leaves results out when one was too long to pay for, rather than the answer', async () => {
    const tools = [hostTool(async () => 'line of a log '.repeat(1_400))];
    const { run, server } = await ranAgainst(curious(), { tools, limits: { inputTokens: 2_000 } });
    expect(run.answer).toEqual(GOOD);
    expect(server.asked.at(-1)?.text).toContain('left out: there is no room');
    expect(run.costs.inputTokens).toBeLessThanOrEqual(2_000);
  });

  it('fails without a call when the question alone is too long', async () => {
    const { run, server } = await ranAgainst([], { context: 'word '.repeat(4_000), limits: { inputTokens: 2_000 } });
    expect([run.failure?.reason, server.asked.length]).toEqual(['over_budget', 0]);
  });

  it('of output tokens: no call is let say more than is left', async () => {
    const { run, server } = await ranAgainst(curious({ prompt_tokens: 10, completion_tokens: 400 }), {
      limits: { outputTokens: 1_000 },
    });
    expect(run.answer).toEqual(GOOD);
    expect(server.asked.map(({ body }) => body.max_tokens)).toEqual([750, 450, 200]);
    const spent = await ranAgainst([{ do: 'say', text: 'so', usage: { prompt_tokens: 1, completion_tokens: 1_000 } }], {
      limits: { outputTokens: 1_000 },
    });
    expect(spent.run.failure?.reason).toBe('over_budget');
  });

  it('of money', async () => {
    const { run, server } = await ranAgainst(curious({ prompt_tokens: 20_000, completion_tokens: 10 }), {
      limits: { usd: 0.05, inputTokens: 1e6 },
    });
    expect(run.costs.usd).toBeLessThanOrEqual(0.05);
    expect([run.answer, server.asked.length]).toEqual([GOOD, 2]);
  });

  it('of time: a slow model is asked for its answer while there is time for it', async () => {
    const slow = (request: ChatRequest, number: number): ChatStep =>
      ({ ...curious()(request, number), pauseMs: 60 }) as ChatStep;
    const { run, tookMs } = await ranAgainst(slow, { limits: { deadlineMs: 3_000, modelCalls: 100 } });
    expect(run.answer).toEqual(GOOD);
    expect(tookMs).toBeLessThan(3_000);
  });

  it('counts by a guess where the server tells nothing', async () => {
    const { run } = await ranAgainst([{ ...giveAnswer(GOOD), usage: null } as ChatStep]);
    expect(run.costs.inputTokens).toBeGreaterThan(50);
    expect(run.costs.outputTokens).toBeGreaterThan(5);
  });

  it('a model without a price costs null', async () => {
    const { run } = await ranAgainst([giveAnswer(GOOD)], { model: 'strong' });
    expect(run.costs).toMatchObject({ usd: null, model: 'strong-model' });
  });
});
