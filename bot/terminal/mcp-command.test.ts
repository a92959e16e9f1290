import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it } from 'vitest';
import { DIAGNOSIS, type Diagnosis } from '../investigation/diagnosis.ts';
import { DEMO, DEMO_QUESTION, httpClient } from '../mcp/mcp-fixture.ts';
import { answered } from './terminal-fixture.ts';

const STARTER = path.join(import.meta.dirname, 'wherefore.mjs');
const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');

/** Recorded incidents with the question that was asked then and what is true of them. */
const RECORDED: readonly { capture: string; question: string; code: Diagnosis['rootCauses'][number]['code'] }[] = [
  {
    capture: 'cache-202-memcg-ancestor-innocent-executor',
    question:
      'executor of user-profile-join got OOMKilled but it was far below its own limit, heap 290M of 400M, is the kernel broken?',
    code: 'kernel.memcg_ancestor_oom',
  },
  {
    capture: 'celeborn-002-worker-killed-stage-rerun',
    question:
      'dwd_user_profile_join_di took twice as long today, FetchFailed and a stage retry though no executor died. 是不是网络抖动?',
    code: 'shuffle.remote_service_data_lost',
  },
];

/** The environment of a child process: nothing of this machine's but the way to programs. */
const bare = (more: Record<string, string> = {}) => ({ PATH: process.env.PATH ?? '', ...more });

async function overStdio(from: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const args = [STARTER, 'mcp', '--from', from];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env: bare(), stderr: 'ignore' }));
  return client;
}

async function diagnosed(client: Client, question: string): Promise<{ diagnosis: Diagnosis; said: string[] }> {
  const said: string[] = [];
  const result = await client.callTool({ name: 'diagnose', arguments: { question } }, undefined, {
    onprogress: ({ message }) => said.push(message ?? ''),
  });
  return { diagnosis: DIAGNOSIS.parse(result.structuredContent), said };
}

describe('wherefore mcp', () => {
  it('serves a client over standard input and output, in a process of its own', async () => {
    const client = await overStdio(DEMO);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['diagnose', 'logs_read', 'spark_read_run']));
    const { diagnosis, said } = await diagnosed(client, DEMO_QUESTION);
    expect(diagnosis.rootCauses[0]?.code).toBe('kernel.memcg_oom');
    expect(said.length).toBeGreaterThan(2);
    await client.close();
  });

  for (const { capture, question, code } of RECORDED) {
    const here = existsSync(path.join(SHARED, 'captures', capture));
    it.skipIf(!here)(`diagnoses the recorded incident ${capture}`, { timeout: 60_000 }, async () => {
      const client = await overStdio(path.join(SHARED, 'captures', capture));
      const { diagnosis } = await diagnosed(client, question);
      expect(diagnosis.rootCauses[0]?.code).toBe(code);
      expect(JSON.stringify(diagnosis)).not.toContain(SHARED);
      await client.close();
    });
  }

  it('writes nothing but messages to its output, survives what is no message, and ends with its input', async () => {
    const child = spawn(process.execPath, [STARTER, 'mcp', '--from', DEMO], { env: bare() });
    let [out, err] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'raw', version: '1' };
    send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
    send({ method: 'notifications/initialized' });
    child.stdin.write('this is no message\n');
    send({ id: 2, method: 'no/such/method' });
    send({ id: 3, method: 'tools/call', params: { name: 'spark_list_runs', arguments: {} } });
    await expect.poll(() => out.split('\n').length, { timeout: 15_000 }).toBeGreaterThan(3);
    child.stdin.end();
    const [exitCode] = await once(child, 'exit');
    const messages = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(messages.map(({ jsonrpc }) => jsonrpc)).toEqual(['2.0', '2.0', '2.0']);
    expect(messages.find(({ id }) => id === 1)?.result.protocolVersion).toBe('2025-06-18');
    expect(messages.find(({ id }) => id === 2)?.error).toEqual({ code: -32601, message: 'Method not found' });
    expect(err).toContain('a message could not be read');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('serves over HTTP with a token and ends in order when it is told to', async () => {
    const token = 'a-token-of-some-length';
    const args = [STARTER, 'mcp', '--from', DEMO, '--http', '0'];
    const child = spawn(process.execPath, args, { env: bare({ WHEREFORE_MCP_TOKEN: token }) });
    let err = '';
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    await expect.poll(() => err, { timeout: 15_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/mcp, with a token\n/);
    const url = /http:\S+\/mcp/.exec(err)?.[0] ?? '';
    await expect(httpClient(url)).rejects.toThrow();
    const client = await httpClient(url, token);
    const { diagnosis } = await diagnosed(client, DEMO_QUESTION);
    expect(diagnosis.outcome).toBe('answered');
    child.kill('SIGTERM');
    const [exitCode, signal] = await once(child, 'exit');
    expect([exitCode, signal]).toEqual([0, null]);
    expect(err).not.toContain(token);
    await client.close();
  });

  it('names everything that cannot be used at once', async () => {
    const flags = ['--http', '70000', '--host', 'localhost.evil', '--from', '/no/such/capture', '--at', 'yesterday'];
    const { exitCode, out, err } = await answered(['mcp', ...flags]);
    expect([exitCode, out]).toEqual([2, '']);
    for (const part of ['--http 70000', '--host localhost.evil', '/no/such/capture', '--at yesterday'])
      expect(err).toContain(part);
  });

  it('does not serve other machines without a token, nor under no name', async () => {
    for (const host of ['0.0.0.0', '::', '10.1.2.3']) {
      const { exitCode, err } = await answered(['mcp', '--from', DEMO, '--http', '0', '--host', host]);
      expect([host, exitCode]).toEqual([host, 2]);
      expect(err).toContain('WHEREFORE_MCP_TOKEN is needed');
    }
    const environment = { WHEREFORE_MCP_TOKEN: 'a-token-of-some-length' };
    const open = await answered(['mcp', '--from', DEMO, '--http', '0', '--host', '0.0.0.0'], { environment });
    expect([open.exitCode, open.err]).toEqual([2, expect.stringContaining('WHEREFORE_MCP_HOSTS')]);
    const short = await answered(['mcp', '--from', DEMO], { environment: { WHEREFORE_MCP_TOKEN: 'short' } });
    expect([short.exitCode, short.err]).toEqual([2, expect.stringContaining('WHEREFORE_MCP_TOKEN')]);
    const alone = await answered(['mcp', '--from', DEMO, '--host', '127.0.0.2']);
    expect([alone.exitCode, alone.err]).toEqual([2, expect.stringContaining('--host goes with --http')]);
  });
});
