import path from 'node:path';
import { WebClient } from '@slack/web-api';
import type { Access } from '../access/access-file.ts';
import { slackDirectory } from '../access/slack-directory.ts';
import { drawKeptCharts } from '../answering/draw-charts.ts';
import { drawPage } from '../answering/draw-page.ts';
import type { Database } from '../cases/database/database.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { openPosts } from '../cases/posts/open-posts.ts';
import type { Escalation } from '../escalation/escalation.ts';
import type { Settings } from '../settings.ts';
import { slackOutlet } from './outlet/slack-outlet.ts';
import { webClientOptions } from './outlet/web-client-options.ts';
import { slackEscalation } from './slack-escalation.ts';
import { slackRights } from './slack-rights.ts';
import type { SlackSettings } from './slack-settings.ts';

/**
 * The hand-offs for a command that is no bot: the same rules and the same way out to Slack, beside a bot that may run meanwhile.
 *
 * @throws what the Web API client throws when Slack does not take the token or cannot be reached
 */
export async function reachEscalation(
  settings: Settings & { slack: SlackSettings },
  database: Database,
  access: Access | null,
  log: (line: string) => void,
): Promise<Escalation> {
  const { slack, language, cases: folder } = settings;
  const client = new WebClient(slack.botToken, webClientOptions(slack.apiUrl ?? undefined));
  const { team_id: team = '', url = null } = await client.auth.test();
  const quiet = { info: () => undefined, warn: (_fields: object, line: string) => log(line) };
  return slackEscalation({
    database,
    outlet: slackOutlet({ client, posts: openPosts(database), log: quiet }),
    cases: openKeptCases(database),
    pool: { page: (job) => drawPage(job), charts: (job) => drawKeptCharts(job, slack.chartFont) },
    rights: slackRights(access, slackDirectory(client, access?.identity.profileField !== undefined)),
    team,
    workspaceUrl: url,
    supportChannel: slack.supportChannel,
    language,
    lessonsFolder: path.resolve(folder),
    log: (line) => log(line),
  });
}
