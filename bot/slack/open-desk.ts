import type { Access } from '../access/access-file.ts';
import { slackDirectory } from '../access/slack-directory.ts';
import { type AnswerPool, openAnswerPool } from '../answering/answer-pool.ts';
import { answeringEnvironment } from '../answering/answering-environment.ts';
import type { Database } from '../cases/database/database.ts';
import type { Inbox } from '../cases/inbox/inbox.ts';
import type { Incoming } from '../cases/inbox/incoming.ts';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { openPosts } from '../cases/posts/open-posts.ts';
import type { Escalation } from '../escalation/escalation.ts';
import { DEFAULT_RULES } from '../escalation/escalation-rules.ts';
import type { Settings } from '../settings.ts';
import { type Log, toldError } from '../telemetry/open-log.ts';
import type { Metrics } from '../telemetry/open-metrics.ts';
import type { Traces } from '../telemetry/open-traces.ts';
import type { SlackApp } from './create-app.ts';
import { filesFetcher } from './fetch-files.ts';
import { openFileRoom } from './files/file-room.ts';
import { slackOutlet } from './outlet/slack-outlet.ts';
import { openProgress } from './outlet/streamed-progress.ts';
import type { CasePages } from './pages/case-pages.ts';
import { patientDirectory } from './patient-directory.ts';
import type { PlatformSource } from './platform-source.ts';
import { receiveSince } from './receive-since.ts';
import { slackEscalation } from './slack-escalation.ts';
import { slackRights } from './slack-rights.ts';
import type { SlackSettings } from './slack-settings.ts';
import type { Desk, Rights } from './work/desk.ts';
import { drawProgress } from './work/draw-progress.ts';
import { showQueuePlaces } from './work/queue-places.ts';
import { sweepProgress } from './work/sweep-progress.ts';
import { startWork } from './work/work-loop.ts';
import { workOn } from './work/work-on.ts';
import { isGoneWorker, workerName } from './worker-name.ts';

/** What work on messages is made of. */
export interface DeskMeans {
  settings: Settings & { slack: SlackSettings };
  source: PlatformSource;
  database: Database;
  inbox: Inbox;
  app: Pick<SlackApp, 'client' | 'self'>;
  access: Access | null;
  pages: CasePages | null;
  /** Folder for what is learned of cases. */
  lessonsFolder: string;
  log: Log;
  metrics: Metrics;
  traces: Traces;
}

/** The work on what arrives: begun, and ended in order. */
export interface OpenDesk {
  /** Something was stored for the first time by this process. */
  arrived(incoming: Incoming): void;
  pool: AnswerPool;
  rights: Rights;
  escalation: Escalation;
  stop(): Promise<void>;
}

/** An answer that takes longer is ended: the asker has long gone. */
const ANSWER_MS = 180_000;
/** Answers at a time in one process: while one waits for a service or a model the other computes. */
const EACH_AT_ONCE = 2;
/** Of a recording an answer is computing alone: two processes keep two cores busy where one leaves one idle. */
const LEAST_PROCESSES = 2;
const PROCESS_BYTES = 640 * 2 ** 20;
/** Buttons and forms worked on at a time, beside the answers. */
const ASIDES = 4;
/** How long a stop waits for what is under way before it is given back. */
const GRACE_MS = 20_000;
/** How often hand-offs that could not be posted are tried again. */
const RESUME_MS = 60_000;

