import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../bot/cases/database/database.ts';
import { openDatabase } from '../../../bot/cases/database/open-database.ts';
import { startPostgres } from '../../../bot/cases/database/postgres-fixture.ts';
import { openInbox } from '../../../bot/cases/inbox/open-inbox.ts';
import type { FakeSlackAddress, FakeSlackControl } from '../../../bot/slack/fake-slack/fake-slack.ts';
import { seededRandom } from '../../../bot/slack/fake-slack/seeded-random.ts';
import { buildIndex } from '../stage/build-index.ts';
import { startFakeProcess } from '../stage/fake-process.ts';
import { slackEnvironment } from '../stage/slack-environment.ts';
import { withCleanUp } from '../stage/with-clean-up.ts';
import { fillWorkspace } from '../stage/workspace.ts';
import { type Asked, askQuestions } from './ask-questions.ts';
import { type AskedQuestion, type Judgement, judgeAnswers, type StoredQuestion } from './judge-answers.ts';
import { type Kept, keepRunning } from './keep-running.ts';
import { planQuestions } from './plan-questions.ts';
import type { SetUp } from './set-ups.ts';
import { type Trouble, troubleIn } from './trouble-in.ts';

/** How long and how hard. */
export interface ChaosOptions {
  questions: number;
  seed: number;
  /** One question in so many milliseconds on average. */
  askEveryMs: number;
  /** A replica is killed every so often on average, milliseconds. */
  killEveryMs: number;
  /** The least and the most kills; between them they go on for as long as questions are open. */
  kills: { least: number; most: number };
  /** Everything has to be over by then, milliseconds after the last question. */
  settleMs: number;
  /** A capture. */
  from: string;
  /** Whether the built-in runbooks are indexed before, as whoever installs the bot does. */
  isIndexed: boolean;
  say(line: string): void;
}

/** What came of one run. */
export interface ChaosOutcome {
  setUp: SetUp;
  judged: Judgement;
  trouble: Trouble;
  kills: number;
  /** A bot that ended by itself. */
  endedByItself: number;
  /** Processes that outlived their bot. */
  leftProcesses: number;
  commandsRefused: number;
  /** Log lines at warn and error, with how often. */
  complaints: ReadonlyMap<string, number>;
  seconds: number;
}

const USERS = 40;
const ROOMS = 25;
/**
 * Slack tries again at once, after one minute and after five; the bot is killed every few seconds here instead of every few hours, so
 * that the tries come closer together, and there are more of them.
 */
const RETRIES_MS = [200, 2_000, 4_000, 6_000, 8_000, 10_000, 15_000, 20_000, 30_000, 30_000];
/** Kills end when fewer than this part of the questions is open: the last ones must be able to end. */
const STILL_OPEN = 0.05;

/** Asks everything while bots are killed and Slack is in trouble, and judges what stands in Slack at the end. */
export async function runChaos(setUp: SetUp, options: ChaosOptions): Promise<ChaosOutcome> {
  const begin = performance.now();
  return await withCleanUp(async (undo) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-chaos-'));
    undo(() => rm(folder, { recursive: true, force: true }));
    const server = setUp.store === 'postgres' ? await startPostgres() : null;
    if (server) undo(() => server.stop());
    if (setUp.store === 'postgres' && server === null) throw new Error('there is no PostgreSQL server here');
    const index = path.join(folder, 'index');
    if (options.isIndexed) await buildIndex(index);
    const fake = await startFakeProcess({ seed: options.seed, retryDelaysMs: RETRIES_MS });
    undo(() => fake.stop());
    const { slack } = fake;
    const workspace = await fillWorkspace(slack, { users: USERS, rooms: ROOMS });
    const store = { url: server?.url ?? null, folder };
    const database = await openDatabase(store);
    undo(() => database.close());
    const kept = keepRunning({
      replicas: setUp.replicas,
      from: options.from,
      settings: slackEnvironment(slack, { folder, index, databaseUrl: store.url }),
      random: seededRandom(options.seed + 1),
    });
    undo(() => kept.stop());
    await kept.areThere();
    await makeTrouble(slack);
    const asked = await torture(options, { slack, database, kept, workspace });
    await kept.stop();
    await slack.clearFaults();
    const judged = judgeAnswers(
      await withGivenUp(asked, slack),
      await everything(slack, workspace.rooms, asked),
      await storedIn(database),
    );
    const { kills, endedByItself, leftProcesses, complaints } = kept.told();
    return {
      setUp,
      judged,
      trouble: troubleIn(await slack.calls(), await slack.deliveries(), kept.dropped()),
      kills,
      endedByItself,
      leftProcesses,
      commandsRefused: asked.commandsRefused,
      complaints,
      seconds: (performance.now() - begin) / 1000,
    };
  });
}

