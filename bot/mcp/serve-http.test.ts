import { request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { DIAGNOSIS } from '../investigation/diagnosis.ts';
import { DEMO, DEMO_QUESTION, demoSources, httpClient, overHttp, textOf } from './mcp-fixture.ts';
import type { McpHttpServer } from './serve-http.ts';

const TOKEN = 'a-token-of-some-length';
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

let server: McpHttpServer | null = null;
const started = async (...given: Parameters<typeof overHttp>): Promise<McpHttpServer> => {
  server = await overHttp(...given);
  return server;
};
afterEach(async () => {
  await server?.close();
  server = null;
});

/** One request as written, with any Host header: `fetch` does not let it be set. */
function post(
  url: string,
  body: string,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const accept = 'application/json, text/event-stream';
    const sent = httpRequest(url, { method, headers: { 'content-type': 'application/json', accept, ...headers } });
    sent.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('MCP over HTTP', () => {
  it('serves a real client: tools, a diagnosis with progress, valid against the schema', async () => {
    const { url } = await started(await demoSources());
    const client = await httpClient(url);
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('diagnose');
    const said: string[] = [];
    const result = await client.callTool({ name: 'diagnose', arguments: { question: DEMO_QUESTION } }, undefined, {
      onprogress: ({ message }) => said.push(message ?? ''),
    });
    expect(DIAGNOSIS.parse(result.structuredContent).rootCauses[0]?.code).toBe('kernel.memcg_oom');
    expect(said).toContain('asking yarn-rm');
    await client.close();
  });

  it('serves two sessions at once, each with its own results', async () => {
    const running = await started(await demoSources());
    const [one, two] = await Promise.all([httpClient(running.url), httpClient(running.url)]);
    expect(running.sessions()).toBe(2);
    const ask = (client: typeof one) => client.callTool({ name: 'spark_list_runs', arguments: {} });
    const [a, b, deep] = await Promise.all([
      ask(one),
      ask(two),
      two.callTool({ name: 'diagnose', arguments: { question: DEMO_QUESTION } }),
    ]);
    expect([textOf(a), textOf(b)].every((text) => text.startsWith('outcome: ok'))).toBe(true);
    expect(deep.isError).toBeUndefined();
    await Promise.all([one.close(), two.close()]);
  });

  it('refuses what brings no token or a wrong one, before the body is read', async () => {
    const { url } = await started(await demoSources(), { token: TOKEN });
    for (const authorization of [
      undefined,
      'Bearer wrong-token-of-length',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
      'Bearer ',
    ]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const answer = await post(url, JSON.stringify(INITIALIZE), headers);
      expect([authorization, answer.status]).toEqual([authorization, 401]);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="wherefore"');
      expect(answer.body).not.toContain(TOKEN);
    }
    await expect(httpClient(url)).rejects.toThrow();
    await expect(httpClient(url, 'wrong-token-of-length')).rejects.toThrow();
    const client = await httpClient(url, TOKEN);
    expect((await client.listTools()).tools.length).toBeGreaterThan(5);
    await client.close();
  });

  it('refuses a foreign Host and a foreign Origin, as a page does whose name was pointed here', async () => {
    const { url } = await started(await demoSources(), { hosts: ['ops.example'] });
    const { port } = new URL(url);
    const body = JSON.stringify(INITIALIZE);
    const statusOf = async (headers: Record<string, string>) => (await post(url, body, headers)).status;
    expect(await statusOf({ host: `evil.example:${port}` })).toBe(403);
    expect(await statusOf({ host: `127.0.0.1:${Number(port) + 1}` })).toBe(403);
    expect(await statusOf({ host: `localhost:${port}.evil.example` })).toBe(403);
    expect(await statusOf({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusOf({ origin: 'null' })).toBe(403);
    expect(await statusOf({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
    expect(await statusOf({ host: 'OPS.example' })).toBe(200);
    expect(await statusOf({})).toBe(200);
  });

  it('refuses other paths, too large bodies, broken JSON and unknown sessions', async () => {
    const running = await started(await demoSources());
    const body = JSON.stringify(INITIALIZE);
    expect((await post(running.url.replace('/mcp', '/other'), body)).status).toBe(404);
    expect((await post(running.url, `{"a": "${'x'.repeat(2 << 20)}"}`)).status).toBe(413);
    const broken = await post(running.url, '{"jsonrpc": ');
    expect([broken.status, broken.body.includes('.ts:')]).toEqual([400, false]);
    expect((await post(running.url, body, { 'mcp-session-id': 'no-such-session' })).status).toBe(404);
    expect((await post(running.url, '', {}, 'PUT')).status).toBe(405);
    expect((await post(running.url, JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' }))).status).toBe(400);
    // None of these has left a session behind.
    expect(running.sessions()).toBe(0);
  });

  it('opens no more sessions than may be, and makes room when one is ended', async () => {
    const running = await started(await demoSources(), { limits: { sessions: 2, idleMs: 60_000 } });
    const body = JSON.stringify(INITIALIZE);
    const [first] = [await post(running.url, body), await post(running.url, body)];
    const refused = await post(running.url, body);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '30']);
    const id = String(first?.headers['mcp-session-id']);
    const headers = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' };
    expect((await post(running.url, '', headers, 'DELETE')).status).toBe(200);
    expect(running.sessions()).toBe(1);
    expect((await post(running.url, body)).status).toBe(200);
  });

  it('closes a session that asks nothing, and not one that is at work', async () => {
    const capture = await openCapture(DEMO);
    const slow = await demoSources({
      open: async () => {
        await wait(700);
        return capture;
      },
    });
    const running = await started(slow, { limits: { sessions: 8, idleMs: 300 } });
    const client = await httpClient(running.url);
    const result = await client.callTool({ name: 'spark_list_runs', arguments: {} });
    expect(textOf(result)).toMatch(/^outcome: ok/);
    await expect.poll(() => running.sessions(), { timeout: 5_000 }).toBe(0);
    expect(slow.lines).toContain('a session was idle and is closed');
    await expect(client.listTools()).rejects.toThrow(/Session not found/);
    await client.close();
  });

  it('stops an investigation when its client cancels', async () => {
    const aborted: boolean[] = [];
    let begun = () => {};
    const working = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const sources = await demoSources({
      investigate: async ({ signal }) => {
        begun();
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
        aborted.push(true);
        throw new Error('stopped');
      },
    });
    const { url } = await started(sources);
    const client = await httpClient(url);
    const cancel = new AbortController();
    const call = client.callTool({ name: 'diagnose', arguments: { question: 'why?' } }, undefined, {
      signal: cancel.signal,
    });
    const refused = expect(call).rejects.toThrow();
    await working;
    cancel.abort();
    await refused;
    await expect.poll(() => aborted.length).toBe(1);
    await client.close();
  });

  it('stops what is under way when it is closed, and frees the port', async () => {
    let stopped = false;
    const sources = await demoSources({
      investigate: async ({ signal }) => {
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
        stopped = true;
        throw new Error('stopped');
      },
    });
    const running = await started(sources);
    const client = await httpClient(running.url);
    const call = client.callTool({ name: 'diagnose', arguments: { question: 'why?' } }).catch(() => 'ended');
    await wait(100);
    await running.close();
    server = null;
    await expect.poll(() => stopped).toBe(true);
    await client.close();
    expect(await call).toBe('ended');
    await expect(post(running.url, '{}')).rejects.toThrow(/ECONNREFUSED/);
  });
});
