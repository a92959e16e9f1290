import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fake-slack/fake-slack.ts';
import { command, mention } from '../intake/payloads-fixture.ts';
import { type StartedApp, startOn } from '../slack-fixture.ts';

let slack: FakeSlack;
let started: StartedApp;

beforeEach(async () => {
  slack = await startFakeSlack();
  started = await startOn(slack, 'http', {
    routes: [{ path: '/healthz', method: 'GET', handler: (_request, response) => void response.end('alive') }],
  });
});
afterEach(async () => {
  await started.app.stop();
  await slack.close();
});

interface Sent {
  body?: string;
  secret?: string;
  atSeconds?: number;
  headers?: Record<string, string>;
}

/** A request as docs.slack.dev/authentication/verifying-requests-from-slack says that Slack signs it. */
async function send({ body = JSON.stringify(mention()), secret, atSeconds, headers }: Sent = {}): Promise<Response> {
  const at = String(atSeconds ?? Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', secret ?? slack.signingSecret)
    .update(`v0:${at}:${body}`)
    .digest('hex');
  return await fetch(`${started.url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-signature': `v0=${hash}`,
      'x-slack-request-timestamp': at,
      ...headers,
    },
  });
}

describe('httpReceiver', () => {
  it('takes what Slack signed', async () => {
    expect((await send()).status).toBe(200);
    expect([...started.inbox.kept.keys()]).toEqual([`message:${slack.teamId}:C1:1700000000.000100`]);
  });

  it('answers the question whether it is there', async () => {
    expect(await slack.verifyRequestUrl()).toBe(true);
  });

  it.each<[string, Sent, number]>([
    ['signed with another secret', { secret: 'f'.repeat(32) }, 401],
    ['ten minutes old, with a good signature', { atSeconds: Math.floor(Date.now() / 1000) - 600 }, 401],
    ['without a time', { headers: { 'x-slack-request-timestamp': 'now' } }, 401],
    ['with a signature of another kind', { headers: { 'x-slack-signature': 'v1=00' } }, 401],
    ['too large', { body: `"${'x'.repeat(3 << 20)}"` }, 413],
    ['no JSON', { body: 'hello' }, 400],
  ])('refuses what is %s, and stores nothing', async (_what, sent, status) => {
    expect((await send(sent)).status).toBe(status);
    expect(started.inbox.kept.size).toBe(0);
  });

  it('takes no unsigned command smuggled in with a check of the certificate', async () => {
    const payload = encodeURIComponent(JSON.stringify(command('why is it slow')));
    const response = await fetch(`${started.url}/slack/events`, {
      method: 'POST',
      body: `ssl_check=1&payload=${payload}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(response.status).toBe(200);
    expect(started.inbox.kept.size).toBe(0);
  });

  it('answers 500 where the store is down or slow, well within the three seconds', async () => {
    started.inbox.down = true;
    expect((await send()).status).toBe(500);
    started.inbox.down = false;
    expect((await send()).status).toBe(200);
  });

  it('serves routes beside, and nothing else', async () => {
    expect(await (await fetch(`${started.url}/healthz`)).text()).toBe('alive');
    expect((await fetch(`${started.url}/slack/install`)).status).toBe(404);
    expect((await fetch(`${started.url}/slack/events`)).status).toBe(404);
  });

  it('lives on after a request that is none', async () => {
    const socket = connect(Number(new URL(started.url).port), '127.0.0.1');
    socket.end('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 4/);
    expect((await send()).status).toBe(200);
  });
});
