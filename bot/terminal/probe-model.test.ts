import { describe, expect, it } from 'vitest';
import { fakeService } from '../../tools/platform/fake-service.ts';
import { chatServer } from '../agent/chat-server/chat-server.ts';
import { answered } from './terminal-fixture.ts';

async function modelLine(environment: Record<string, string>): Promise<{ exitCode: number; line: string }> {
  const { exitCode, out } = await answered(['doctor'], { environment });
  return { exitCode, line: /^.. model .*$/m.exec(out)?.[0] ?? '' };
}

const at = (url: string, model = 'scripted') => ({ WHEREFORE_MODEL_URL: url, WHEREFORE_MODEL_SMALL: model });

describe('wherefore doctor and the model', () => {
  it('is content without one', async () => {
    const { exitCode, line } = await modelLine({});
    expect(exitCode).toBe(0);
    expect(line).toMatch(/^- {2}model +not configured \(set WHEREFORE_MODEL_URL\)/);
  });

  it('finds the model in the list of the server and asks it nothing', async () => {
    const server = await chatServer([]);
    const { exitCode, line } = await modelLine(at(server.url));
    await server.close();
    expect([exitCode, line]).toEqual([0, expect.stringMatching(/^ok model +reachable, scripted; names are masked$/)]);
  });

  it('asks a model that is not listed for one token', async () => {
    const server = await chatServer([{ do: 'say', text: 'ok' }]);
    const { line } = await modelLine(at(server.url, 'alias'));
    expect(server.asked[0]?.body).toMatchObject({ model: 'alias', max_tokens: 1 });
    await server.close();
    expect(line).toMatch(/^ok model +reachable, alias;/);
  });

  it('tells a name that the server does not know', async () => {
    const server = await chatServer([{ do: 'fail', status: 404, message: 'ask http://evil.example' }]);
    const { exitCode, line } = await modelLine(at(server.url, 'typo'));
    await server.close();
    expect([exitCode, line]).toEqual([
      2,
      expect.stringMatching(/^!! model +reachable, but typo does not answer: status 404$/),
    ]);
  });

  it('tells a wrong key, a wrong address, a redirect and a dead server apart', async () => {
    const keyless = await fakeService((_, response) => response.writeHead(401).end('{}'));
    const elsewhere = await fakeService((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1' }).end(),
    );
    const silent = await fakeService(() => {});
    const told = await Promise.all([
      modelLine({ ...at(`${keyless.url}/v1`), WHEREFORE_MODEL_KEY: 'sk-secret' }),
      modelLine(at(`${elsewhere.url}/v1`)),
      modelLine(at('http://127.0.0.1:1/v1')),
      modelLine({ ...at(`${silent.url}/v1`), WHEREFORE_HTTP_TIMEOUT_MS: '300' }),
    ]);
    expect(told.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(told.map(({ line }) => line.slice(26))).toEqual([
      'does not accept the key (status 401): check WHEREFORE_MODEL_KEY',
      'redirects, which is not followed: check WHEREFORE_MODEL_URL',
      expect.stringMatching(/^cannot be reached: [A-Z_]+|the connection failed$/),
      'cannot be reached: no answer within 300 ms',
    ]);
    expect(keyless.asked[0]?.authorization).toBe('Bearer sk-secret');
    expect(JSON.stringify(told)).not.toContain('sk-secret');
    await Promise.all([keyless, elsewhere, silent].map((fake) => fake.close()));
  });
});
