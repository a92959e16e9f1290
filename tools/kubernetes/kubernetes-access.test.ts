import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLivePlatform } from '../platform/live-platform.ts';
import { gatherKubernetes } from './gather-kubernetes.ts';
import { inClusterAccess, type KubernetesAccess, withKubernetesAccess } from './kubernetes-access.ts';
import { pod } from './kubernetes-fixture.ts';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasOpenssl())('an API server behind TLS on loopback (a fake, real HTTPS)', () => {
  let folder: string;
  let server: Server;
  let access: KubernetesAccess;
  const seen: { method: string | undefined; authorization: string | undefined }[] = [];
  const file = (name: string) => path.join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wherefore-tls-'));
    for (const name of ['server', 'other'])
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-days',
          '2',
          '-subj',
          `/CN=${name}`,
          '-addext',
          'subjectAltName=IP:127.0.0.1',
          '-keyout',
          file(`${name}.key`),
          '-out',
          file(`${name}.crt`),
        ],
        { stdio: 'ignore' },
      );
    writeFileSync(file('token'), 'first\n');
    server = createServer(
      { key: readFileSync(file('server.key')), cert: readFileSync(file('server.crt')) },
      (request, response) => {
        const { authorization } = request.headers;
        seen.push({ method: request.method, authorization });
        if (request.url?.includes('/events')) return;
        if (request.url?.includes('/nodes')) {
          response.writeHead(307, { location: 'https://example.invalid/steal' }).end();
          return;
        }
        response.statusCode = /^Bearer (?:first|second)$/.test(authorization ?? '') ? 200 : 401;
        response.end(JSON.stringify({ kind: 'PodList', items: [pod({})] }));
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    access = { baseUrl, tokenFile: file('token'), caFile: file('server.crt') };
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (with_: KubernetesAccess) => {
    const platform = openLivePlatform({
      services: { kubernetes: with_.baseUrl },
      eventLogs: null,
      hostsDir: null,
      httpTimeoutMs: 1_500,
      httpMaxBytes: 1 << 20,
      now: Date.now(),
      fetch: withKubernetesAccess(globalThis.fetch, with_),
    });
    return gatherKubernetes(platform, { namespaces: [], others: [] }, new AbortController().signal);
  };

  it('reads with token and authority; a list that hangs and a redirect cost a note each', async () => {
    const got = await read(access);
    if (got.outcome !== 'ok') throw new Error(JSON.stringify(got));
    expect(got.value.pods).toHaveLength(1);
    expect(got.notes.map(({ en }) => en).sort()).toEqual([
      '/api/v1/events: kubernetes did not answer within 1.5 s',
      'kubernetes answered /api/v1/nodes with status 307',
    ]);
    expect(seen.every(({ method, authorization }) => method === 'GET' && authorization === 'Bearer first')).toBe(true);
  });

  it('takes a token that was renewed', async () => {
    writeFileSync(file('token'), 'second\n');
    expect((await read(access)).outcome).toBe('ok');
    expect(seen.at(-1)?.authorization).toBe('Bearer second');
  });

  it('another authority, no token and a token file that is gone are told, never a crash', async () => {
    expect(await read({ ...access, caFile: file('other.crt') })).toMatchObject({ outcome: 'failed' });
    expect(await read({ ...access, tokenFile: file('gone') })).toMatchObject({ outcome: 'failed' });
    const refused = await read({ ...access, tokenFile: null });
    expect(refused).toMatchObject({
      outcome: 'failed',
      why: { en: 'kubernetes does not let us list /api/v1/pods (401)' },
    });
  });
});

describe('withKubernetesAccess', () => {
  it('leaves other origins and plain HTTP to the fetch it was given, without the token', async () => {
    const calls: unknown[] = [];
    const fetch = (async (input: string, init: RequestInit) => {
      calls.push([String(input), init?.headers]);
      return new Response('{}');
    }) as typeof globalThis.fetch;
    const access = { baseUrl: 'https://127.0.0.1:1', tokenFile: '/nowhere', caFile: null };
    await withKubernetesAccess(fetch, access)('https://127.0.0.1:2/api');
    await withKubernetesAccess(fetch, { ...access, baseUrl: 'http://127.0.0.1:8001' })('http://127.0.0.1:8001/api');
    expect(calls).toEqual([
      ['https://127.0.0.1:2/api', undefined],
      ['http://127.0.0.1:8001/api', undefined],
    ]);
  });
});

describe('inClusterAccess', () => {
  it('is known from the environment of a pod', () => {
    expect(inClusterAccess({ KUBERNETES_SERVICE_HOST: 'fd00::1' })?.baseUrl).toBe('https://[fd00::1]:443');
    expect(inClusterAccess({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '6443' })).toMatchObject({
      baseUrl: 'https://10.0.0.1:6443',
      caFile: expect.stringContaining('ca.crt'),
    });
    expect(inClusterAccess({})).toBeNull();
    expect(inClusterAccess({ KUBERNETES_SERVICE_HOST: 'a b/@x' })).toBeNull();
  });
});
