import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSlackApp } from '../create-app.ts';
import { type FakeSlack, startFakeSlack } from '../fake-slack/fake-slack.ts';
import type { FakeChannel, FakeUser } from '../fake-slack/world.ts';
import { readableLog, type StartedApp, settingsOn, startOn } from '../slack-fixture.ts';
import { memoryInbox } from './memory-inbox-fixture.ts';

/** A load balancer's answer to the first two attempts. */
const FAILING = { method: 'apps.connections.open', times: 2, do: { what: 'status', status: 503 } } as const;

let slack: FakeSlack;
let ann: FakeUser;
let data: FakeChannel;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  slack = await startFakeSlack({ retryDelaysMs: [30, 60, 90, 500], ackTimeoutMs: 900 });
  ann = await slack.addUser({ name: 'ann' });
  data = await slack.addChannel({ name: 'data' });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await slack.close();
});

async function start(): Promise<StartedApp> {
  const made = await startOn(slack, 'socket', {
    routes: [{ path: '/healthz', method: 'GET', handler: (_request, response) => void response.end('alive') }],
  });
  stops.push(() => made.app.stop());
  return made;
}
const ask = (text: string) => slack.say({ channel: data.id, user: ann.id, text: `<@${slack.botUserId}> ${text}` });

describe('socketReceiver', () => {
  it('is back at once after a refresh that Slack asks for', async () => {
    const { app, inbox } = await start();
    const begin = performance.now();
    await slack.disconnectSockets('refresh_requested');
    await vi.waitFor(() => expect(app.connected()).toBe(false), { interval: 1 });
    await vi.waitFor(() => expect(app.connected()).toBe(true), { interval: 5 });
    // The client's own way takes five seconds.
    expect(performance.now() - begin).toBeLessThan(2_000);
    await ask('after the refresh');
    await slack.idle();
    expect([...inbox.kept.values()].map(({ text }) => text)).toEqual(['after the refresh']);
  });

  it('is back after a socket that was cut, and loses nothing', async () => {
    const { app, inbox } = await start();
    await slack.dropSockets();
    await ask('during the cut');
    await vi.waitFor(() => expect(app.connected()).toBe(true));
    await vi.waitFor(() => expect([...inbox.kept.values()].map(({ text }) => text)).toEqual(['during the cut']));
    expect(await slack.connections()).toBe(1);
  });

  it('waits for a Slack that fails, at the start and later, and does not end the process', async () => {
    await slack.addFault(FAILING);
    const { app, log } = await start();
    expect(app.connected()).toBe(true);
    expect(log.lines.filter((line) => line.includes('no connection to Slack'))).toHaveLength(2);
    await slack.addFault(FAILING);
    await slack.dropSockets();
    await vi.waitFor(() => expect(app.connected()).toBe(false));
    await vi.waitFor(() => expect(app.connected()).toBe(true), { timeout: 5_000 });
  });

  it('gives up at the start where Slack does not take the app token', async () => {
    const settings = { ...settingsOn(slack, 'socket'), receiver: { kind: 'socket' as const, appToken: 'xapp-wrong' } };
    const app = await createSlackApp({
      settings,
      language: 'auto',
      inbox: memoryInbox(),
      routes: [],
      log: readableLog(),
      signal: new AbortController().signal,
    });
    await expect(app.start()).rejects.toThrow('invalid_auth');
    await app.stop();
  });

  it('serves routes beside the socket until it is stopped', async () => {
    const { app, url } = await start();
    expect(await (await fetch(`${url}/healthz?x=1`)).text()).toBe('alive');
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/healthz`, { method: 'POST' })).status).toBe(404);
    await app.stop();
    expect(app.connected()).toBe(false);
    await vi.waitFor(async () => expect(await slack.connections()).toBe(0));
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('acknowledges in time what arrives while the process is busy', async () => {
    const { inbox } = await start();
    await ask('while busy');
    // As long as anything of this process may compute in one go.
    const until = performance.now() + 250;
    while (performance.now() < until);
    await slack.idle();
    expect(inbox.kept.size).toBe(1);
    expect((await slack.deliveries()).map(({ attempts }) => attempts.length)).toEqual([1, 1]);
  });
});
