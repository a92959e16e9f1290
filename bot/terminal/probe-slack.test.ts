import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeService } from '../../tools/platform/fake-service.ts';
import { openDatabase } from '../cases/database/open-database.ts';
import { type FakeSlack, startFakeSlack } from '../slack/fake-slack/fake-slack.ts';
import type { Check } from './probe-services.ts';
import { answered } from './terminal-fixture.ts';

const NEEDED = [
  'app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,files:read,files:write',
  'groups:history,groups:read,im:history,im:write,users:read',
].flatMap((names) => names.split(','));

let slack: FakeSlack;
let folder = '';
beforeEach(async () => {
  slack = await startFakeSlack({ scopes: NEEDED });
  folder = mkdtempSync(path.join(tmpdir(), 'probe-slack-'));
});
afterEach(async () => {
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  WHEREFORE_SLACK_BOT_TOKEN: slack.botToken,
  WHEREFORE_SLACK_APP_TOKEN: slack.appToken,
  WHEREFORE_SLACK_API_URL: slack.apiUrl,
  WHEREFORE_CASES: path.join(folder, 'cases'),
});

/** The lines of the doctor on the Slack bot, by name. */
async function checked(more: Record<string, string> = {}) {
  const { exitCode, out } = await answered(['doctor', '--json'], { environment: { ...environment(), ...more } });
  const checks: Check[] = JSON.parse(out).checks;
  const found = checks.filter(({ name }) => name.startsWith('slack'));
  return { exitCode, out, names: found.map(({ name }) => name), by: new Map(found.map((one) => [one.name, one])) };
}

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** An address at which nothing listens any more. */
async function closedAddress(): Promise<string> {
  const service = await fakeService((_path, response) => void response.end());
  await service.close();
  return service.url;
}

