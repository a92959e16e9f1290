import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GOOD, ranAgainst } from './agent-fixture.ts';
import { call, giveAnswer } from './chat-server/chat-step.ts';

afterEach(() => vi.unstubAllEnvs());

describe('what goes over the wire', () => {
  it.each(['gpt-5.2-pro', 'codex-mini-latest', 'o3', 'gpt-4o', 'qwen3-32b', 'deepseek-chat'])(
    '%s is asked by Chat Completions',
    async (name) => {
      // The server takes nothing but POST /v1/chat/completions, contents as plain strings and messages without a name.
      const { run, server } = await ranAgainst([call('host_load', { host: 'node2' }), giveAnswer(GOOD)], {
        settings: { smallModel: name },
      });
      expect(run.answer).toEqual(GOOD);
      const [system] = server.asked[1]?.body.messages ?? [];
      expect(system).toEqual({
        role: expect.stringMatching(/^(system|developer)$/),
        content: 'You find out why hosts are slow.',
      });
      expect(server.asked[1]?.body.model).toBe(name);
    },
  );

  it('is the same for the same task, to the letter', async () => {
    const script = [call('host_load', { host: 'node2' }), giveAnswer(GOOD)];
    const [one, other] = [await ranAgainst(script), await ranAgainst(script)];
    expect(one.server.asked.map(({ text }) => text)).toEqual(other.server.asked.map(({ text }) => text));
  });

  it('carries the fields of a vendor as they are', async () => {
    const extras = { chat_template_kwargs: { enable_thinking: false }, seed: 7 };
    const { server } = await ranAgainst([giveAnswer(GOOD)], { settings: { extras } });
    expect(server.asked[0]?.body).toMatchObject(extras);
  });

  it('carries the key of the settings, or none', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'key-of-the-environment');
    const [keyed, open] = [
      await ranAgainst([giveAnswer(GOOD)]),
      await ranAgainst([giveAnswer(GOOD)], { settings: { apiKey: null } }),
    ];
    expect([keyed, open].map(({ server }) => server.asked[0]?.headers.authorization)).toEqual([
      'Bearer key-of-the-test',
      undefined,
    ]);
  });

  it('takes nothing from the environment, and sends no trace of the run anywhere', async () => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('{}');
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2']) vi.stubEnv(name, 'true');
    for (const name of ['LANGSMITH_ENDPOINT', 'LANGCHAIN_ENDPOINT', 'OPENAI_BASE_URL']) vi.stubEnv(name, url);
    for (const name of ['LANGSMITH_API_KEY', 'LANGCHAIN_API_KEY', 'OPENAI_ORG_ID']) vi.stubEnv(name, 'of-environment');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-of-environment: 1');
    const { run, server } = await ranAgainst([giveAnswer(GOOD)]);
    await new Promise((done) => setTimeout(done, 1_000));
    expect([run.answer, asked]).toEqual([GOOD, []]);
    expect(Object.keys(server.asked[0]?.headers ?? {}).filter((name) => /^x-|openai-|langsmith/.test(name))).toEqual(
      [],
    );
    expect(JSON.stringify(server.asked[0]?.headers)).not.toContain('of-environment');
    other.close();
  });
});
