import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AnswerVenue } from '../../access/audience.ts';
import type { Ownership } from '../../access/ownership.ts';
import { SEES_EVERYTHING, type Viewer } from '../../access/viewer.ts';
import type { AnswerEvent, Answered, AnswerJob, AnswerResult } from '../../answering/answer-job.ts';
import type { AnswerPool } from '../../answering/answer-pool.ts';
import { openDatabase } from '../../cases/database/open-database.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { Incoming } from '../../cases/inbox/incoming.ts';
import { incomingOf } from '../../cases/inbox/incoming-fixture.ts';
import { openInbox } from '../../cases/inbox/open-inbox.ts';
import { openKeptCases } from '../../cases/kept-cases/open-kept-cases.ts';
import type { Place } from '../../cases/place.ts';
import { readPlainCase, writePlainCase } from '../../conversation/plain-case.ts';
import type { Escalation } from '../../escalation/escalation.ts';
import { DEFAULT_RULES } from '../../escalation/escalation-rules.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { Desk } from './desk.ts';

/** Where the bot may not post, or what else Slack says instead: an error to throw, by the operation's line. */
type Refuses = (line: string) => Error | null;

/** A desk on a real store, with a way out that keeps what it is told, and answers that a test scripts. */
export interface TestDesk {
  desk: Desk;
  /** `put KEY CHANNEL/THREAD TEXT`, `whisper KEY USER TEXT`, `remove KEY`, `attach KEY NAME`, in their order. */
  lines: string[];
  /** What stands: by key, what was put last and not removed. */
  stands: Map<string, string>;
  /** What is logged. */
  logged: string[];
  /** Jobs that were asked of the pool. */
  jobs: AnswerJob[];
  set(more: {
    answer?: (job: AnswerJob, hear: (event: AnswerEvent) => void, signal: AbortSignal) => Promise<AnswerResult>;
    refuses?: Refuses;
    viewers?: Record<string, Viewer>;
    venue?: (place: Place, asker: string, about: readonly Ownership[]) => AnswerVenue;
    limited?: boolean;
    escalation?: Partial<Escalation>;
  }): void;
  /** Stores it and takes it. */
  taken(
    given: Partial<Incoming> & { key: string; threadTs?: string | null },
    lane?: 'answer' | 'aside',
  ): Promise<Claimed>;
  close(): Promise<void>;
}

export const WORKER = 'w1';
export const FAIR = { perUser: 100, perChannel: 100 };

