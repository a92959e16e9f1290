import path from 'node:path';
import { WebAPIPlatformError } from '@slack/web-api';
import { pino } from 'pino';
import { type Database, DatabaseError } from '../cases/database/database.ts';
import { openDatabase } from '../cases/database/open-database.ts';
import { openInbox } from '../cases/inbox/open-inbox.ts';
import type { Settings } from '../settings.ts';
import { createSlackApp, type SlackApp } from './create-app.ts';
import type { PlatformSource } from './platform-source.ts';
import { healthRoutes } from './receivers/health-routes.ts';
import type { SlackLog } from './slack-log.ts';
import type { SlackSettings } from './slack-settings.ts';
import { TokenRefused } from './who-am-i.ts';

/** The bot cannot be started as it is set; the message names the setting and is for a person. */
export class StartRefused extends Error {}

/** Where the bot tells of itself, and what ends its start. */
export interface SlackIo {
  /** One line of JSON each. */
  writeError(text: string): void;
  stop?: AbortSignal;
}

/**
 * Starts the Slack bot: its store, the way in, health and metrics.
 *
 * @throws StartRefused when a setting does not fit what is there
 */
export async function startSlack(
  { slack, language, cases }: Settings,
  _source: PlatformSource,
  io: SlackIo,
): Promise<{ stop(): Promise<void> }> {
  if (slack === null) throw new StartRefused('the settings of the Slack bot were not read');
  const log = logTo(io, slack);
  const database = await refused(openDatabase({ url: slack.databaseUrl, folder: path.dirname(cases) }), slack);
  let app: SlackApp | null = null;
  try {
    const made = await createSlackApp({
      settings: slack,
      language,
      inbox: openInbox(database),
      routes: healthRoutes({ missing: async () => await missing(database, app), metrics: async () => null }),
      log,
      signal: io.stop ?? new AbortController().signal,
    });
    app = made;
    await made.start();
  } catch (error) {
    await app?.stop().catch(() => undefined);
    await database.close();
    return await refused(Promise.reject(error), slack);
  }
  const running = app;
  const { address, port } = running.listensOn() ?? { address: '', port: 0 };
  log.info({ receiver: slack.receiver.kind, team: running.self.team, address, port }, 'the bot is there');
  return {
    async stop() {
      await running.stop();
      await database.close();
      log.info({}, 'the bot is stopped');
    },
  };
}

/** A log of JSON lines. */
function logTo(io: SlackIo, { logLevel }: SlackSettings): SlackLog {
  const write = (line: string) => io.writeError(line);
  return pino({ level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
}

async function missing(database: Database, app: SlackApp | null): Promise<string[]> {
  const isThere = await database.query('select 1 as one').then(
    () => true,
    () => false,
  );
  return [...(isThere ? [] : ['store']), ...(app?.connected() === true ? [] : ['slack'])];
}

/** Tells what a setting is the cause of in its name. */
async function refused<Result>(work: Promise<Result>, { address, port, databaseUrl }: SlackSettings): Promise<Result> {
  return await work.catch((error: unknown) => {
    if (error instanceof TokenRefused) throw new StartRefused(error.message);
    if (error instanceof DatabaseError)
      throw new StartRefused(`${databaseUrl === null ? 'WHEREFORE_CASES' : 'DATABASE_URL'}: ${error.message}`);
    if (error instanceof WebAPIPlatformError)
      throw new StartRefused(`WHEREFORE_SLACK_APP_TOKEN: Slack does not take it (${error.data.error})`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL')
      throw new StartRefused(`WHEREFORE_SLACK_PORT: cannot listen on ${address}:${port} (${code})`);
    throw error;
  });
}
