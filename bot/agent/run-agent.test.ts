import { describe, expect, it } from 'vitest';
import { GOOD, ranAgainst } from './agent-fixture.ts';
import { call, giveAnswer } from './chat-server/chat-step.ts';

describe('a run of the model', () => {
  it('calls tools, gives an answer, and tells what it did and cost', async () => {
    const { run, server, events } = await ranAgainst([call('host_load', { host: 'node2' }), giveAnswer(GOOD)]);
    expect(run).toMatchObject({ answer: GOOD, failure: null });
    expect(run.calls).toEqual([{ tool: 'host_load', input: { host: 'node2' }, outcome: 'run' }]);
    expect(run.costs.modelCalls).toBe(2);
    expect(run.costs.inputTokens).toBeGreaterThan(100);
    expect(run.costs.usd).toBeCloseTo((run.costs.inputTokens + 10 * run.costs.outputTokens) / 1e6, 12);
    expect(events[0]).toEqual({ kind: 'draft', characters: expect.any(Number) });
    expect(events).toContainEqual({ kind: 'tool', line: { en: 'looking at the host', zh: '正在查看主机' } });
    expect(server.asked[1]?.body.messages.at(-1)).toMatchObject({
      role: 'tool',
      content: 'load of {"host":"node2"}: 0.7',
    });
  });
});
