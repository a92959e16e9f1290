import { describe, expect, it } from 'vitest';
import { GOOD, hostTool, ranAgainst } from '../agent-fixture.ts';
import { type ChatStep, call, giveAnswer } from '../chat-server/chat-step.ts';

/** What the model was told of its calls. */
function results(server: Awaited<ReturnType<typeof ranAgainst>>['server'], at: number): string[] {
  return (server.asked[at]?.body.messages ?? [])
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => String(content));
}

describe('tools in the hands of a model', () => {
  it('an input without the form is told where it fails; no stack and no path of this machine reach the prompt', async () => {
    const { run, server } = await ranAgainst([call('host_load', { host: '', minutes: 'ten' }), giveAnswer(GOOD)]);
    expect(run.calls).toEqual([{ tool: 'host_load', input: { host: '', minutes: 'ten' }, outcome: 'invalid' }]);
    expect(results(server, 1)[0]).toMatch(/^Not run:\nhost: .*\nminutes: .*$/);
    expect(server.asked[1]?.text).not.toMatch(/\\n {4}at |node_modules|\.ts:|Error/);
  });

  it('a tool that throws becomes a result without its words; the run goes on', async () => {
    const tools = [
      hostTool(() => {
        throw new TypeError('secret of /home/somebody\n    at file.ts:1');
      }),
    ];
    const { run, server } = await ranAgainst([call('host_load', { host: 'node2' }), giveAnswer(GOOD)], { tools });
    expect(run.answer).toEqual(GOOD);
    expect(results(server, 1)).toEqual([expect.stringMatching(/^This tool failed by an error of its own/)]);
    expect(server.asked[1]?.text).not.toContain('secret of');
  });

  it('an unknown tool is told, with the names there are', async () => {
    const { run, server } = await ranAgainst([call('shell', { command: 'id' }), giveAnswer(GOOD)]);
    expect(run.calls).toEqual([{ tool: 'shell', input: { command: 'id' }, outcome: 'unknown' }]);
    expect(results(server, 1)).toEqual(['There is no such tool. There are: host_load, give_answer']);
  });

  it('an unknown tool with a name that no server takes back does not break the history', async () => {
    const { run } = await ranAgainst([call('rm -rf /; 删除', {}), call('', {}), giveAnswer(GOOD)]);
    expect(run.answer).toEqual(GOOD);
    expect(run.calls.map(({ tool, outcome }) => [tool, outcome])).toEqual([
      ['rm_-rf______', 'unknown'],
      ['nameless', 'unknown'],
    ]);
  });

  it('an exact repeat runs nothing and gets the earlier answer, however it is written', async () => {
    let runs = 0;
    const tools = [
      hostTool(async () => {
        runs += 1;
        return `answer ${runs}`;
      }),
    ];
    const twice: ChatStep = {
      do: 'call',
      calls: [
        { tool: 'host_load', raw: '{"host": "node2", "minutes": 5}' },
        { tool: 'host_load', raw: '{"minutes":5,"host":"node2"}' },
      ],
    };
    const { run, server } = await ranAgainst(
      [twice, call('host_load', { host: 'node2', minutes: 5 }), giveAnswer(GOOD)],
      {
        tools,
      },
    );
    expect(runs).toBe(1);
    expect(run.calls.map(({ outcome }) => outcome)).toEqual(['run', 'repeat', 'repeat']);
    expect(results(server, 2)[2]).toBe('Not run again: you asked exactly this before. The answer was:\nanswer 1');
  });

  it('calls of one message run side by side', async () => {
    const tools = [hostTool(() => new Promise((done) => setTimeout(() => done('ok'), 300)))];
    const three: ChatStep = {
      do: 'call',
      calls: ['a', 'b', 'c'].map((host) => ({ tool: 'host_load', input: { host } })),
    };
    const { tookMs } = await ranAgainst([three, giveAnswer(GOOD)], { tools });
    const { tookMs: again } = await ranAgainst([three, giveAnswer(GOOD)], { tools });
    expect(Math.min(tookMs, again)).toBeLessThan(850);
  });

  it('a result is cut where its tool forgot to', async () => {
    const { server } = await ranAgainst([call('host_load', { host: 'node2' }), giveAnswer(GOOD)], {
      tools: [hostTool(async () => 'x'.repeat(50_000))],
    });
    expect(results(server, 1)[0]).toHaveLength(
      20_000 + '\n… 30000 more characters are left out; ask for something narrower'.length,
    );
  });

  it('a tool that never answers and hears no signal leaves time for the answer', async () => {
    const tools = [hostTool(() => new Promise(() => {}))];
    const { run, server, tookMs } = await ranAgainst([call('host_load', { host: 'node2' }), giveAnswer(GOOD)], {
      tools,
      limits: { deadlineMs: 3_000 },
    });
    expect(run.answer).toEqual(GOOD);
    expect(tookMs).toBeLessThan(3_000);
    expect(results(server, 1)).toEqual(['It did not answer in the time there is.']);
  });

  it('two tools of one name are a bug of ours', async () => {
    await expect(ranAgainst([], { tools: [hostTool(), hostTool()] })).rejects.toThrow('two tools have one name');
  });
});
