import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '../cases/database/database.ts';
import type { Action, ActionName } from '../cases/inbox/incoming.ts';
import type { Place } from '../cases/place.ts';
import type { Component, Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import type { Card } from '../render/slack/card.ts';
import { handoffCard, handoffLineCard } from '../render/slack/handoff-card.ts';
import type { Outlet, Upload } from '../slack/outlet/outlet.ts';
import type { Escalation, NotedCase } from './escalation.ts';
import type { EscalationParts, EscalationSettings } from './escalation-parts.ts';
import { DEFAULT_RULES } from './escalation-rules.ts';
import { keepLessons } from './keep-lessons.ts';
import { openEscalation } from './open-escalation.ts';
import { openHandOffs } from './open-hand-offs.ts';

/** What of a small diagnosis differs from a disk of `node2` that fails at 10:00 UTC. */
export interface SmallDiagnosis {
  id?: string;
  run?: string;
  code?: RootCause['code'];
  responsibility?: RootCause['responsibility'];
  component?: Component | null;
  sources?: readonly string[];
  at?: string;
  outcome?: 'answered' | 'needs_more';
  language?: 'en' | 'zh';
  question?: string;
}

/** Test builder: a diagnosis with what hand-offs look at, typed by hand. */
export function smallDiagnosis({
  id = 'inv_1',
  run = 'app_1',
  code = 'storage.bad_disk',
  responsibility = 'platform',
  component = { kind: 'host', id: 'node2' },
  sources = ['hosts/node2/dmesg.txt'],
  at = '2026-11-21T10:00:00.000Z',
  outcome = 'answered',
  language = 'en',
  question = `why did ${run} fail?`,
}: SmallDiagnosis): Diagnosis {
  const evidence = sources.map((source, index) => ({
    id: `e${index + 1}`,
    area: 'storage' as const,
    provenance: 'kernel' as const,
    source,
    locator: 'line 1',
    at,
    excerpt: 'blk_update_request: I/O error, dev vdb',
  }));
  const open = outcome === 'needs_more';
  return {
    schemaVersion: 1,
    id,
    question: { text: question, language },
    theories: [],
    subject: { kind: 'spark_application', id: run, name: `job of ${run}` },
    window: { from: at, to: at },
    outcome,
    refusal: null,
    summary: 'The disk of node2 fails.',
    rootCauses: [
      {
        code: open ? 'unknown.insufficient_evidence' : code,
        statement: language === 'zh' ? 'node2 的磁盘出现读写错误' : 'The disk of node2 gives I/O errors',
        standing: open ? 'inconclusive' : 'confirmed',
        responsibility: open ? 'unknown' : responsibility,
        component: open ? null : component,
        at: open ? null : at,
        chain: [{ statement: 'the disk fails', at, component, evidence: evidence.map((piece) => piece.id) }],
        remediations: [],
      },
    ],
    ledger: null,
    comparison: null,
    whatIf: [],
    evidence,
    passages: [],
    ruledOut: [],
    notChecked: [],
    needed: [],
    author: 'analyst',
    costs: { durationMs: 0, toolCalls: 0, modelCalls: 0, inputTokens: 0, outputTokens: 0, usd: null },
  };
}

/** A message that stands in the recorded Slack. */
export interface RecordedPost {
  key: string;
  place: Place;
  card: Card;
  edits: number;
}

/** An outlet that keeps what is put, one key one message, in the order in which messages came. */
export interface RecordedOutlet extends Outlet {
  posts: Map<string, RecordedPost>;
  files: Map<string, { place: Place | null; file: Upload }>;
  /** Keys whose message arrives, and the process dies before it hears of it: once each. */
  diesAfter: Set<string>;
  /** Keys that Slack refuses. */
  refuses: Set<string>;
  /** Puts that were under way at the same time for one key; more than one would post twice. */
  mostAtOnce: number;
}

/** Test double of the way out: it keeps to the contract of `Outlet.put` and no more. */
export function recordingOutlet(): RecordedOutlet {
  const underWay = new Map<string, number>();
  let ts = 0;
  const outlet: RecordedOutlet = {
    posts: new Map(),
    files: new Map(),
    diesAfter: new Set(),
    refuses: new Set(),
    mostAtOnce: 0,
    async put(key, place, card, signal) {
      signal.throwIfAborted();
      const atOnce = (underWay.get(key) ?? 0) + 1;
      underWay.set(key, atOnce);
      outlet.mostAtOnce = Math.max(outlet.mostAtOnce, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.set(key, (underWay.get(key) ?? 1) - 1);
      if (outlet.refuses.has(key)) throw new Error('is_archived');
      const there = outlet.posts.get(key);
      const stands = there?.place ?? { ...place, threadTs: place.threadTs ?? `17000000${++ts}.000100` };
      const changed = there !== undefined && JSON.stringify(there.card) !== JSON.stringify(card);
      outlet.posts.set(key, { key, place: stands, card, edits: (there?.edits ?? 0) + (changed ? 1 : 0) });
      if (outlet.diesAfter.delete(key)) throw new Error('the process died');
      return stands;
    },
    async remove(key) {
      outlet.posts.delete(key);
    },
    async whisper() {},
    directPlace: async (team, user) => ({ team, channel: `D${user}`, threadTs: null }),
    async status() {},
    async upload(key, file) {
      outlet.files.set(key, { place: null, file });
      return `F0CHART${String(outlet.files.size).padStart(3, '0')}`;
    },
    async attach(key, place, file) {
      if (!outlet.files.has(key)) outlet.files.set(key, { place, file });
    },
  };
  return outlet;
}

/** The support side over a real store and a recorded Slack. */
export interface EscalationBench {
  escalation: Escalation;
  outlet: RecordedOutlet;
  folder: string;
  troubles: string[];
  /** Milliseconds since the epoch; set by the test. */
  clock: { now: number };
  /** The same store and Slack, as another process would have them. */
  again(database: Database): Escalation;
  note(caseId: string, asker: string, diagnosis: Diagnosis, channel?: string): Promise<void>;
  act(
    name: ActionName,
    caseId: string,
    by: string,
    input?: Action['input'],
    place?: Place,
  ): ReturnType<Escalation['act']>;
  /** What a reader sees: plain text of a message; mentions and links as Slack's markup. */
  shown(key: string): string;
  close(): Promise<void>;
}

export const SUPPORT = { team: 'T1', channel: 'C0SUPPORT' };
export const signal = new AbortController().signal;

/** Opens the bench; `more` replaces parts. */
export async function escalationBench(
  database: Database,
  more: Partial<EscalationParts> & { setting?: Partial<EscalationSettings> } = {},
): Promise<EscalationBench> {
  const { setting, ...parts } = more;
  const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-escalation-'));
  const outlet = recordingOutlet();
  const troubles: string[] = [];
  const clock = { now: Date.parse('2026-11-21T10:05:00Z') };
  const diagnoses = new Map<string, Diagnosis>();
  const open = (over: Database) =>
    openEscalation({
      handOffs: openHandOffs(over),
      outlet,
      cards: { handOff: handoffCard, state: handoffLineCard },
      settings: { support: SUPPORT, language: 'en', rules: DEFAULT_RULES, ...setting },
      lessons: keepLessons(folder),
      diagnosisOf: async (caseId) => diagnoses.get(caseId) ?? null,
      feedbackOf: async () => [],
      linkTo: ({ channel, threadTs }) => `https://slack.example/archives/${channel}/p${threadTs?.replace('.', '')}`,
      onTrouble: (error, what) => troubles.push(`${what}: ${error instanceof Error ? error.message : String(error)}`),
      now: () => clock.now,
      ...parts,
    });
  const escalation = open(database);
  return {
    escalation,
    outlet,
    folder,
    troubles,
    clock,
    again: open,
    async note(caseId, asker, diagnosis, channel = 'C0USERS') {
      diagnoses.set(caseId, diagnosis);
      const place = { team: 'T1', channel, threadTs: `1${caseId.replaceAll(/\D/g, '').padStart(9, '0')}.000100` };
      const noted: NotedCase = { caseId, place, asker, diagnosis, cluster: null, askedAtMs: clock.now };
      await escalation.noteCase(noted, signal);
    },
    act(name, caseId, by, input = {}, place = { ...SUPPORT, threadTs: null }) {
      return escalation.act({ name, caseId, diagnosis: null, input, messageTs: null }, by, place, signal);
    },
    shown: (key) => shownText(outlet.posts.get(key)?.card),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The text of a card as a reader sees it, block after block; buttons in brackets. */
export function shownText(card: Card | undefined): string {
  if (!card) return '';
  return card.blocks.flatMap((block) => textsOf(block)).join('\n');
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value === null || typeof value !== 'object') return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  if (type === 'button') return [`[${textsOf(text).join('')}]`];
  if (typeof text === 'string') return [text];
  return Object.values(value).flatMap(textsOf);
}

/** File names of a folder; none when it is not there. */
export async function filesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
