import { once } from 'node:events';
import { Command } from 'commander';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { unusablePaths } from '../configured-platform.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { PlatformSource } from '../slack/platform-source.ts';
import { type TerminalIo, UsageError } from './terminal-io.ts';
import { Unusable } from './unusable.ts';

interface SlackOptions {
  from?: string;
  at?: string;
  check?: true;
}

/** `wherefore slack`: the Slack bot. Runs until it is stopped. */
export function slackCommand(io: TerminalIo): Command {
  return new Command('slack')
    .description('the Slack bot')
    .option('--from <dir>', 'answer from a capture instead of the configured platform')
    .option('--at <time>', 'the time to take for "now" in a capture, ISO 8601')
    .option('--check', 'only look at the settings, all of them at once')
    .action(async (options: SlackOptions) => {
      const { settings, source } = await checked(options, io);
      if (options.check === true) {
        io.write(`${summary(settings)}\n`);
        return;
      }
      io.willStop?.();
      const { startSlack, StartRefused } = await import('../slack/start-slack.ts');
      const bot = await startSlack(settings, source, io).catch((error: unknown) => {
        // What a setting is the cause of is told as such, without a stack.
        throw error instanceof StartRefused ? new UsageError(error.message, 'unusable_setting') : error;
      });
      const stop = io.stop ?? new AbortController().signal;
      if (!stop.aborted) await once(stop, 'abort');
      await bot.stop();
    });
}

/** @throws UsageError naming everything that cannot be used */
async function checked(options: SlackOptions, io: TerminalIo): Promise<{ settings: Settings; source: PlatformSource }> {
  const unusable = new Unusable();
  const settings = await unusable.tried<Settings | null>(
    Promise.resolve(io.environment).then((environment) => readSettings(environment, { slack: true })),
    null,
  );
  const atMs = timeOf(options, unusable);
  if (options.from !== undefined)
    await unusable.tried<unknown>(openCapture(options.from, atMs === null ? {} : { at: atMs }), null);
  if (settings !== null && options.from === undefined)
    for (const { setting, why } of await unusablePaths(settings))
      unusable.add('unusable_setting', `${setting}: ${why}`);
  unusable.throwAll();
  return { settings: settings as Settings, source: { from: options.from ?? null, atMs } };
}

function timeOf({ at, from }: SlackOptions, unusable: Unusable): number | null {
  if (at === undefined) return null;
  if (from === undefined) unusable.add('unusable_flag', '--at goes with --from: a live platform is asked as it is');
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? Date.parse(at) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  unusable.add('unusable_flag', `--at ${at} is not an ISO 8601 time such as 2026-11-21T10:30:00Z`);
  return null;
}

/** What the settings say, without secrets. */
function summary({ slack, clusters }: Settings): string {
  if (slack === null) return '';
  const policies = Object.entries(slack.channels.channels).map(([channel, { answers }]) => `${channel} ${answers}`);
  return [
    `receiver      ${slack.receiver.kind}, health and metrics on ${slack.address}:${slack.port}`,
    `channels      ${[...policies, `others ${slack.channels.otherwise.answers}`].join(', ')}`,
    `support       ${slack.supportChannel ?? 'no channel: nothing can be handed over'}`,
    `kept          ${slack.databaseUrl === null ? 'in a file' : 'in PostgreSQL'}, ${slack.retentionDays} days`,
    `who sees what ${slack.accessFile ?? 'whoever can ask sees all'}`,
    `platform      ${clusters.length === 0 ? 'nothing configured' : clusters.map(({ name }) => name).join(', ')}`,
  ].join('\n');
}
