import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../../bot/terminal/terminal-io.ts';
import { Unusable } from '../../bot/terminal/unusable.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { leaksOfCapture, leaksOfQuestions } from '../scenario/leaks-of.ts';
import { packCapture } from '../scenario/pack-capture.ts';
import { SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import type { ScenarioFile } from '../scenario/scenario.ts';
import { renameCapture } from '../trial/rename-capture.ts';
import { draftScenario } from './draft-scenario.ts';
import { goldOfAnswer } from './gold-of-answer.ts';
import { captureIn, type MaskedCapture, maskCapture } from './mask-capture.ts';
import { neutralId } from './neutral-id.ts';
import { namesIn, privateWords } from './private-words.ts';
import { type AskedCase, readCase } from './read-case.ts';
import { reviewText } from './review-text.ts';
import { reviewsOf } from './reviews-of.ts';
import { scenarioText } from './scenario-text.ts';
import { suspectedTruth } from './suspected-truth.ts';

/** What a candidate is made of. */
export interface CandidateRequest {
  /** `case_…`, or a candidate's file. */
  of: string;
  /** Folder of the capture; null: none was recorded yet. */
  capture: string | null;
  /** Folder that the candidate's own folder is made in. */
  to: string;
  /** Names of people that masking cannot know. */
  people: readonly string[];
  /** Decides other hosts, users, queues, jobs, paths and times; null: they stay. Whoever knows it can undo them. */
  renameSeed: number | null;
  environment: Readonly<Record<string, string | undefined>>;
}

/** What was made. */
export interface MadeCandidate {
  folder: string;
  hasCapture: boolean;
  /** What the leak check says of it. */
  leaks: string[];
}

/**
 * Makes a candidate for a scenario of a case: a folder with `scenario.yaml`, the capture and `REVIEW.md`, all of it or nothing, private words
 * taken out. It is never made among the scenarios and never over something.
 *
 * @throws UsageError naming everything that cannot be used
 */
export async function makeCandidate(request: CandidateRequest): Promise<MadeCandidate> {
  const { to, capture, renameSeed } = request;
  const unusable = new Unusable();
  if (isWithin(path.resolve(to), SCENARIOS_FOLDER))
    unusable.add('unusable_flag', `--to ${to} lies among the scenarios: a candidate is reviewed before it goes there`);
  if (renameSeed !== null && capture === null)
    unusable.add('unusable_flag', '--rename renames a capture: give one with --capture');
  if (capture !== null) await unusable.tried(openCapture(capture), null);
  const asked = await unusable.tried<AskedCase | null>(readCase(request.of, request.environment), null);
  if (asked !== null) {
    const there = path.join(to, idOf(asked));
    if (renameSeed === null && existsSync(there)) unusable.add('unusable_path', isThere(there));
  }
  unusable.throwAll();
  if (asked === null) throw new Error('a case that cannot be read was not told');
  const work = mkdtempSync(path.join(tmpdir(), 'wherefore-candidate-'));
  try {
    return await make(request, asked, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function make(request: CandidateRequest, asked: AskedCase, work: string): Promise<MadeCandidate> {
  const { candidate } = asked;
  const said = [...asked.asked.map(({ text }) => text), ...wordsOf(asked)].join('\n');
  const people = [...request.people, ...asked.people, ...namesIn(said)];
  const words = privateWords(people);
  const quiet = privateWords(people);
  const masked = path.join(work, 'masked');
  const copied: MaskedCapture =
    request.capture === null
      ? { files: 0, unread: [] }
      : await maskCapture(captureIn(path.resolve(request.capture)), masked, words);
  const hasCapture = request.capture !== null;
  const gold = await goldOfAnswer(candidate.diagnosis, hasCapture ? masked : null, quiet);
  const truth = suspectedTruth(candidate);
  const draft = draftScenario(asked, truth, gold, words);
  const job = candidate.diagnosis.subject?.name ?? candidate.diagnosis.subject?.id ?? '';
  const renamed =
    request.renameSeed === null ? null : await renameCapture(masked, namesOf(draft, job), request.renameSeed);
  try {
    const rename = renamed?.rename ?? ((text: string) => text);
    const id = neutralId(candidate.caseId, rename(quiet.clean(job)));
    const scenario = { ...renamedDraft(draft, rename), id, title: `Case ${candidate.caseId}` };
    const aside = path.join(work, 'made');
    mkdirSync(aside, { recursive: true });
    if (hasCapture) packCapture(renamed?.folder ?? masked, path.join(aside, 'capture'));
    const leaks = [
      ...leaksOfQuestions(scenario),
      ...(hasCapture ? await leaksOfCapture({ ...scenario, folder: aside }) : []),
    ];
    const say = (text: string) => rename(quiet.clean(text));
    const missing = gold.missing.map((one) => rename(`/${one}`).slice(1));
    const reviews = reviewsOf(candidate, truth, gold, { ...quiet, clean: say });
    writeFileSync(path.join(aside, 'scenario.yaml'), scenarioText(scenario, reviews));
    const sources = candidate.sources.map(({ area, source }) => ({ area, source: say(source) }));
    const review = {
      ...{ id, hasCapture, isRenamed: renamed !== null, takenOut: words.takenOut(), missing, leaks, say },
      candidate: { ...candidate, sources },
      question: scenario.questions[0]?.text ?? '',
      unread: copied.unread.map((name) => rename(`/${name}`).slice(1)),
    };
    writeFileSync(path.join(aside, 'REVIEW.md'), reviewText(review));
    return { folder: put(aside, request.to, id), hasCapture, leaks };
  } finally {
    renamed?.remove();
  }
}

/** Sources are renamed as the paths they are: with a slash before their first part. */
function renamedDraft(draft: ScenarioFile, rename: (text: string) => string): ScenarioFile {
  const evidence = draft.expected.evidence.map(({ link, places }) => ({
    link: rename(link),
    places: places.map(({ source, lines }) => ({ source: rename(`/${source}`).slice(1), lines })),
  }));
  const { causes, alsoRight, forbidden, settings } = draft.expected;
  const expected = JSON.parse(rename(JSON.stringify(draft.expected))) as ScenarioFile['expected'];
  return {
    ...draft,
    ...(draft.askedAt === undefined ? {} : { askedAt: rename(draft.askedAt) }),
    questions: draft.questions.map((question) => ({ ...question, text: rename(question.text) })),
    expected: { ...expected, causes, alsoRight, forbidden, settings, evidence },
  };
}

/** All that names a job, a host or a user: what a renaming has to know. */
function namesOf({ questions, expected }: ScenarioFile, job: string): string {
  return [job, ...questions.map(({ text }) => text), ...expected.components.map(({ id }) => id)].join('\n');
}

function wordsOf({ candidate: { resolved, feedback } }: AskedCase): string[] {
  return [resolved?.fixedBy ?? '', ...feedback.map(({ reason }) => reason ?? '')];
}

function idOf({ candidate }: AskedCase): string {
  const { subject } = candidate.diagnosis;
  return neutralId(candidate.caseId, subject?.name ?? subject?.id ?? null);
}

/** Puts the folder in its place in one step. */
function put(from: string, to: string, id: string): string {
  mkdirSync(to, { recursive: true });
  const aside = path.join(to, `.${id}.${randomBytes(4).toString('hex')}`);
  const folder = path.join(to, id);
  try {
    cpSync(from, aside, { recursive: true });
    if (existsSync(folder)) throw new UsageError(isThere(folder), 'unusable_path');
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}

const isThere = (folder: string) => `${folder} is there already; a candidate is never written over`;

function isWithin(folder: string, parent: string): boolean {
  const relative = path.relative(parent, folder);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}
