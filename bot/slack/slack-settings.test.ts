import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../settings.ts';
import { SLACK_SETTING_NAMES } from './slack-settings.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-slack-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SOCKET = { WHEREFORE_SLACK_BOT_TOKEN: 'xoxb-1-test', WHEREFORE_SLACK_APP_TOKEN: 'xapp-1-test' };
const slackOf = (more: Record<string, string> = {}) => readSettings({ ...SOCKET, ...more }, { slack: true }).slack;

function problemsOf(environment: Record<string, string>): string {
  try {
    readSettings(environment, { slack: true });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

describe('settings of the Slack bot', () => {
  it('want two tokens and nothing else', () => {
    expect(slackOf()).toEqual({
      botToken: 'xoxb-1-test',
      receiver: { kind: 'socket', appToken: 'xapp-1-test' },
      address: '127.0.0.1',
      port: 3000,
      apiUrl: null,
      channels: { otherwise: { answers: 'mention', bots: [] }, channels: {} },
      supportChannel: null,
      atOnce: 2,
      perUser: 1,
      perChannel: 2,
      maxFileBytes: 64 << 20,
      databaseUrl: null,
      retentionDays: 90,
      accessFile: null,
      chartFont: null,
      casePagesUrl: null,
      logLevel: 'info',
      otelUrl: null,
    });
  });

  it('name every missing and wrong one at once, and no secret', () => {
    const wrong = {
      WHEREFORE_SLACK_BOT_TOKEN: 'xoxp-hunter2hunter2',
      WHEREFORE_SLACK_PORT: '70000',
      WHEREFORE_SLACK_ADDRESS: 'everywhere',
      WHEREFORE_SLACK_CHANNELS: 'general=loud',
      WHEREFORE_SLACK_SUPPORT_CHANNEL: '#support',
      WHEREFORE_ACCESS_FILE: path.join(folder, 'nothing.yaml'),
      DATABASE_URL: 'mysql://x',
      WHEREFORE_LANG: 'fr',
    };
    const told = problemsOf(wrong);
    for (const name of [...Object.keys(wrong), 'WHEREFORE_SLACK_APP_TOKEN']) expect(told).toContain(`${name}: `);
    expect(told).not.toContain('hunter2');
  });

  it('want the signing secret, and no app token, for the HTTP receiver', () => {
    expect(problemsOf({ ...SOCKET, WHEREFORE_SLACK_RECEIVER: 'http' })).toContain('WHEREFORE_SLACK_SIGNING_SECRET');
    const { receiver } =
      readSettings(
        {
          WHEREFORE_SLACK_BOT_TOKEN: 'xoxb-1-test',
          WHEREFORE_SLACK_RECEIVER: 'http',
          WHEREFORE_SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
        },
        { slack: true },
      ).slack ?? {};
    expect(receiver).toEqual({ kind: 'http', signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' });
  });

  it('are not looked at by anything but the Slack bot', () => {
    const wrong = Object.fromEntries(SLACK_SETTING_NAMES.map((name) => [name, 'wrong']));
    expect(readSettings(wrong).slack).toBeNull();
  });

  it('take the channels from a file', () => {
    const file = path.join(folder, 'channels.yaml');
    writeFileSync(
      file,
      'default: off\nchannels:\n  C0123ABCD: mention\n  C0456EFGH:\n    answers: auto\n    bots:\n      - B0123ABCD\n      - grafana\n',
    );
    expect(slackOf({ WHEREFORE_SLACK_CHANNELS: file })?.channels).toEqual({
      otherwise: { answers: 'off', bots: [] },
      channels: {
        C0123ABCD: { answers: 'mention', bots: [] },
        C0456EFGH: { answers: 'auto', bots: ['B0123ABCD', 'grafana'] },
      },
    });
  });
});
