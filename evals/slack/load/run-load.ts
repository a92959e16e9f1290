import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../bot/cases/database/open-database.ts';
import { openInbox } from '../../../bot/cases/inbox/open-inbox.ts';
import { startBot } from '../stage/bot-process.ts';
import { buildIndex } from '../stage/build-index.ts';
import { startFakeProcess } from '../stage/fake-process.ts';
import { processTree, residentBytes } from '../stage/process-tree.ts';
import { slackEnvironment } from '../stage/slack-environment.ts';
import { withCleanUp } from '../stage/with-clean-up.ts';
import { fillWorkspace } from '../stage/workspace.ts';
import { type SaidQuestion, type Waits, waitTimes } from './wait-times.ts';

/** Who asks what, all at once. */
export interface LoadQuestion {
  /** Number of the person. */
  user: number;
  /** Number of the channel; null: the direct conversation. */
  room: number | null;
  text: string;
}

/** One measurement. */
export interface LoadOptions {
  /** A capture. */
  from: string;
  questions: readonly LoadQuestion[];
  rooms: number;
  /** Whether Slack's rate limits hold. */
  rateLimits: boolean;
  /** Further settings of the bot. */
  settings?: Readonly<Record<string, string>>;
  /** How long all of it may take. */
  limitMs: number;
}

/** What was measured. */
export interface LoadOutcome {
  /** In the order of the questions. */
  waits: Waits[];
  /** The most that the bot and its processes held together. */
  memoryBytes: number;
  /** Questions that the store holds as neither answered nor told. */
  lost: number;
  /** Questions that were told that there is no answer. */
  told: number;
  limitedCalls: number;
  calls: number;
  leftProcesses: number;
  seconds: number;
}

const SAMPLE_MS = 250;

/** Asks everything at once of a bot that has just started, and measures at the wire. */
export async function runLoad(options: LoadOptions): Promise<LoadOutcome> {
  return await withCleanUp(async (undo) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-load-'));
    undo(() => rm(folder, { recursive: true, force: true }));
    const index = path.join(folder, 'index');
    await buildIndex(index);
    const fake = await startFakeProcess({ rateLimits: options.rateLimits });
    undo(() => fake.stop());
    const { slack } = fake;
    const users = Math.max(...options.questions.map(({ user }) => user)) + 1;
    const workspace = await fillWorkspace(slack, { users, rooms: options.rooms });
    const direct = await Promise.all(
      options.questions.map(async ({ user, room }) => (room === null ? await workspace.direct(user) : null)),
    );
    const settings = { ...slackEnvironment(slack, { folder, index }), ...options.settings };
    const bot = startBot({ from: options.from, settings, log: () => undefined });
    undo(() => bot.kill());
    if (!(await bot.isThere)) throw new Error('the bot did not start');
    const database = await openDatabase({ url: null, folder });
    undo(() => database.close());
    let memoryBytes = 0;
    const sampling = setInterval(() => {
      memoryBytes = Math.max(memoryBytes, residentBytes(processTree(bot.pid)));
    }, SAMPLE_MS);
    undo(async () => clearInterval(sampling));
    const begin = performance.now();
    const said = await Promise.all(
      options.questions.map(async ({ user, room, text }, at): Promise<SaidQuestion> => {
        const channel = room === null ? (direct[at] ?? '') : (workspace.rooms[room] ?? '');
        const words = room === null ? text : `<@${slack.botUserId}> ${text}`;
        const { ts } = await slack.say({ channel, user: workspace.users[user] ?? '', text: words });
        return { channel, ts, key: `message:${slack.teamId}:${channel}:${ts}` };
      }),
    );
    const inbox = openInbox(database);
    const counts = async () => (await inbox.counts()).finished;
    const isDone = async () => Object.values(await counts()).reduce((sum, n) => sum + n, 0) >= said.length;
    while (!(await isDone()) && performance.now() - begin < options.limitMs) await sleep(500);
    const seconds = (performance.now() - begin) / 1000;
    clearInterval(sampling);
    const { answered, told } = await counts();
    const leftProcesses = (await bot.stop()).length;
    const calls = await slack.calls();
    return {
      waits: waitTimes(said, calls, await slack.deliveries()),
      memoryBytes,
      lost: said.length - answered - told,
      told,
      limitedCalls: calls.filter(({ error }) => error === 'ratelimited').length,
      calls: calls.length,
      leftProcesses,
      seconds,
    };
  });
}
