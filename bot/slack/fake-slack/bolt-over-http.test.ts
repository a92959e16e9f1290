import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { sign } from './wire/request-url.ts';
import type { FakeChannel, FakeUser } from './world.ts';

let slack: FakeSlack;
let ann: FakeUser;
let channel: FakeChannel;
let server: Server | null = null;

beforeEach(async () => {
  slack = await startFakeSlack({ retryDelaysMs: [10, 20, 30] });
  ann = await slack.addUser({ name: 'ann' });
  channel = await slack.addChannel({ name: 'data' });
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  await slack.close();
});

/** A real Bolt app behind an HTTP receiver, known to the double. */
async function boltApp(): Promise<{ app: App; url: string }> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  const started = (await app.start({ port: 0, host: '127.0.0.1' })) as unknown as Server;
  server = started;
  const url = `http://127.0.0.1:${(started.address() as AddressInfo).port}/slack/events`;
  await slack.setRequestUrl(url);
  return { app, url };
}

/** A server that answers by a list, then 200. */
async function answering(
  ...statuses: (number | 'late')[]
): Promise<{ headers: Record<string, unknown>[]; bodies: string[] }> {
  const seen = { headers: [] as Record<string, unknown>[], bodies: [] as string[] };
  const made = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    seen.headers.push(request.headers);
    seen.bodies.push(Buffer.concat(parts).toString());
    const next = statuses.shift() ?? 200;
    if (next !== 'late') response.writeHead(next).end();
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  server = made;
  await slack.setRequestUrl(`http://127.0.0.1:${(made.address() as AddressInfo).port}/`);
  return seen;
}

describe('events by HTTP', () => {
  it('verifies the address and brings mentions, commands and presses to real Bolt', async () => {
    const { app } = await boltApp();
    const pressed: unknown[] = [];
    app.event('app_mention', async ({ event, say }) => {
      await say({
        thread_ts: event.ts,
        text: 'here',
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'go', value: 'v7', text: { type: 'plain_text', text: 'Go' } }],
          },
        ],
      });
    });
    app.command('/why', async ({ ack }) => ack({ response_type: 'in_channel', text: 'for all' }));
    app.action('go', async ({ ack, action, body }) => {
      await ack();
      pressed.push('value' in action && action.value, 'message' in body && body.message?.text);
    });
    expect(await slack.verifyRequestUrl()).toBe(true);
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: `<@${slack.botUserId}> hi` });
    await vi.waitFor(async () => expect(await slack.messages(channel.id, asked.ts)).toHaveLength(2), { timeout: 8000 });
    const [, answer] = await slack.messages(channel.id, asked.ts);
    await slack.press({ channel: channel.id, ts: answer?.ts ?? '', actionId: 'go', user: ann.id });
    expect(pressed).toEqual(['v7', 'here']);
    await slack.slashCommand({ channel: channel.id, user: ann.id, command: '/why', text: '' });
    expect(await slack.transcript(channel.id)).toContain('wherefore:\n  for all');
  });

  it('signs what it sends, and tries again with number and reason', async () => {
    await slack.setTimes({ ackTimeoutMs: 400 });
    const seen = await answering(500, 'late', 200);
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: 'hi' });
    await slack.idle();
    const [delivery] = (await slack.deliveries()).filter(({ ts }) => ts === asked.ts);
    expect([delivery?.state, delivery?.attempts.map(({ outcome }) => outcome)]).toEqual([
      'acknowledged',
      ['http_error', 'http_timeout', 'ok'],
    ]);
    expect(seen.headers.map((one) => [one['x-slack-retry-num'], one['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
    ]);
    for (const [at, headers] of seen.headers.entries()) {
      expect(headers['x-slack-signature']).toBe(
        sign(slack.signingSecret, Number(headers['x-slack-request-timestamp']), seen.bodies[at] ?? ''),
      );
    }
    expect(new Set(seen.bodies.map((body) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it('gives an event up after three retries, and does not retry a press', async () => {
    await answering(500, 500, 500, 500, 500, 500);
    await slack.say({ channel: channel.id, user: ann.id, text: 'hi' });
    await slack.idle();
    const command = await slack.slashCommand({ channel: channel.id, user: ann.id, command: '/why', text: '' });
    expect((await slack.deliveries()).map(({ state, attempts }) => [state, attempts.length])).toEqual([
      ['lost', 4],
      ['lost', 1],
    ]);
    expect(command.state).toBe('lost');
  });

  it('is refused by Bolt where the secret differs', async () => {
    const { url } = await boltApp();
    const other = await startFakeSlack({ signingSecret: 'another', retryDelaysMs: [] });
    await other.setRequestUrl(url);
    expect(await other.verifyRequestUrl()).toBe(false);
    await other.close();
  });
});

describe('trouble on the way', () => {
  it('delivers twice what was acknowledged, and lets later events overtake', async () => {
    const seen = await answering();
    await slack.setTrouble({ duplicate: 1 });
    await slack.say({ channel: channel.id, user: ann.id, text: 'twice' });
    await slack.idle();
    expect(seen.bodies.map((body) => JSON.parse(body).event.text)).toEqual(['twice', 'twice']);
    await slack.setTrouble({ duplicate: 0, delay: 0.5, delayMs: 60 });
    for (let at = 0; at < 12; at += 1) await slack.say({ channel: channel.id, user: ann.id, text: `m${at}` });
    await slack.idle();
    const came = seen.bodies.slice(2).map((body) => Number(JSON.parse(body).event.text.slice(1)));
    expect([...came].sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(came).not.toEqual([...came].sort((one, other) => one - other));
  });
});
