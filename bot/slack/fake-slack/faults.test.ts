import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlServer } from './control-server.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { remoteFakeSlack } from './remote-fake-slack.ts';
import type { FakeChannel } from './world.ts';

let slack: FakeSlack;
let channel: FakeChannel;
let client: WebClient;

beforeEach(async () => {
  slack = await startFakeSlack({ events: [] });
  channel = await slack.addChannel({ name: 'data' });
  client = clientOf(10_000);
});
afterEach(() => slack.close());

/** A client that neither retries nor waits out limits. */
function clientOf(timeout: number): WebClient {
  return new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: {
      debug() {},
      info() {},
      warn() {},
      error() {},
      setLevel() {},
      setName() {},
      getLevel: () => 'error' as never,
    },
  });
}

const post = (text = 'x') => client.chat.postMessage({ channel: channel.id, text });
const count = async () => (await slack.messages(channel.id)).length;

describe('faults', () => {
  it('answers 429 with the time to wait, as often as it was told', async () => {
    await slack.addFault({ method: 'chat.postMessage', do: { what: 'ratelimited', retryAfterSeconds: 7 }, times: 2 });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
    await expect(post()).rejects.toThrow();
    await expect(post()).resolves.toMatchObject({ ok: true });
    expect((await slack.calls('chat.postMessage')).map(({ status, fault }) => [status, fault])).toEqual([
      [429, 'ratelimited'],
      [429, 'ratelimited'],
      [200, null],
    ]);
  });

  it('applies a post and loses its answer, or cuts before anything happens', async () => {
    await slack.addFault({ method: 'chat.postMessage', do: { what: 'lose_answer' } });
    await expect(post('applied')).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(await count()).toBe(1);
    await slack.addFault({ method: 'chat.postMessage', do: { what: 'reset' } });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(await count()).toBe(1);
  });

  it('fails as a server does, refuses by name, hangs, and skips what it shall let pass', async () => {
    await slack.addFault({ method: '*', do: { what: 'status', status: 503 }, after: 1 });
    await expect(post()).resolves.toMatchObject({ ok: true });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 503 });
    await slack.addFault({ method: 'chat.postMessage', do: { what: 'refuse', error: 'fatal_error' } });
    await expect(post()).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    await slack.addFault({ method: 'chat.postMessage', do: { what: 'hang' }, times: Number.POSITIVE_INFINITY });
    await expect(clientOf(300).chat.postMessage({ channel: channel.id, text: 'x' })).rejects.toThrow();
    await slack.clearFaults();
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it('limits rates where asked to: posts by channel, methods by their tier', async () => {
    await slack.setRateLimits(true);
    const other = await slack.addChannel({ name: 'other' });
    const ended = await Promise.allSettled(Array.from({ length: 30 }, () => post()));
    const passed = ended.filter(({ status }) => status === 'fulfilled').length;
    expect([passed >= 5, passed < 20]).toEqual([true, true]);
    await expect(client.chat.postMessage({ channel: other.id, text: 'x' })).resolves.toMatchObject({ ok: true });
    const opened = await Promise.allSettled(
      Array.from({ length: 40 }, () => client.conversations.info({ channel: channel.id })),
    );
    const refused = opened.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ retryAfter: expect.any(Number) });
  });
});

describe('the double in another process', () => {
  it('is steered by the same calls, and tells its errors', async () => {
    const control = await controlServer(slack);
    const remote = await remoteFakeSlack(control.url);
    const bob = await remote.addUser({ name: 'bob' });
    const said = await remote.say({ channel: channel.id, user: bob.id, text: 'hi' });
    expect([remote.apiUrl, await remote.transcript(channel.id, said.ts)]).toEqual([slack.apiUrl, 'bob:\n  hi']);
    expect(await remote.status(channel.id, said.ts)).toBeNull();
    await expect(remote.say({ channel: 'C0NONE', user: bob.id, text: 'hi' })).rejects.toThrow('no channel C0NONE');
    await control.close();
  });
});
