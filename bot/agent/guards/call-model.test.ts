import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { GOOD, hostTask, hostTool, modelAt, ranAgainst } from '../agent-fixture.ts';
import type { AgentFailure, AgentRun } from '../agent-run.ts';
import { type ChatStep, call, giveAnswer } from '../chat-server/chat-step.ts';
import { runAgent } from '../run-agent.ts';

const NEVER = new AbortController().signal;

// Loading the framework takes its time once; the tests below have deadlines of their own.
beforeAll(async () => {
  await ranAgainst([giveAnswer(GOOD)]);
});

async function ranAt(url: string, deadlineMs: number): Promise<{ run: AgentRun; tookMs: number }> {
  const from = performance.now();
  const run = await runAgent(hostTask({ limits: { deadlineMs } }), modelAt(url), () => {}, NEVER);
  return { run, tookMs: performance.now() - from };
}

describe('a server that is down', () => {
  it('refuses connections: told within two seconds, after two more tries', async () => {
    const { run, tookMs } = await ranAt('http://127.0.0.1:1/v1', 5_000);
    expect(run.failure).toEqual({
      reason: 'unreachable',
      statement: { en: 'the language model cannot be reached', zh: '无法连接语言模型' },
    });
    expect(run.costs).toMatchObject({ modelCalls: 3, inputTokens: 0, outputTokens: 0, usd: 0 });
    expect(tookMs).toBeLessThan(2_000);
  });

  it('takes connections and never says a word: the failure is there within two seconds of the deadline', async () => {
    const server = createSocketServer(() => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { run, tookMs } = await ranAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, 1_500);
    expect(run.failure?.reason).toBe('deadline');
    expect(tookMs).toBeGreaterThanOrEqual(1_490);
    expect(tookMs).toBeLessThan(3_500);
    server.close();
  });
});

