import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Database } from '../../bot/cases/database/database.ts';
import { openKeptCases } from '../../bot/cases/kept-cases/open-kept-cases.ts';
import { type ScenarioCandidate, scenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { type PlainCase, readPlainCase } from '../../bot/conversation/plain-case.ts';
import { resolvedBy } from '../../bot/escalation/keep-resolution.ts';
import { openHandOffs } from '../../bot/escalation/open-hand-offs.ts';
import { DIAGNOSIS } from '../../bot/investigation/diagnosis.ts';
import { readSettings } from '../../bot/settings.ts';
import { openCasesStore } from '../../bot/terminal/cases-store.ts';
import { UsageError } from '../../bot/terminal/terminal-io.ts';

/** A case with the questions of its thread. */
export interface AskedCase {
  candidate: ScenarioCandidate;
  /** Questions that the answer was given to, as they were asked, the first one first. */
  asked: readonly { text: string; language: 'en' | 'zh'; at: string | null }[];
  /** Ids of Slack of those who took part. */
  people: readonly string[];
}

const CASE_ID = /^case_[0-9a-z]{1,64}$/;
const MAX_FILE_BYTES = 64 << 20;

const FILE = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('scenario_candidate'),
  caseId: z.string().regex(CASE_ID),
  because: z.enum(['resolved', 'not_helpful']),
  review: z.array(z.string()),
  question: z.strictObject({ text: z.string(), language: z.enum(['en', 'zh']) }),
  resolved: z
    .strictObject({
      code: z.string().nullable(),
      fixedBy: z.string(),
      by: z.string().nullable(),
      on: z.string(),
      agrees: z.boolean().nullable(),
    })
    .nullable(),
  feedback: z.array(z.strictObject({ helpful: z.boolean(), reason: z.string().nullable(), at: z.string() })),
  sources: z.array(z.strictObject({ area: z.string(), source: z.string() })),
  diagnosis: DIAGNOSIS,
});

/**
 * A case by its id (`case_…`: from the store of the bot, or the candidate that it kept as a file), or a candidate's file.
 *
 * @throws UsageError when there is none, or it cannot be read
 */
export async function readCase(
  given: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<AskedCase> {
  if (!CASE_ID.test(given)) return ofFile(given);
  const database = await openCasesStore(environment);
  try {
    const kept = database && (await ofStore(database, given));
    if (kept) return kept;
  } finally {
    await database?.close();
  }
  const file = path.join(readSettings(environment).cases, 'candidates', `${given}.json`);
  if (existsSync(file)) return ofFile(file);
  throw new UsageError(`no case ${given} is kept ("wherefore cases" lists them), and no candidate of it`);
}

function ofFile(file: string): AskedCase {
  let text: string;
  try {
    if (statSync(file).size > MAX_FILE_BYTES) throw new UsageError(`${file} is larger than any case`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${file} is no id of a case and cannot be read (${code})`, 'unusable_path');
  }
  let parsed: ReturnType<typeof FILE.safeParse> | null = null;
  try {
    parsed = FILE.safeParse(JSON.parse(text));
  } catch {
    // Not JSON at all: told below.
  }
  if (!parsed?.success) {
    const why = parsed?.error ? `: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}` : '';
    throw new UsageError(`${file} is no candidate as the bot keeps them (candidates/case_….json)${why}`);
  }
  const candidate = parsed.data;
  const by = candidate.resolved?.by ?? null;
  return { candidate, asked: [{ ...candidate.question, at: null }], people: by === null ? [] : [by] };
}

async function ofStore(database: Database, id: string): Promise<AskedCase | null> {
  const cases = openKeptCases(database);
  const kept = await cases.read(id);
  if (kept === null) return null;
  const plain = readable(kept.text, id);
  const feedback = await cases.feedback(id);
  const whole = await openHandOffs(database).incidentOf(id);
  const member = whole?.members.find(({ caseId }) => caseId === id);
  const { resolution = null } = whole?.incident ?? {};
  const down = feedback.findLast(({ helpful, diagnosis }) => !helpful && diagnosis !== null);
  // The answer that a person spoke of; else the one that stands.
  const wanted = [resolution && member?.diagnosis, down?.diagnosis, plain.thread.open].find((one) =>
    hasFace(plain, one),
  );
  const held = plain.cases.find(({ faces }) => faces.en.id === wanted);
  if (held === undefined) throw new UsageError(`case ${id} holds no answer about a run: nothing to make a scenario of`);
  const turns = plain.thread.turns.flatMap(({ at, replies }) =>
    replies
      .filter(({ diagnosis }) => diagnosis === wanted)
      .map(({ asked, language }) => ({ text: asked, language, at })),
  );
  const language = turns[0]?.language ?? held.investigation?.language ?? 'en';
  const face = held.faces[language];
  const asked = turns.length > 0 ? turns : [{ ...face.question, at: null }];
  return {
    candidate: scenarioCandidate(id, face, resolution && resolvedBy(resolution), feedback),
    asked,
    people: [kept.asker, resolution?.by ?? null, ...feedback.map(({ user }) => user)].filter((one) => one !== null),
  };
}

const hasFace = (plain: PlainCase, id: string | null | undefined) =>
  plain.cases.some(({ faces }) => faces.en.id === id);

function readable(text: string, id: string): PlainCase {
  try {
    return readPlainCase(text);
  } catch {
    throw new UsageError(`case ${id} was written by another version and cannot be read`);
  }
}