/** Opens everything that answers and begins to work through the inbox. */
export async function openDesk(means: DeskMeans): Promise<OpenDesk> {
  const { settings, source, database, inbox, app, access, log, metrics, traces } = means;
  const { slack } = settings;
  const { client, self } = app;
  const worker = workerName();
  // The store of one machine: whoever was killed in the middle of an answer is known to be gone.
  if (database.kind === 'sqlite') await inbox.releaseGone((other) => isGoneWorker(other, worker));
  const say = (line: string, error?: unknown) => log.warn(error === undefined ? {} : toldError(error), line);
  const posts = openPosts(database);
  const outlet = slackOutlet({ client, posts, log });
  const room = await openFileRoom();
  const processes = Math.min(slack.atOnce, Math.max(LEAST_PROCESSES, Math.ceil(slack.atOnce / EACH_AT_ONCE)));
  const pool = openAnswerPool({
    processes,
    eachAtOnce: Math.ceil(slack.atOnce / processes),
    deadlineMs: ANSWER_MS,
    memoryBytes: PROCESS_BYTES,
    source: { from: source.from, at: source.atMs, chartFont: slack.chartFont },
    environment: answeringEnvironment(process.env),
    log: say,
  });
  const cases = openKeptCases(database);
  const directory = slackDirectory(
    patientDirectory(outlet.calls, self.team),
    access?.identity.profileField !== undefined,
  );
  const rights = slackRights(access, directory);
  const escalation = slackEscalation({
    database,
    outlet,
    cases,
    pool,
    rights,
    team: self.team,
    workspaceUrl: self.workspaceUrl ?? null,
    supportChannel: slack.supportChannel,
    language: settings.language,
    lessonsFolder: means.lessonsFolder,
    log: say,
  });
  const desk: Desk = {
    inbox,
    cases,
    outlet,
    stands: async (key) => ((await posts.find(key))?.ts ?? null) !== null,
    takeBack(keys) {
      for (const key of keys) answers.takeBack(key);
      answers.ring();
    },
    stream: (of, asked) => openProgress({ outlet, posts, log, draw: drawProgress(asked) }, of),
    pool,
    escalation,
    rules: DEFAULT_RULES,
    rights,
    receiveSince: receiveSince({
      calls: outlet.calls,
      inbox,
      context: { self, channels: slack.channels },
      onNew: (incoming) => arrived(incoming),
    }),
    fetchFiles: filesFetcher(room, { token: slack.botToken, maxBytes: slack.maxFileBytes, apiUrl: slack.apiUrl }),
    pages: means.pages,
    language: settings.language,
    meter: metrics,
    log: say,
    now: Date.now,
  };
  const shares = { perUser: slack.perUser, perChannel: slack.perChannel };
  const loop = (lane: 'answer' | 'aside', atOnce: number) =>
    startWork({
      inbox,
      lane,
      worker,
      atOnce,
      shares,
      log: say,
      work: async (claimed, signal) =>
        await traces.span(lane, async (span) => {
          span.set('wherefore.way', claimed.incoming.way);
          span.set('wherefore.attempt', claimed.attempt);
          const end = await workOn(claimed, desk, signal);
          span.set('wherefore.end', 'finish' in end ? end.finish : 'again');
          return end;
        }),
    });
  const answers = loop('answer', slack.atOnce);
  const asides = loop('aside', ASIDES);
  const places = showQueuePlaces(desk, worker);
  const arrived = (incoming: Incoming) => {
    metrics.received(incoming.way);
    places.arrived(incoming);
    answers.ring();
    asides.ring();
  };
  const sweeping = sweepProgress({ posts, outlet, log: say, now: Date.now });
  const stopping = new AbortController();
  let resumed: Promise<unknown> | null = null;
  const resume = () => {
    // One after another: what takes long is not begun a second time beside itself.
    resumed ??= escalation
      .resume(stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) say('hand-offs cannot be gone on with', error);
      })
      .finally(() => {
        resumed = null;
      });
  };
  resume();
  const resuming = setInterval(resume, RESUME_MS);
  return {
    arrived,
    pool,
    rights,
    escalation,
    async stop() {
      stopping.abort();
      clearInterval(resuming);
      places.stop();
      await sweeping.stop();
      await Promise.all([answers.stop(GRACE_MS), asides.stop(GRACE_MS)]);
      await resumed;
      await pool.close();
      await room.close();
    },
  };
}