/** One call in twelve meets something; one event in six comes twice or late. */
async function makeTrouble(slack: FakeSlackControl): Promise<void> {
  await slack.setTrouble({ duplicate: 0.08, delay: 0.1, delayMs: 2_500 });
  for (const method of ['chat.postMessage', 'chat.update', 'chat.startStream', 'chat.stopStream'])
    await slack.addFault({ method, do: { what: 'lose_answer' }, times: 'always', chance: 0.04 });
  await slack.addFault({
    method: '*',
    do: { what: 'ratelimited', retryAfterSeconds: 1 },
    times: 'always',
    chance: 0.02,
  });
  for (const status of [500, 503])
    await slack.addFault({ method: '*', do: { what: 'status', status }, times: 'always', chance: 0.01 });
  await slack.addFault({ method: '*', do: { what: 'reset' }, times: 'always', chance: 0.01 });
  await slack.addFault({ method: '*', do: { what: 'slow', ms: 700 }, times: 'always', chance: 0.03 });
}

interface Scene {
  slack: FakeSlackAddress & FakeSlackControl;
  database: Database;
  kept: Kept;
  workspace: Awaited<ReturnType<typeof fillWorkspace>>;
}

/** Asks, kills and cuts until everything is asked and nearly everything is answered; then lets the rest come to its end. */
async function torture(options: ChaosOptions, { slack, database, kept, workspace }: Scene): Promise<Asked> {
  const random = seededRandom(options.seed + 2);
  const plan = planQuestions(options.questions, {
    users: USERS,
    rooms: ROOMS,
    seed: options.seed,
    everyMs: options.askEveryMs,
  });
  const inbox = openInbox(database);
  const finished = async () => Object.values((await inbox.counts()).finished).reduce((sum, count) => sum + count, 0);
  let isOver = false;
  let heard = 0;
  const asking = askQuestions(plan, slack, workspace, ({ questions }) => {
    heard = questions.length;
  });
  let isAsked = false;
  asking.then(
    () => {
      isAsked = true;
    },
    () => undefined,
  );
  const goesOn = async () =>
    !isOver &&
    (!isAsked ||
      kept.told().kills < options.kills.least ||
      (await finished()) < Math.floor(options.questions * (1 - STILL_OPEN)));
  const killing = (async () => {
    while ((await goesOn()) && kept.told().kills < options.kills.most) {
      await sleep(options.killEveryMs * (0.4 + 1.2 * random()));
      await kept.killOne();
    }
  })();
  const cutting = (async () => {
    while (await goesOn()) {
      await sleep(options.killEveryMs * (0.3 + 1.2 * random()));
      await kept.cut(slack);
    }
  })();
  const telling = setInterval(
    () => void finished().then((n) => options.say(`asked ${heard}, finished ${n}, kills ${kept.told().kills}`)),
    15_000,
  );
  try {
    const asked = await asking;
    await Promise.all([killing, cutting]);
    await settled(slack, inbox, options.settleMs);
    return asked;
  } finally {
    isOver = true;
    clearInterval(telling);
    await Promise.allSettled([asking, killing, cutting]);
  }
}

/** Waits until Slack has nothing under way and the bot nothing open; what is not over in time is judged as it is. */
async function settled(slack: FakeSlackControl, inbox: ReturnType<typeof openInbox>, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  for (let quiet = 0; quiet < 3 && performance.now() < until; ) {
    await sleep(500);
    const { waiting, taken } = await inbox.counts();
    const underWay = (await slack.deliveries()).some(({ state }) => state === 'waiting');
    quiet = waiting + taken === 0 && !underWay ? quiet + 1 : 0;
  }
}

async function withGivenUp({ questions }: Asked, slack: FakeSlackControl): Promise<AskedQuestion[]> {
  const brought = new Set<string>();
  for (const { ts, state } of await slack.deliveries()) if (ts !== null && state === 'acknowledged') brought.add(ts);
  return questions.map((question) => ({
    ...question,
    givenUp: question.threadTs !== null && !brought.has(question.ts),
  }));
}

async function everything(slack: FakeSlackControl, rooms: readonly string[], { questions }: Asked) {
  const channels = new Set([...rooms, ...questions.map(({ channel }) => channel)]);
  const all = [];
  for (const channel of channels) all.push(...(await slack.messages(channel)));
  return all;
}

async function storedIn(database: Database): Promise<Map<string, StoredQuestion>> {
  const rows = await database.query('select key, finish, received_at_ms, attempt from inbox');
  return new Map(
    rows.map(({ key, finish, received_at_ms: receivedAtMs, attempt }) => [
      String(key),
      {
        finish: finish === null || finish === undefined ? null : String(finish),
        receivedAtMs: Number(receivedAtMs),
        attempt: Number(attempt),
      },
    ]),
  );
}
