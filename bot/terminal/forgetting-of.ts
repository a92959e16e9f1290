import { readAccessFile } from '../access/access-file.ts';
import type { Database } from '../cases/database/database.ts';
import type { Escalation } from '../escalation/escalation.ts';
import { keepLessons } from '../escalation/keep-lessons.ts';
import { openHandOffs } from '../escalation/open-hand-offs.ts';
import { readSettings } from '../settings.ts';
import { type TerminalIo, UsageError } from './terminal-io.ts';
import { whyNotSlack } from './why-not-slack.ts';

/**
 * How hand-offs are deleted: in the support channel too, where the settings of Slack are at hand; without them here alone, which is said.
 *
 * @param inSlack false: leave what stands in Slack as it is
 * @throws UsageError when Slack cannot be asked; SettingsError
 */
export async function forgettingOf(
  database: Database,
  io: TerminalIo,
  inSlack: boolean,
): Promise<Pick<Escalation, 'forget'>> {
  if (inSlack && (io.environment.WHEREFORE_SLACK_BOT_TOKEN ?? '') !== '') {
    const { slack, ...settings } = readSettings(io.environment, { slack: true });
    if (slack === null) throw new Error('the settings of the Slack bot were not read');
    const access = slack.accessFile === null ? null : await readAccessFile(slack.accessFile).catch(unusableAccess);
    const { reachEscalation } = await import('../slack/reach-escalation.ts');
    return await reachEscalation({ ...settings, slack }, database, access, (line) => io.writeError(`${line}\n`)).catch(
      (error: unknown) => {
        throw new UsageError(
          `Slack, which a deleted hand-off is taken out of, cannot be asked (${whyNotSlack(error)}); --without-slack deletes here alone`,
          'unusable_setting',
        );
      },
    );
  }
  io.writeError('what was posted in the support channel stays there as it is\n');
  const handOffs = openHandOffs(database);
  const lessons = keepLessons(readSettings(io.environment).cases);
  return {
    async forget(caseId) {
      await handOffs.forget(caseId);
      await lessons.forget(caseId);
    },
  };
}

function unusableAccess(error: unknown): never {
  const why = error instanceof Error ? error.message : 'cannot be read';
  throw new UsageError(`WHEREFORE_ACCESS_FILE: ${why}`, 'unusable_setting');
}
