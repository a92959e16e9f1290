import { App, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import type { FakeChannel, FakeUser } from './world.ts';

let slack: FakeSlack;
let app: App;
let ann: FakeUser;
let channel: FakeChannel;
const stops: (() => Promise<unknown>)[] = [];

/** A real Bolt app in Socket Mode. */
function boltApp(): App {
  const made = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 2, minTimeout: 10 } },
    clientPingTimeout: 200,
  });
  stops.push(() => made.stop());
  return made;
}

beforeEach(async () => {
  slack = await startFakeSlack({ retryDelaysMs: [20, 40, 60], ackTimeoutMs: 150 });
  ann = await slack.addUser({ name: 'ann' });
  channel = await slack.addChannel({ name: 'data' });
  app = boltApp();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await slack.close();
});

describe('Bolt in Socket Mode on the double', () => {
  it('answers a mention in its thread and edits the answer', async () => {
    app.event('app_mention', async ({ event, say, client }) => {
      const said = await say({ text: `looking at ${event.text.length > 3}`, thread_ts: event.ts });
      await client.chat.update({ channel: event.channel, ts: said.ts ?? '', text: 'done' });
    });
    await app.start();
    const asked = await slack.say({ channel: channel.id, user: ann.id, text: `<@${slack.botUserId}> why?` });
    await vi.waitFor(async () =>
      expect(await slack.transcript(channel.id, asked.ts)).toBe(
        `ann:\n  <@${slack.botUserId}> why?\nwherefore (edited 1×):\n  done`,
      ),
    );
    await slack.idle();
    const sent = (await slack.deliveries()).filter(({ ts }) => ts === asked.ts);
    expect(sent.map(({ what, state }) => [what, state])).toEqual([
      ['message', 'acknowledged'],
      ['app_mention', 'acknowledged'],
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });
});
