import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configuredPlatform } from './configured-platform.ts';
import { readKubeconfig } from './read-kubeconfig.ts';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');

function written(text: string, name = 'config'): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** In the form that `kubectl config view --raw` prints. */
const config = (user: string, cluster = '') => `apiVersion: v1
kind: Config
preferences: {}
current-context: lake
clusters:
- cluster:
    certificate-authority-data: ${base64(PEM)}
    server: https://k8s.example:6443/${cluster}
  name: lake
contexts:
- context:
    cluster: lake
    namespace: spark
    user: reader
  name: lake
users:
- name: reader
  user:
${user}`;

describe('readKubeconfig', () => {
  it('gives server, authority and token of the current context', () => {
    expect(readKubeconfig(written(config('    token: abc.def # renewed daily\n')), null)).toEqual({
      url: 'https://k8s.example:6443',
      token: 'abc.def',
      tls: { ca: PEM },
    });
  });

  it('reads a client certificate, files beside it, and the JSON form', () => {
    written(PEM, 'client.crt');
    written('-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----\n', 'client.key');
    const access = readKubeconfig(
      written(config('    client-certificate: client.crt\n    client-key: "client.key"\n')),
      'lake',
    );
    expect(access).toMatchObject({ tls: { ca: PEM, cert: PEM, key: expect.stringContaining('EC PRIVATE KEY') } });
    written('fresh\n', 'token');
    expect(readKubeconfig(written(config('    token: stale\n    tokenFile: token\n')), null)).toMatchObject({
      token: 'fresh',
    });
    const json = {
      'current-context': 'a',
      clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1' } }],
      contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
      users: [{ name: 'u', user: { token: 't0ken' } }],
    };
    expect(readKubeconfig(written(JSON.stringify(json)), null)).toEqual({ url: 'https://10.0.0.1', token: 't0ken' });
  });

  it('refuses what it would have to start, or could not check, in one clear line without a secret', () => {
    const why = (text: string, context: string | null = null) => {
      const read = readKubeconfig(written(text), context);
      if (!('problem' in read)) throw new Error('accepted');
      expect(read.problem).not.toMatch(/s3cret|\n/);
      return read.problem;
    };
    expect(
      why(
        config(
          '    exec:\n      apiVersion: v1\n      command: aws\n      args:\n      - eks\n      - get-token\n      env: null\n    token: s3cret\n',
        ),
      ),
    ).toContain('gets its token from a program (exec), which is not started here');
    expect(why(config('    auth-provider:\n      name: gcp\n'))).toContain('(auth-provider)');
    expect(why(config('    username: admin\n    password: s3cret\n'))).toContain('uses a password');
    expect(why(config('    token: s3cret\n', '\n    insecure-skip-tls-verify: true'))).toContain(
      'insecure-skip-tls-verify',
    );
    expect(why(config('    client-certificate-data: bm8=\n'))).toContain('no PEM text as its client certificate');
    expect(why(config('    token: s3cret\n').replace('https:', 'http:'))).toContain('over plain http');
    expect(why(config('    token: &s3cret x\n'))).toMatch(/line 19 is no plain YAML$/);
    expect(why(config('    token: s3cret\n'), 'prod')).toContain('has no context prod');
    expect(why('a: 1\nclusters: 5\n')).toContain('is no kubeconfig: clusters');
    expect(readKubeconfig(path.join(folder, 'none'), null)).toMatchObject({
      problem: expect.stringContaining('does not exist'),
    });
  });

  it('reads no device and no pipe, which have no end', () => {
    expect(readKubeconfig('/dev/zero', null)).toEqual({ problem: 'the kubeconfig /dev/zero is no file' });
    expect(readKubeconfig(written(config('    tokenFile: /dev/zero\n')), null)).toMatchObject({
      problem: expect.stringContaining('names a token file that cannot be read'),
    });
  });

  it('is named by one variable or in the platform file, and by nothing twice', () => {
    const file = written(config('    token: abc\n'));
    const { clusters } = readSettings({ WHEREFORE_KUBECONFIG: file });
    expect(clusters[0]?.services.kubernetes).toMatchObject({ url: 'https://k8s.example:6443', token: 'abc' });
    const platform = written(
      JSON.stringify({ clusters: { lake: { services: { kubernetes: { kubeconfig: file, context: 'lake' } } } } }),
      'platform.json',
    );
    expect(readSettings({ WHEREFORE_PLATFORM_FILE: platform }).clusters[0]?.services.kubernetes?.token).toBe('abc');
    const both = { WHEREFORE_KUBECONFIG: file, WHEREFORE_KUBERNETES_URL: 'https://k8s.example:6443' };
    expect(() => readSettings(both)).toThrow(/give one of the two/);
    expect(() => readSettings({ WHEREFORE_KUBECONFIG_CONTEXT: 'x' })).toThrow(/WHEREFORE_KUBECONFIG is not set/);
    const wrong = written(
      JSON.stringify({ clusters: { a: { services: { 'yarn-rm': { kubeconfig: file } } } } }),
      'w.json',
    );
    expect(() => readSettings({ WHEREFORE_PLATFORM_FILE: wrong })).toThrow(/a kubeconfig is for kubernetes alone/);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasOpenssl())('an API server that wants a client certificate (a fake, real TLS)', () => {
  let server: Server;
  const seen: string[] = [];
  const file = (name: string) => path.join(folder, name);

  beforeAll(async () => {
    for (const name of ['server', 'reader'])
      execFileSync(
        'openssl',
        // biome-ignore format: one command
        ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)],
        { stdio: 'ignore' },
      );
    server = createServer(
      {
        key: readFileSync(file('server.key')),
        cert: readFileSync(file('server.crt')),
        ca: readFileSync(file('reader.crt')),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => {
        seen.push(`${request.method} ${request.url}`);
        response.setHeader('content-type', 'application/json');
        response.setHeader('date', new Date(Date.now() + 2 * 3_600_000).toUTCString());
        response.end('{"gitVersion":"v1.30.0"}');
      },
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => server?.close());

  it('is asked with the certificate of the kubeconfig, by GET alone, and refuses without it', async () => {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const text = (user: string) =>
      config(user)
        .replace('https://k8s.example:6443/', url)
        .replace(/certificate-authority-data: \S+/, 'certificate-authority: server.crt');
    const ask = async (user: string) => {
      const settings = readSettings({ WHEREFORE_KUBECONFIG: written(text(user)) });
      const platform = configuredPlatform(settings, settings.clusters[0] ?? null);
      return { answer: await platform.get('kubernetes', '/version'), troubles: platform.troubles?.() ?? [] };
    };
    const good = await ask('    client-certificate: reader.crt\n    client-key: reader.key\n');
    expect(good.answer).toMatchObject({ status: 200, body: '{"gitVersion":"v1.30.0"}' });
    expect(seen).toEqual(['GET /version']);
    // Its clock is compared as that of every other service.
    expect(good.troubles.map(({ note }) => note.en).join()).toContain('the clock of kubernetes is 2 h ahead of');
    expect((await ask('    token: abc\n')).answer).toMatchObject({ miss: 'unreachable' });
  });
});
