import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GOOD, hostTask, modelAt, ranAgainst } from './agent-fixture.ts';
import { chatServer } from './chat-server/chat-server.ts';
import { call, giveAnswer } from './chat-server/chat-step.ts';
import { runAgent } from './run-agent.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

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

  it('tells how much of the reply is written, and is silent once it is over', async () => {
    const server = await chatServer([{ ...giveAnswer(GOOD), pauseMs: 60 } as never]);
    let over = false;
    const told: number[] = [];
    const run = await runAgent(
      hostTask(),
      modelAt(server.url),
      (event) => {
        if (over) throw new Error('told after the end');
        if (event.kind === 'draft') told.push(event.characters);
      },
      new AbortController().signal,
    );
    over = true;
    await server.close();
    expect(run.answer).toEqual(GOOD);
    expect(told.length).toBeGreaterThan(2);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });

  it('is not ended by a listener that throws', async () => {
    const server = await chatServer([giveAnswer(GOOD)]);
    const listener = () => {
      throw new Error('nobody is there');
    };
    const run = await runAgent(hostTask(), modelAt(server.url), listener, new AbortController().signal);
    await server.close();
    expect(run.answer).toEqual(GOOD);
  });

  it('side by side with others shares nothing with them', async () => {
    const script = (host: string) => [call('host_load', { host }), giveAnswer({ cause: host, evidence: [] })];
    const runs = await Promise.all(['a', 'b', 'c', 'd'].map((host) => ranAgainst(script(host))));
    expect(runs.map(({ run }) => run.answer)).toEqual(['a', 'b', 'c', 'd'].map((cause) => ({ cause, evidence: [] })));
    expect(runs.map(({ run }) => run.calls.map(({ input }) => input))).toEqual(
      ['a', 'b', 'c', 'd'].map((host) => [{ host }]),
    );
  });

  it('costs little beside the wire', async () => {
    const script = [call('host_load', { host: 'node2' }), giveAnswer(GOOD)];
    const took: number[] = [];
    for (let round = 0; round < 8; round += 1) took.push((await ranAgainst(script)).tookMs);
    expect(Math.min(...took)).toBeLessThan(150);
  });
});

describe('the framework', () => {
  // Every module that a process loads, told by a hook.
  const HOOK = `import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) { if (/langchain|langgraph|\\/openai\\//.test(url)) console.error('LOADED ' + url); return next(url, context); } });`;
  const loaded = (args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(HOOK)}`, ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });

  it('is not loaded by `ask --no-model`, nor by importing what runs it', () => {
    const asked = loaded([
      'bot/terminal/main.ts',
      'ask',
      'why did it fail?',
      '--no-model',
      '--from',
      'bot/demo/failed-run',
    ]);
    expect([asked.status, asked.stderr.includes('LOADED')]).toEqual([0, false]);
    expect(asked.stdout.length).toBeGreaterThan(100);
    expect(loaded(['-e', "import('./bot/agent/run-agent.ts').then((room) => room.prepareAgent())"]).stderr).toMatch(
      /LOADED .*langchain/,
    );
    const imported = loaded(['-e', "import('./bot/agent/run-agent.ts')"]);
    expect([imported.status, imported.stderr]).toEqual([0, '']);
  });

  it('is loaded by what needs it (so that the test above can fail)', () => {
    const { stderr } = loaded(['-e', "import('./bot/agent/agent-loop.ts')"]);
    expect(stderr).toMatch(/LOADED .*langchain/);
  });
});
