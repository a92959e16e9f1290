import { describe, expect, it } from 'vitest';
import { GOOD, ranAgainst } from '../agent-fixture.ts';
import { giveAnswer } from '../chat-server/chat-step.ts';

describe('the answer', () => {
  const invented = { cause: 'invented', evidence: [] };

  it('that fails the check goes back once with what is wrong, and no tool but its own is offered', async () => {
    const { run, server } = await ranAgainst([giveAnswer(invented), giveAnswer(GOOD)]);
    expect(run.answer).toEqual(GOOD);
    expect(server.asked[1]?.body.messages.at(-1)?.content).toBe(
      'Not accepted:\n- cause: there is no evidence of it\nMend this and call give_answer once more.',
    );
    expect(server.asked[1]?.body.tools).toHaveLength(1);
  });

  it('that fails it twice is none', async () => {
    const { run } = await ranAgainst([giveAnswer(invented), giveAnswer(invented)]);
    expect([run.answer, run.failure?.reason, run.costs.modelCalls]).toEqual([null, 'nonsense', 2]);
  });

  it('without the form is told where it fails, without a stack or a path of this machine', async () => {
    const { run, server } = await ranAgainst([giveAnswer({ cause: 7 }), giveAnswer(GOOD)]);
    expect(run.answer).toEqual(GOOD);
    const told = String(server.asked[1]?.body.messages.at(-1)?.content);
    expect(told).toMatch(/- cause: .*\n- evidence: /);
    expect(server.asked[1]?.text).not.toMatch(/\\n {4}at |node_modules|\.ts:/);
  });

  it('that was cut off is asked for shorter', async () => {
    const cut = { do: 'call', calls: [{ tool: 'give_answer', raw: '{"cause": "lo' }], finishReason: 'length' } as const;
    const { run, server } = await ranAgainst([cut, giveAnswer(GOOD)]);
    expect(run.answer).toEqual(GOOD);
    expect(server.asked[1]?.body.messages.at(-1)?.content).toContain('say it shorter');
  });

  it('a check that throws is a bug of ours and is thrown', async () => {
    const check = () => {
      throw new TypeError('a bug');
    };
    await expect(ranAgainst([giveAnswer(GOOD)], { check })).rejects.toThrow('a bug');
  });
});