/** Opens one in a folder of its own. */
export async function openTestDesk(): Promise<TestDesk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-desk-'));
  const database = await openDatabase({ url: null, folder });
  const inbox = openInbox(database);
  const cases = openKeptCases(database);
  const lines: string[] = [];
  const stands = new Map<string, string>();
  const logged: string[] = [];
  const jobs: AnswerJob[] = [];
  let refuses: Refuses = () => null;
  let answer: NonNullable<Parameters<TestDesk['set']>[0]['answer']> = async (job) => answered(job);
  let viewers: Record<string, Viewer> = {};
  let venue: NonNullable<Parameters<TestDesk['set']>[0]['venue']> = () => 'thread';
  let limited = false;
  let escalation: Partial<Escalation> = {};
  const say = (line: string, signal: AbortSignal) => {
    signal.throwIfAborted();
    const error = refuses(line);
    if (error !== null) throw error;
    lines.push(line);
  };
  const outlet: Outlet = {
    async put(key, place, card, signal) {
      say(`put ${key} ${place.channel}/${place.threadTs ?? ''} ${card.text}`, signal);
      stands.set(key, card.text);
      return { ...place, threadTs: place.threadTs ?? '1700000000.999999' };
    },
    async remove(key, _place, signal) {
      say(`remove ${key}`, signal);
      stands.delete(key);
    },
    async whisper(key, _place, user, card, signal) {
      say(`whisper ${key} ${user} ${card.text}`, signal);
    },
    directPlace: async (team, user) => ({ team, channel: `D-${user}`, threadTs: null }),
    status: async () => undefined,
    upload: async (key) => `F${key.length}`,
    async attach(key, _place, file, signal) {
      say(`attach ${key} ${file.name}`, signal);
    },
  };
  const pool: AnswerPool = {
    async answer(job, hear, signal) {
      jobs.push(job);
      return await answer(job, hear, signal);
    },
    page: async ({ diagnosis }) => `<html>${diagnosis}</html>`,
    charts: async () => [],
    free: () => 1,
    ready: () => true,
    close: async () => undefined,
  };
  const desk: Desk = {
    inbox,
    cases,
    outlet,
    stands: async (key) => stands.has(key),
    takeBack: () => undefined,
    stream: () => {
      throw new Error('no stream in this test');
    },
    pool,
    escalation: {
      noteCase: async () => undefined,
      escalate: async () => ({ kind: 'no_channel' }),
      act: async () => ({ kind: 'not_mine' }),
      incidentOf: async () => null,
      resume: async () => 0,
      forget: async () => undefined,
    },
    rules: DEFAULT_RULES,
    rights: {
      viewer: async (_team, user) => viewers[user] ?? { ...SEES_EVERYTHING, slackUser: user },
      venue: async (place, asker, about) => venue(place, asker, about),
      get limited() {
        return limited;
      },
    },
    receiveSince: async () => undefined,
    fetchFiles: async () => ({ files: [], notes: [], remove: async () => undefined }),
    pages: null,
    language: 'auto',
    meter: { firstCard: () => undefined, final: () => undefined, broke: () => undefined },
    log: (line, error) => logged.push(error instanceof Error ? `${line}: ${error.message}` : line),
    now: Date.now,
  };
  return {
    desk,
    lines,
    stands,
    logged,
    jobs,
    set(more) {
      ({ answer = answer, refuses = refuses, viewers = viewers, venue = venue, limited = limited } = more);
      escalation = { ...escalation, ...more.escalation };
      Object.assign(desk.escalation, escalation);
    },
    async taken(given, lane) {
      await inbox.receive(incomingOf(given));
      const claimed = await inbox.claim(WORKER, 30_000, FAIR, lane);
      if (claimed === null) throw new Error('nothing to take');
      return claimed;
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let cases = 0;

/** An answer in words, as the processes give it: the conversation goes on from what was kept. */
export function answered(job: Pick<AnswerJob, 'kept' | 'text'>, more: Partial<Answered> = {}): Answered {
  cases += 1;
  const before = job.kept === null ? null : readPlainCase(job.kept);
  const thread = before?.thread ?? {
    schemaVersion: 1 as const,
    id: `case_${String(cases).padStart(10, '0')}`,
    language: null,
    open: null,
    diagnoses: [],
    turns: [],
  };
  const turn: Answered['turn'] = {
    number: thread.turns.length + 1,
    at: '2026-11-21T00:00:00.000Z',
    said: job.text,
    replies: [
      {
        kind: 'open',
        asked: job.text,
        language: 'en',
        text: `ANSWER TO ${job.text}`,
        evidence: [],
        passages: [],
        diagnosis: null,
        author: 'analyst',
      },
    ],
  };
  const kept = writePlainCase({
    thread: { ...thread, turns: [...thread.turns, turn] },
    cases: before?.cases ?? [],
    cited: before?.cited ?? [],
    spare: before?.spare ?? [],
  });
  return {
    outcome: 'answered',
    caseId: thread.id,
    kept,
    turn,
    diagnoses: {},
    evidence: [],
    about: [],
    charts: [],
    ...more,
  };
}

/** Somebody whom rules name, who may read the runs of one user of the platform. */
export function viewerNamed(slackUser: string, platformUser: string): Viewer {
  return {
    slackUser,
    platformUsers: [platformUser],
    groups: [],
    everything: false,
    own: true,
    grants: [],
    unknownOwner: 'hide',
    rulesVersion: '1',
  };
}

/** A run of a user of the platform. */
export function runOf(user: string): Ownership {
  return { id: `application_1_${user}`, names: [`job of ${user}`], user, queue: null };
}

/** A card of one line. */
export function cardSaying(text: string): Card {
  return { text, blocks: [] };
}
