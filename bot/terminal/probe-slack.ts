import path from 'node:path';
import { WebClient } from '@slack/web-api';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import { type Access, readAccessFile } from '../access/access-file.ts';
import { visibleText } from '../render/visible-text.ts';
import { readSettings, type Settings } from '../settings.ts';
import { webClientOptions } from '../slack/outlet/web-client-options.ts';
import type { SlackSettings } from '../slack/slack-settings.ts';
import { probeCasePages } from './probe-case-pages.ts';
import { probeChannels } from './probe-channels.ts';
import type { Check } from './probe-services.ts';
import { probeStore } from './probe-store.ts';
import { checkScopes } from './slack-scopes.ts';
import { whyNotSlack } from './why-not-slack.ts';

/** Whoever sets one of these means to run the bot. */
const TOKENS = ['WHEREFORE_SLACK_BOT_TOKEN', 'WHEREFORE_SLACK_APP_TOKEN', 'WHEREFORE_SLACK_SIGNING_SECRET'];

/** Checks the Slack bot, one line each; no line holds a token. One line alone where no token is set. */
export async function probeSlack(environment: Readonly<Record<string, string | undefined>>): Promise<Check[]> {
  if (TOKENS.every((name) => (environment[name] ?? '') === ''))
    return [{ name: 'slack', ok: null, detail: 'not configured (set WHEREFORE_SLACK_BOT_TOKEN)' }];
  let settings: Settings;
  try {
    settings = readSettings(environment, { slack: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'cannot be read';
    return why.split('; ').map((problem) => ({ name: 'slack settings', ok: false, detail: visibleText(problem) }));
  }
  const { slack } = settings;
  if (slack === null) return [];
  const { check: rules, access } = await probeAccess(slack);
  const [{ token, granted }, way, store, font, pages] = await Promise.all([
    probeToken(slack, settings.httpTimeoutMs, access),
    probeWayIn(slack, settings.httpTimeoutMs),
    probeStore({ url: slack.databaseUrl, folder: path.dirname(settings.cases) }),
    probeFont(slack),
    probeCasePages(slack, settings.httpTimeoutMs),
  ]);
  return [token, way, ...granted, store, rules, font, pages];
}

/** The bot token, then what it may do and where: nothing is asked with a token that Slack does not take. */
async function probeToken(
  slack: SlackSettings,
  timeoutMs: number,
  access: Access | null,
): Promise<{ token: Check; granted: Check[] }> {
  const client = clientOf(slack, slack.botToken, timeoutMs);
  const tokenCheck = (ok: boolean, detail: string): Check => ({ name: 'slack bot token', ok, detail });
  try {
    const said = await client.auth.test();
    if (said.bot_id === undefined)
      return { token: tokenCheck(false, 'WHEREFORE_SLACK_BOT_TOKEN: is not of a bot (xoxb-…)'), granted: [] };
    const scopes = checkScopes(said.response_metadata?.scopes ?? null, access);
    return {
      token: tokenCheck(true, visibleText(`workspace ${said.team ?? '?'}, bot ${said.user ?? '?'}`)),
      granted: [scopes, ...(await probeChannels(client, slack))],
    };
  } catch (error) {
    return { token: tokenCheck(false, `WHEREFORE_SLACK_BOT_TOKEN: ${whyNotSlack(error)}`), granted: [] };
  }
}

/** How Slack reaches the bot. A socket's address is asked for and not opened: the bot that runs keeps its own. */
async function probeWayIn(slack: SlackSettings, timeoutMs: number): Promise<Check> {
  const { receiver, address, port } = slack;
  if (receiver.kind === 'http')
    return {
      name: 'slack signing secret',
      ok: true,
      detail: `set; whether it is Slack's shows with the first request to ${address}:${port}/slack/events`,
    };
  const name = 'slack app token';
  try {
    await clientOf(slack, receiver.appToken, timeoutMs).apps.connections.open();
    return { name, ok: true, detail: 'Slack opens sockets for it' };
  } catch (error) {
    return { name, ok: false, detail: `WHEREFORE_SLACK_APP_TOKEN: ${whyNotSlack(error)}` };
  }
}

function clientOf({ apiUrl }: SlackSettings, token: string, timeoutMs: number): WebClient {
  return new WebClient(token, { ...webClientOptions(apiUrl ?? undefined), timeout: timeoutMs });
}

async function probeAccess({ accessFile }: SlackSettings): Promise<{ check: Check; access: Access | null }> {
  const name = 'slack access file';
  if (accessFile === null) {
    const detail = 'none: whoever can ask sees everything (WHEREFORE_ACCESS_FILE)';
    return { check: { name, ok: null, detail }, access: null };
  }
  try {
    const access = await readAccessFile(accessFile);
    const many = (entries: object, what: string) => plural(Object.keys(entries).length, what);
    const detail = [
      many(access.users, 'listed user'),
      many(access.groups, 'group'),
      many(access.projects, 'project'),
      many(access.rules, 'rule'),
    ].join(', ');
    return { check: { name, ok: true, detail }, access };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'cannot be read';
    return { check: { name, ok: false, detail: visibleText(why.replaceAll('\n', ' ')) }, access: null };
  }
}

async function probeFont({ chartFont }: SlackSettings): Promise<Check> {
  const name = 'slack chart font';
  try {
    const { openChartFont } = await import('../render/fonts/chart-font.ts');
    const { family } = await openChartFont(chartFont ?? undefined);
    return {
      name,
      ok: true,
      detail: visibleText(`${family}${chartFont === null ? ', bundled' : ''}; draws both scripts`),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'cannot be used';
    return { name, ok: false, detail: `WHEREFORE_CHART_FONT: ${visibleText(why)}` };
  }
}