describe('a server that fails', () => {
  const cases: [string, ChatStep[], AgentFailure][] = [
    ['401', [{ do: 'fail', status: 401 }], 'not_allowed'],
    ['403', [{ do: 'fail', status: 403 }], 'not_allowed'],
    ['404: no such model', [{ do: 'fail', status: 404, code: 'model_not_found' }], 'not_allowed'],
    ['400', [{ do: 'fail', status: 400 }], 'server_error'],
    [
      '400: more than the model can hold',
      [
        {
          do: 'fail',
          status: 400,
          code: 'context_length_exceeded',
          message: "This model's maximum context length is 4096 tokens",
        },
      ],
      'over_budget',
    ],
    ['429 again and again', Array(3).fill({ do: 'fail', status: 429, retryAfter: '0' }), 'rate_limited'],
    ['429 for an hour', [{ do: 'fail', status: 429, retryAfter: '3600' }], 'rate_limited'],
    [
      '429: no quota',
      Array(3).fill({ do: 'fail', status: 429, code: 'insufficient_quota', retryAfter: '0' }),
      'rate_limited',
    ],
    ['500 again and again', Array(3).fill({ do: 'fail', status: 500 }), 'server_error'],
    ['an error within the stream', Array(3).fill({ do: 'fail-in-stream', message: 'overloaded' }), 'server_error'],
    ['a stream that ends in the middle', Array(3).fill({ do: 'cut', text: 'The ca', how: 'end' }), 'cut_off'],
    ['a connection that is reset', Array(3).fill({ do: 'cut', text: 'The ca', how: 'reset' }), 'cut_off'],
    ['a web page', Array(3).fill({ do: 'babble', body: '<html>login</html>', contentType: 'text/html' }), 'nonsense'],
    ['events that are no JSON', Array(3).fill({ do: 'babble', body: 'data: {oh no\n\n' }), 'nonsense'],
    ['an empty answer', Array(3).fill({ do: 'empty' }), 'nonsense'],
    ['a refusal', [{ do: 'refuse', text: 'I cannot help with that.' }], 'refused'],
    ['a filter', [{ do: 'say', text: 'The', finishReason: 'content_filter' }], 'refused'],
    ['a flood', [{ do: 'flood' }], 'nonsense'],
  ];
  it.each(cases)('%s', async (_, script, reason) => {
    const { run, tookMs } = await ranAgainst(script);
    expect([run.answer, run.failure?.reason]).toEqual([null, reason]);
    expect(run.costs.modelCalls).toBe(script.length);
    expect(tookMs).toBeLessThan(4_000);
  });

  it('once is tried again, as late as the server asks', async () => {
    const { run, server } = await ranAgainst([
      { do: 'fail', status: 429, retryAfter: '1' },
      { do: 'cut', text: 'The', how: 'reset' },
      giveAnswer(GOOD),
    ]);
    expect([run.answer, run.costs.modelCalls]).toEqual([GOOD, 3]);
    expect((server.asked[1]?.atMs ?? 0) - (server.asked[0]?.atMs ?? 0)).toBeGreaterThan(950);
  });

  it('never says why its streams end, but ends them: its answers are taken', async () => {
    const delta = { role: 'assistant', content: JSON.stringify(GOOD) };
    const chunk = {
      id: 'x',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index: 0, delta, finish_reason: null }],
    };
    const { run } = await ranAgainst([{ do: 'babble', body: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n` }]);
    expect(run.answer).toEqual(GOOD);
  });

  it('counts what cannot be: the budget stays closed', async () => {
    const usage = { prompt_tokens: -1_000_000, completion_tokens: -5 };
    const { run } = await ranAgainst([{ ...giveAnswer(GOOD), usage } as ChatStep]);
    expect(run.costs.inputTokens).toBeGreaterThan(0);
    expect(run.costs.outputTokens).toBeGreaterThan(0);
  });

  it('is not tried again beyond the budget', async () => {
    const { run, server } = await ranAgainst([{ do: 'cut', text: 'The', how: 'reset' }], {
      context: 'word '.repeat(1_000),
      limits: { inputTokens: 2_000, modelCalls: 1 },
    });
    expect([run.failure?.reason, server.asked.length]).toEqual(['cut_off', 1]);
  });

  it('redirects: neither question nor key goes elsewhere', async () => {
    let asked = 0;
    const other = createServer((_, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const to = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/chat/completions`;
    const { run } = await ranAgainst([{ do: 'redirect', to }]);
    expect([run.failure?.reason, asked]).toEqual(['server_error', 0]);
    other.close();
  });

  it('what it says is not told to people', async () => {
    const { run } = await ranAgainst([{ do: 'fail', status: 401, message: 'call +1-555 or see http://evil.example' }]);
    expect(JSON.stringify(run)).not.toContain('evil');
  });
});

describe('a server that is slow', () => {
  it('and stops in the middle is given up after the idle time, twice, and its connections are closed', async () => {
    const { run, server, tookMs } = await ranAgainst([{ do: 'stall', text: 'The ca' }, { do: 'stall' }], {
      limits: { idleMs: 300 },
    });
    expect(run.failure?.reason).toBe('stalled');
    expect(tookMs).toBeLessThan(2_000);
    await expect.poll(() => server.asked.map(({ hungUp }) => hungUp)).toEqual([true, true]);
  });

  it('but speaks now and then is not given up', async () => {
    const { run } = await ranAgainst([{ ...giveAnswer(GOOD), pauseMs: 100 } as ChatStep], { limits: { idleMs: 400 } });
    expect(run.answer).toEqual(GOOD);
  });

  it('and only keeps the connection alive is given up at the deadline', async () => {
    const { run, server, tookMs } = await ranAgainst([{ do: 'ping', everyMs: 50 }], {
      limits: { idleMs: 300, deadlineMs: 1_000 },
    });
    expect(run.failure?.reason).toBe('deadline');
    expect(tookMs).toBeLessThan(3_000);
    await expect.poll(() => server.asked[0]?.hungUp).toBe(true);
  });
});

describe('an asker who goes', () => {
  it('ends the request on the wire', async () => {
    const asker = new AbortController();
    setTimeout(() => asker.abort(), 300);
    const { run, server, tookMs } = await ranAgainst([{ do: 'stall', text: 'The ca' }], { signal: asker.signal });
    expect(run.failure?.reason).toBe('aborted');
    expect(tookMs).toBeLessThan(1_500);
    await expect.poll(() => server.asked[0]?.hungUp).toBe(true);
  });

  it('ends the tools that run', async () => {
    const asker = new AbortController();
    let heard = false;
    const tools = [
      hostTool(async (_, signal) => {
        setTimeout(() => asker.abort(), 50);
        await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
        heard = true;
        return '';
      }),
    ];
    const { run } = await ranAgainst([call('host_load', { host: 'node2' })], { tools, signal: asker.signal });
    expect(run.failure?.reason).toBe('aborted');
    await expect.poll(() => heard).toBe(true);
  });

  it('before it began asks nothing', async () => {
    const { run, server } = await ranAgainst([], { signal: AbortSignal.abort() });
    expect([run.failure?.reason, server.asked.length]).toEqual(['aborted', 0]);
  });

  it('waits for no second try', async () => {
    const asker = new AbortController();
    setTimeout(() => asker.abort(), 200);
    const { run, tookMs } = await ranAgainst([{ do: 'fail', status: 429, retryAfter: '20' }], { signal: asker.signal });
    expect(run.failure?.reason).toBe('aborted');
    expect(tookMs).toBeLessThan(1_500);
  });
});
