import path from 'node:path';
import { WebAPIPlatformError } from '@slack/web-api';
import { readAccessFile } from '../access/access-file.ts';
import { type Database, DatabaseError } from '../cases/database/database.ts';
import { openDatabase } from '../cases/database/open-database.ts';
import { openInbox } from '../cases/inbox/open-inbox.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import type { Settings } from '../settings.ts';
import { openLog, toldError } from '../telemetry/open-log.ts';
import { openMetrics } from '../telemetry/open-metrics.ts';
import { openTraces } from '../telemetry/open-traces.ts';
import { createSlackApp, type SlackApp } from './create-app.ts';
import { forgetOldCases } from './forget-old-cases.ts';
import { type OpenDesk, openDesk } from './open-desk.ts';
import { casePageRoute } from './pages/case-page-route.ts';
import { casePages } from './pages/case-pages.ts';
import type { PlatformSource } from './platform-source.ts';
import { healthRoutes } from './receivers/health-routes.ts';
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
 * Starts the Slack bot: its store, the way in, the work on what arrives, health, metrics and case pages.
 *
 * @throws StartRefused when a setting does not fit what is there
 */
export async function startSlack(
  settings: Settings,
  source: PlatformSource,
  io: SlackIo,
): Promise<{ stop(): Promise<void> }> {
  const { slack, language, cases: folder } = settings;
  if (slack === null) throw new StartRefused('the settings of the Slack bot were not read');
  const log = openLog(slack.logLevel, { write: (line) => io.writeError(line) });
  const access = slack.accessFile === null ? null : await readAccessFile(slack.accessFile).catch(unusableAccess);
  const database = await refused(openDatabase({ url: slack.databaseUrl, folder: path.dirname(folder) }), slack);
  const inbox = openInbox(database);
  const metrics = openMetrics(() => inbox.counts());
  const traces = await openTraces(slack.otelUrl);
  const pages = slack.casePagesUrl === null ? null : casePages(slack.casePagesUrl, slack.botToken);
  let app: SlackApp | null = null;
  let desk: OpenDesk | null = null;
  const say = (line: string, error?: unknown) => log.warn(error === undefined ? {} : toldError(error), line);
  const stop = async () => {
    await app?.stop().catch((error: unknown) => say('the way in did not end in order', error));
    await desk?.stop();
    await traces.close();
    await database.close();
  };
  try {
    app = await createSlackApp({
      settings: slack,
      language,
      inbox,
      routes: [
        ...healthRoutes({
          missing: async () => await missing(database, app, desk),
          metrics: async () => (await metrics.text()).body,
        }),
        ...(pages === null
          ? []
          : [casePageRoute({ pages, cases: openKeptCases(database), desk: () => desk, log: say })]),
      ],
      log,
      onNew: (incoming) => desk?.arrived(incoming),
      signal: io.stop ?? new AbortController().signal,
    });
    desk = await openDesk({
      settings: { ...settings, slack },
      source,
      database,
      inbox,
      app,
      access,
      pages,
      lessonsFolder: folder,
      log,
      metrics,
      traces,
    });
    await app.start();
  } catch (error) {
    await stop().catch(() => undefined);
    return await refused(Promise.reject(error), slack);
  }
  const forgetting = forgetOldCases({ database, escalation: desk.escalation }, slack.retentionDays, say);
  const { address, port } = app.listensOn() ?? { address: '', port: 0 };
  log.info({ receiver: slack.receiver.kind, team: app.self.team, address, port }, 'the bot is there');
  return {
    async stop() {
      forgetting.stop();
      await stop();
      log.info({}, 'the bot is stopped');
    },
  };
}

function unusableAccess(error: unknown): never {
  throw new StartRefused(`WHEREFORE_ACCESS_FILE: ${error instanceof Error ? error.message : 'cannot be read'}`);
}

async function missing(database: Database, app: SlackApp | null, desk: OpenDesk | null): Promise<string[]> {
  const isThere = await database.query('select 1 as one').then(
    () => true,
    () => false,
  );
  return [
    ...(isThere ? [] : ['store']),
    ...(app?.connected() === true ? [] : ['slack']),
    ...(desk?.pool.ready() === true ? [] : ['answering']),
  ];
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
