import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEMO } from '../mcp/mcp-fixture.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack/fake-slack.ts';
import { answered } from './terminal-fixture.ts';

let slack: FakeSlack;
let folder = '';

beforeEach(async () => {
  slack = await startFakeSlack({ ackTimeoutMs: 1_000, retryDelaysMs: [50, 100, 150] });
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-slack-command-'));
});
afterEach(async () => {
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  WHEREFORE_SLACK_BOT_TOKEN: slack.botToken,
  WHEREFORE_SLACK_APP_TOKEN: slack.appToken,
  WHEREFORE_SLACK_API_URL: slack.apiUrl,
  WHEREFORE_SLACK_PORT: '0',
  WHEREFORE_CASES: path.join(folder, 'cases'),
});

/** Runs the bot until the work is done; what it wrote to standard error, line by line. */
async function whileRunning(work: (lines: string[]) => Promise<void>, more: Record<string, string> = {}) {
  const stopping = new AbortController();
  const lines: string[] = [];
  const run = answered(['slack', '--from', DEMO], {
    environment: { ...environment(), ...more },
    stop: stopping.signal,
    writeError: (text) => void lines.push(text),
  });
  try {
    await vi.waitFor(() => expect(lines.join('')).toContain('the bot is there'), { timeout: 5_000 });
    await work(lines);
  } finally {
    stopping.abort();
  }
  return { ...(await run), lines };
}

// A real bot with its processes: on a busy machine they take their time.
describe('wherefore slack', { timeout: 60_000 }, () => {
  it('keeps a mention and acknowledges it, tells that it is ready, and stops in order', async () => {
    const ann = await slack.addUser({ name: 'ann' });
    const data = await slack.addChannel({ name: 'data' });
    const asked = { ts: '' };
    const { exitCode, lines } = await whileRunning(async (told) => {
      const { port } = JSON.parse(told.find((line) => line.includes('the bot is there')) ?? '{}');
      // The processes that answer come up beside the bot.
      await vi.waitFor(
        async () => {
          const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
          expect([ready.status, await ready.text()]).toEqual([200, 'ready\n']);
        },
        { timeout: 20_000, interval: 50 },
      );
      asked.ts = (
        await slack.say({
          channel: data.id,
          user: ann.id,
          text: `<@${slack.botUserId}> why? my token is xoxb-12345678-abc`,
        })
      ).ts;
      await vi.waitFor(() => expect(told.filter((line) => line.includes('"outcome":"known"'))).toHaveLength(1));
      await slack.idle();
    });
    expect(exitCode).toBe(0);
    // As a message and as a mention; what the bot says itself comes back to it as well.
    const ofIt = (await slack.deliveries()).filter(({ ts }) => ts === asked.ts);
    expect(ofIt.map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
    expect(lines.join('')).toContain('the bot is stopped');
    expect(lines.join('')).not.toMatch(/xoxb|xapp|why\?/);
  });

  it('knows after a restart what it kept before', async () => {
    const ann = await slack.addUser({ name: 'ann' });
    const data = await slack.addChannel({ name: 'data' });
    const asked = { text: '' };
    await whileRunning(async () => {
      asked.text = (await slack.say({ channel: data.id, user: ann.id, text: `<@${slack.botUserId}> why?` })).ts;
      await slack.idle();
    });
    await whileRunning(async (lines) => {
      await slack.say({ channel: data.id, user: ann.id, text: 'and now?', threadTs: asked.text });
      await vi.waitFor(() => expect(lines.join('')).toMatch(/"way":"follow_up".*"outcome":"new"/));
    });
  });

  it('names every wrong setting and flag at once, and asks Slack nothing', async () => {
    const { exitCode, err } = await answered(['slack', '--at', 'yesterday'], {
      environment: { WHEREFORE_SLACK_BOT_TOKEN: 'wrong', WHEREFORE_LANG: 'fr' },
    });
    expect(exitCode).toBe(2);
    for (const name of ['WHEREFORE_SLACK_BOT_TOKEN', 'WHEREFORE_SLACK_APP_TOKEN', 'WHEREFORE_LANG', '--at yesterday'])
      expect(err).toContain(name);
    expect(await slack.calls()).toEqual([]);
  });

  it('only looks at the settings with --check', async () => {
    const { exitCode, out } = await answered(['slack', '--check'], { environment: environment() });
    expect(exitCode).toBe(0);
    expect(out).toContain('receiver      socket');
    expect(out).not.toMatch(/xoxb|xapp/);
    expect(await slack.calls()).toEqual([]);
  });

  it.each([
    ['WHEREFORE_SLACK_BOT_TOKEN', 'xoxb-wrong'],
    ['WHEREFORE_SLACK_APP_TOKEN', 'xapp-wrong'],
  ])('ends with 2 where Slack does not take %s', async (name, value) => {
    const { exitCode, err } = await answered(['slack'], { environment: { ...environment(), [name]: value } });
    expect(exitCode).toBe(2);
    expect(err).toContain(`${name}: Slack does not take it (invalid_auth)`);
  });
});
