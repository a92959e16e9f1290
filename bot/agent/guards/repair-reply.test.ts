import { describe, expect, it } from 'vitest';
import { GOOD, hostTool, ranAgainst } from '../agent-fixture.ts';
import { type ChatStep, call, giveAnswer } from '../chat-server/chat-step.ts';

// The server refuses (400) every history that real servers refuse, and closing it fails on any refusal and on every unexpected request.
describe('what a model says badly', () => {
  it('arguments that are no JSON do not end the run without a word: the call gets an error, the model goes on', async () => {
    const malformed: ChatStep = { do: 'call', calls: [{ tool: 'host_load', raw: '{"host": node2' }] };
    const { run, server } = await ranAgainst([malformed, call('host_load', { host: 'node2' }), giveAnswer(GOOD)]);
    expect(run.answer).toEqual(GOOD);
    expect(run.calls.map(({ outcome }) => outcome)).toEqual(['invalid', 'run']);
    expect(server.asked[1]?.body.messages.slice(-2)).toMatchObject([
      { role: 'assistant', tool_calls: [{ function: { name: 'host_load' } }] },
      { role: 'tool', content: 'Not run: the arguments are no JSON object.' },
    ]);
  });

  it('a bad call beside a good one does not vanish', async () => {
    const both: ChatStep = {
      do: 'call',
      calls: [
        { tool: 'host_load', raw: '[1]' },
        { tool: 'host_load', input: { host: 'node3' } },
      ],
    };
    const { run, server } = await ranAgainst([both, giveAnswer(GOOD)]);
    expect(run.calls.map(({ outcome }) => outcome)).toEqual(['invalid', 'run']);
    const results = server.asked[1]?.body.messages.filter(({ role }) => role === 'tool') ?? [];
    expect(results.map(({ content }) => content)).toEqual([
      'Not run: the arguments are no JSON object.',
      'load of {"host":"node3"}: 0.7',
    ]);
  });

  it('arguments that were cut off are not completed and run', async () => {
    const asked: unknown[] = [];
    const tools = [
      hostTool(async (input) => {
        asked.push(input);
        return 'ok';
      }),
    ];
    const cut: ChatStep = { do: 'call', calls: [{ tool: 'host_load', raw: '{"host": "node' }], finishReason: 'length' };
    const { run } = await ranAgainst([cut, giveAnswer(GOOD)], { tools });
    expect([run.answer, asked]).toEqual([GOOD, []]);
  });

  it('ids that the server repeats overwrite nothing', async () => {
    const same = (host: string): ChatStep => ({
      do: 'call',
      id: 'chatcmpl-same',
      calls: [{ tool: 'host_load', input: { host }, id: 'call_same' }],
    });
    const { server } = await ranAgainst([same('node1'), same('node2'), giveAnswer(GOOD)]);
    const seen = server.asked[2]?.body.messages ?? [];
    expect(seen.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant', 'tool']);
    expect(seen.filter(({ role }) => role === 'tool').map(({ content }) => content)).toEqual([
      'load of {"host":"node1"}: 0.7',
      'load of {"host":"node2"}: 0.7',
    ]);
  });

  it('one id for two calls of a message is told apart', async () => {
    const twins: ChatStep = {
      do: 'call',
      calls: ['node1', 'node2'].map((host) => ({ tool: 'host_load', input: { host }, id: 'call_same' })),
    };
    const { run } = await ranAgainst([twins, giveAnswer(GOOD)]);
    expect(run.calls.map(({ input }) => input)).toEqual([{ host: 'node1' }, { host: 'node2' }]);
  });

  it.each([
    ['alone', JSON.stringify(GOOD)],
    ['in a block', `Here it is:\n\`\`\`json\n${JSON.stringify(GOOD, null, 2)}\n\`\`\`\nThat is all.`],
    ['after a thought', `<think>{"cause": "not this"}</think>${JSON.stringify(GOOD)}`],
    ['as a written call', `<tool_call>{"name": "give_answer", "arguments": ${JSON.stringify(GOOD)}}</tool_call>`],
  ])('an answer written as text is taken: %s', async (_, text) => {
    const { run } = await ranAgainst([{ do: 'say', text }]);
    expect(run).toMatchObject({ answer: GOOD, failure: null, costs: { modelCalls: 1 } });
  });

  it('a text without an answer gets one turn to be mended', async () => {
    const { run, server } = await ranAgainst([
      { do: 'say', text: 'The host was slow because of its load.' },
      giveAnswer(GOOD),
    ]);
    expect(run.answer).toEqual(GOOD);
    expect(server.asked[1]?.body.messages.at(-1)?.content).toContain('no call of give_answer with a JSON object');
    expect(server.asked[1]?.body.tools?.map((tool) => tool.function.name)).toEqual(['give_answer']);
  });

  it('and fails after that', async () => {
    const { run } = await ranAgainst([
      { do: 'say', text: 'It is the load.' },
      { do: 'say', text: 'As I said: the load.' },
    ]);
    expect([run.answer, run.failure?.reason]).toEqual([null, 'nonsense']);
  });

  it('an answer beside other calls is taken alone', async () => {
    const both: ChatStep = {
      do: 'call',
      calls: [
        { tool: 'host_load', input: { host: 'node2' } },
        { tool: 'give_answer', input: GOOD },
      ],
    };
    const { run } = await ranAgainst([both]);
    expect([run.answer, run.calls]).toEqual([GOOD, []]);
  });
});