describe('wherefore doctor and Slack', () => {
  it('has one line for it where no token is set, and asks nothing', async () => {
    const { exitCode, out } = await answered(['doctor'], { environment: {} });
    expect(exitCode).toBe(0);
    expect(out.match(/^.. slack.*$/gm)).toEqual([expect.stringMatching(/^- {2}slack +not configured/)]);
  });

  it('is content where all is right, and prints no token', async () => {
    const support = await slack.addChannel({ name: 'support', members: [slack.botUserId] });
    const alerts = await slack.addChannel({ name: 'alerts', members: [slack.botUserId] });
    const noise = await slack.addChannel({ name: 'noise', members: [] });
    await (await openDatabase({ url: null, folder })).close();
    const { exitCode, by, out } = await checked({
      WHEREFORE_SLACK_SUPPORT_CHANNEL: support.id,
      WHEREFORE_SLACK_CHANNELS: `${alerts.id}=auto:grafana, ${noise.id}=off`,
      WHEREFORE_ACCESS_FILE: written('access.yaml', 'rules: [{who: everyone, sees: own}]'),
    });
    expect(exitCode).toBe(0);
    expect(Object.fromEntries([...by].map(([name, { ok, detail }]) => [name, `${ok} ${detail}`]))).toEqual({
      'slack bot token': 'true workspace Fake workspace, bot wherefore',
      'slack app token': 'true Slack opens sockets for it',
      'slack scopes': 'true all 13 scopes granted',
      'slack support channel': 'true #support: hand-offs',
      [`slack ${alerts.id}`]: 'true #alerts: auto',
      [`slack ${noise.id}`]: 'true #noise: off',
      'slack store': `true ${path.join(folder, 'wherefore.sqlite')}: 0 cases, tables up to date`,
      'slack access file': 'true 0 listed users, 0 groups, 0 projects, 1 rule',
      'slack chart font': expect.stringMatching(/^true .+, bundled; draws both scripts$/) as string,
      'slack case pages': 'null attached as files (WHEREFORE_CASE_PAGES_URL serves them instead)',
    });
    expect(out).not.toMatch(/xoxb|xapp|fake-signing/);
    expect((await slack.calls()).map(({ method }) => method)).not.toContain('chat.postMessage');
  });

  it('names scopes that are missing, and those that are more than needed', async () => {
    await slack.setScopes([...NEEDED.filter((scope) => scope !== 'files:read'), 'users:read.email', 'search:read']);
    const { exitCode, by } = await checked();
    expect(exitCode).toBe(2);
    expect(by.get('slack scopes')).toMatchObject({
      ok: false,
      detail: expect.stringMatching(
        /^missing: files:read \(add .*\); granted beyond need: search:read, users:read\.email$/,
      ) as string,
    });
  });

  it('needs the scopes of what the access file tells people apart by', async () => {
    const access = written('access.yaml', 'identity: {emailDomains: [example.com], profileField: Xf0123}');
    const { by } = await checked({ WHEREFORE_ACCESS_FILE: access });
    expect(by.get('slack scopes')?.detail).toContain('missing: users:read.email, users.profile:read');
  });

  it('tells tokens that Slack does not take, and then asks for no channel with them', async () => {
    const { exitCode, by, names, out } = await checked({
      WHEREFORE_SLACK_BOT_TOKEN: 'xoxb-wrong-one',
      WHEREFORE_SLACK_APP_TOKEN: 'xapp-wrong-one',
      WHEREFORE_SLACK_SUPPORT_CHANNEL: 'C0123ABCD',
    });
    expect(exitCode).toBe(2);
    expect(by.get('slack bot token')?.detail).toBe('WHEREFORE_SLACK_BOT_TOKEN: Slack says invalid_auth');
    expect(by.get('slack app token')?.detail).toBe('WHEREFORE_SLACK_APP_TOKEN: Slack says invalid_auth');
    expect(names).not.toContain('slack support channel');
    expect(out).not.toContain('wrong-one');
  });

  it('tells channels that are not there, archived, or without the bot', async () => {
    const away = await slack.addChannel({ name: 'away', members: [] });
    const old = await slack.addChannel({ name: 'old', members: [slack.botUserId], archived: true });
    const { exitCode, by } = await checked({
      WHEREFORE_SLACK_SUPPORT_CHANNEL: away.id,
      WHEREFORE_SLACK_CHANNELS: `${old.id}=mention, C0NOTHERE=mention`,
    });
    expect(exitCode).toBe(2);
    expect(by.get('slack support channel')).toMatchObject({
      ok: false,
      detail: 'the bot is not in #away: invite it there (/invite)',
    });
    expect(by.get(`slack ${old.id}`)).toMatchObject({ ok: false, detail: '#old is archived' });
    expect(by.get('slack C0NOTHERE')?.detail).toMatch(/^C0NOTHERE: not there, or private/);
  });

  it('tells a Slack that cannot be reached, that breaks down, and that wants a pause', async () => {
    const gone = await checked({ WHEREFORE_SLACK_API_URL: `${await closedAddress()}/api` });
    expect([gone.exitCode, gone.by.get('slack bot token')?.detail]).toEqual([
      2,
      'WHEREFORE_SLACK_BOT_TOKEN: Slack cannot be reached',
    ]);
    await slack.addFault({ method: 'auth.test', do: { what: 'ratelimited', retryAfterSeconds: 7 } });
    await slack.addFault({ method: 'apps.connections.open', do: { what: 'status', status: 503 } });
    const { by } = await checked();
    expect(by.get('slack bot token')?.detail).toContain('Slack wants a pause of 7 s');
    expect(by.get('slack app token')?.detail).toContain('no answer of Slack');
  });

  it('waits for a Slack that hangs only as long as the settings say', async () => {
    await slack.addFault({ method: 'auth.test', do: { what: 'hang' } });
    const { by } = await checked({ WHEREFORE_HTTP_TIMEOUT_MS: '200' });
    expect(by.get('slack bot token')).toMatchObject({ ok: false });
  });

  it('knows the receiver over HTTP', async () => {
    const { by, exitCode, out } = await checked({
      WHEREFORE_SLACK_RECEIVER: 'http',
      WHEREFORE_SLACK_SIGNING_SECRET: slack.signingSecret,
      WHEREFORE_SLACK_PORT: '3456',
    });
    expect([exitCode, by.get('slack signing secret')?.ok]).toEqual([0, true]);
    expect(by.get('slack signing secret')?.detail).toContain('127.0.0.1:3456/slack/events');
    expect(out).not.toContain(slack.signingSecret);
    expect((await slack.calls('apps.connections.open')).length).toBe(0);
  });

  it('names what is wrong with settings and files, all at once', async () => {
    const settings = await checked({ WHEREFORE_SLACK_BOT_TOKEN: 'no-token', WHEREFORE_SLACK_PORT: 'x' });
    expect(settings.exitCode).toBe(2);
    expect(settings.out).toMatch(/WHEREFORE_SLACK_BOT_TOKEN.*WHEREFORE_SLACK_PORT/s);
    expect(settings.out).not.toContain('no-token');
    const files = await checked({
      WHEREFORE_ACCESS_FILE: written('access.yaml', 'rules: [{who: {group: nobody}, sees: all}]\nusers: {x: 1}'),
      WHEREFORE_CHART_FONT: written('font.ttf', 'no font'),
      DATABASE_URL: 'postgres://me:hunter22secret@127.0.0.1:1/db',
    });
    expect(files.exitCode).toBe(2);
    expect(files.by.get('slack access file')?.detail).toMatch(/rules\.0.*users\.x|users\.x.*rules\.0/);
    expect(files.by.get('slack chart font')).toMatchObject({ ok: false });
    expect(files.by.get('slack store')?.detail).toMatch(/^DATABASE_URL: .*ECONNREFUSED/);
    expect(files.out).not.toContain('hunter22');
  });

  it('looks whether the address of case pages leads to the bot', async () => {
    const bot = await fakeService((_path, response) => {
      response.writeHead(404).end('There is nothing here.');
    });
    const other = await fakeService((_path, response) => void response.end('<html>a login page</html>'));
    const detail = async (url: string) => (await checked({ WHEREFORE_CASE_PAGES_URL: url })).by.get('slack case pages');
    expect(await detail(bot.url)).toMatchObject({ ok: true });
    expect(await detail(other.url)).toMatchObject({ ok: false });
    expect(await detail(await closedAddress())).toMatchObject({ ok: null });
    await bot.close();
    await other.close();
  });
});
