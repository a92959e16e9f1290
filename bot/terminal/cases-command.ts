import { Command } from 'commander';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import type { Database } from '../cases/database/database.ts';
import { listCases } from '../cases/kept-cases/list-cases.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { forgetBefore, forgetCase } from '../escalation/forget-cases.ts';
import { openHandOffs } from '../escalation/open-hand-offs.ts';
import { openCasesStore } from './cases-store.ts';
import { forgettingOf } from './forgetting-of.ts';
import { showCase } from './show-case.ts';
import { type TerminalIo, UsageError } from './terminal-io.ts';
import { caseLine, toldCase } from './told-case.ts';

/** Cases that a list shows where nothing is said. */
const MOST = 50;
const DAY_MS = 86_400_000;
/** Slack is waited for so long for one case. */
const SLACK_MS = 30_000;

interface Deleting {
  slack: boolean;
}

/** `wherefore cases`: what the Slack bot keeps, shown and deleted by whoever runs it. */
export function casesCommand(io: TerminalIo): Command {
  const command = new Command('cases')
    .description('cases that the Slack bot keeps: list, show, delete')
    .option('--most <number>', 'how many at most, those touched last', String(MOST))
    .option('--json', 'as JSON')
    .action(async ({ most, json }: { most: string; json?: boolean }) => {
      const count = wholeNumber('--most', most);
      const told = await inStore(io, (database) => listed(database, count), []);
      if (json) io.write(`${JSON.stringify(told)}\n`);
      else io.write(told.map((one) => `${caseLine(one)}\n`).join(''));
      if (told.length === 0) io.writeError('no case is kept\n');
    });
  command
    .command('show')
    .description('a case as the terminal shows an answer')
    .argument('<id>', 'case_…')
    .option('--json', 'as JSON')
    // The list has `--json` too, and commander gives it to whichever comes first.
    .action(async (id: string, _: unknown, show: Command) => {
      const json = show.optsWithGlobals<{ json?: boolean }>().json === true;
      const given = await inStore(io, (database) => showCase(database, id, json, io), null);
      if (given === null) throw noCase(id);
      io.write(given);
    });
  command
    .command('delete')
    .description('deletes cases with their feedback, their hand-off and what was asked')
    .argument('<ids...>', 'case_…')
    .option('--without-slack', 'leave what stands in the support channel as it is')
    .action(async (ids: string[], options: { withoutSlack?: boolean }) => {
      const missing = await inStore(io, (database) => remove(database, ids, io, { slack: !options.withoutSlack }), ids);
      if (missing.length > 0) throw noCase(missing.join(', '));
    });
  command
    .command('forget')
    .description('deletes what nobody touched since a time, as the bot does by WHEREFORE_RETENTION_DAYS')
    .option('--before <time>', 'ISO 8601: 2026-11-21 or 2026-11-21T10:30:00Z')
    .option('--days <number>', 'that many days ago')
    .option('--without-slack', 'leave what stands in the support channel as it is')
    .action(async (options: { before?: string; days?: string; withoutSlack?: boolean }) => {
      const before = timeOf(options);
      const forgetting = async (database: Database) => {
        const escalation = await forgettingOf(database, io, !options.withoutSlack);
        return await forgetBefore({ database, escalation }, before, io.stop ?? new AbortController().signal);
      };
      const nothing = { cases: 0, messages: 0, posts: 0, threads: 0 };
      const { cases, messages, posts } = await inStore(io, forgetting, nothing);
      io.write(
        `deleted what was not touched since ${new Date(before).toISOString()}: ${plural(cases, 'case')}, ${plural(messages, 'message')}, ${plural(posts, 'note')} of posts\n`,
      );
    });
  return command;
}

/** Works in the store of the bot; where the bot never ran, `otherwise`. */
async function inStore<Result>(
  io: TerminalIo,
  work: (database: Database) => Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  const database = await openCasesStore(io.environment);
  if (database === null) return otherwise;
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function listed(database: Database, most: number) {
  const handOffs = openHandOffs(database);
  const told = [];
  for (const one of await listCases(database, most)) {
    const whole = await handOffs.incidentOf(one.id);
    const own = whole?.members.find(({ caseId }) => caseId === one.id);
    told.push(toldCase(one, whole && own?.escalated ? whole.incident.state : null));
  }
  return told;
}

/** Deletes cases one by one; those that are not there. */
async function remove(database: Database, ids: readonly string[], io: TerminalIo, { slack }: Deleting) {
  const cases = openKeptCases(database);
  const missing: string[] = [];
  const there: string[] = [];
  for (const id of ids) ((await cases.read(id)) === null ? missing : there).push(id);
  if (there.length === 0) return missing;
  const escalation = await forgettingOf(database, io, slack);
  for (const id of there) {
    const limit = AbortSignal.timeout(SLACK_MS);
    const signal = io.stop ? AbortSignal.any([io.stop, limit]) : limit;
    await forgetCase({ database, escalation }, id, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      throw new UsageError(`${id} is not deleted: Slack did not answer in time; run it again, or with --without-slack`);
    });
    io.write(`${id} is deleted\n`);
  }
  return missing;
}

function noCase(id: string): UsageError {
  return new UsageError(`no case ${id} is kept ("wherefore cases" lists them)`);
}

function wholeNumber(flag: string, given: string): number {
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new UsageError(`${flag} ${given} is no whole number`, 'unusable_flag');
}

function timeOf({ before, days }: { before?: string; days?: string }): number {
  if ((before === undefined) === (days === undefined))
    throw new UsageError('say since when nobody touched it: --before or --days, one of them', 'unusable_flag');
  if (days !== undefined) return Date.now() - wholeNumber('--days', days) * DAY_MS;
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?$/.test(before ?? '') ? Date.parse(before ?? '') : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(`--before ${before} is not an ISO 8601 time such as 2026-11-21T10:30:00Z`, 'unusable_flag');
}
