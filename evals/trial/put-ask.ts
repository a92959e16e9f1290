import path from 'node:path';
import { mayRead, SEES_EVERYTHING } from '../../bot/access/viewer.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile } from '../../tools/platform/extra-files.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Truth } from '../scorers/scorer.ts';
import { type Answerer, NotRun } from './answerer.ts';
import type { Ask } from './ask.ts';
import { type RenamedCapture, renameCapture } from './rename-capture.ts';
import { tracePlatform } from './traced-platform.ts';
import type { Trial, Variant } from './trial.ts';

/** Longer than any answer may take: a trial that hangs has crashed. */
const MAX_TRIAL_MS = 120_000;

/** Which of several times an ask is put, and to which variant. */
export interface TrialPlace {
  variant: Variant;
  attempt: number;
}

/**
 * Puts one ask to whoever answers and hands the trial on while its capture, renamed or not, is there to be looked into again.
 *
 * @param after scores the trial; what it gives is given back
 */
export async function putAsk<Result>(
  ask: Ask,
  answerer: Answerer,
  place: TrialPlace,
  after: (trial: Trial, truth: Truth) => Promise<Result>,
): Promise<Result> {
  const renamed =
    ask.form === 'renamed' ? await renameCapture(ask.scenario.folder, saidOf(ask.scenario), ask.seed) : null;
  try {
    const scenario = renamed ? renamedScenario(ask.scenario, renamed) : ask.scenario;
    const folder = renamed?.folder ?? path.join(ask.scenario.folder, 'capture');
    const trial = await runTrial(
      { ...ask, question: renamed?.rename(ask.question) ?? ask.question },
      scenario,
      folder,
      answerer,
      place,
    );
    return await after(trial, { scenario, platform: await openPlatform(folder, scenario, await attachedTo(ask)) });
  } finally {
    renamed?.remove();
  }
}

async function runTrial(
  ask: Ask,
  scenario: Scenario,
  folder: string,
  answerer: Answerer,
  place: TrialPlace,
): Promise<Trial> {
  const attachments = await attachedTo(ask);
  const traced = tracePlatform(await openPlatform(folder, scenario, attachments));
  const startedMs = performance.now();
  let firstMs: number | null = null;
  const base = {
    id: `${ask.id} ${place.variant} #${place.attempt}`,
    askId: ask.id,
    scenarioId: scenario.id,
    variant: place.variant,
    form: ask.form,
    language: ask.language,
    attempt: place.attempt,
    question: ask.question,
  };
  const ended = (status: Trial['status'], why: string | null, diagnosis: Diagnosis | null): Trial => ({
    ...base,
    status,
    why,
    diagnosis,
    read: traced.opened(),
    durationMs: Math.round(performance.now() - startedMs),
    firstMs,
  });
  try {
    const diagnosis = await answerer.answer({
      question: ask.question,
      platform: traced.platform,
      attachments: (await traced.platform.files()).files.filter(({ origin }) => origin === 'attachment'),
      ...rightsOf(scenario),
      signal: AbortSignal.timeout(MAX_TRIAL_MS),
      onFirst: () => {
        firstMs ??= Math.round(performance.now() - startedMs);
      },
    });
    return ended('ran', null, diagnosis);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return error instanceof NotRun ? ended('not_run', error.message, null) : ended('crashed', why.slice(0, 2000), null);
  }
}

/** The trial of an ask that could not even be put: the fault is the eval's own. */
export function notPut(ask: Ask, { variant, attempt }: TrialPlace, error: unknown): Trial {
  return {
    id: `${ask.id} ${variant} #${attempt}`,
    askId: ask.id,
    scenarioId: ask.scenario.id,
    variant,
    form: ask.form,
    language: ask.language,
    attempt,
    question: ask.question,
    status: 'not_run',
    why: `the eval itself failed: ${error instanceof Error ? error.message : String(error)}`,
    diagnosis: null,
    read: [],
    durationMs: 0,
    firstMs: null,
  };
}

/** The capture as the asker's own client would open it. */
async function openPlatform(
  folder: string,
  { askedAt }: Scenario,
  attachments: readonly PlatformFile[],
): Promise<Platform> {
  const platform = await openCapture(folder, askedAt === undefined ? {} : { at: Date.parse(askedAt) });
  return attachments.length > 0 ? withFiles(platform, attachments) : platform;
}

async function attachedTo({ attach, scenario }: Ask): Promise<PlatformFile[]> {
  return await Promise.all(
    attach.map((name, at) => attachedFile(path.join(scenario.folder, 'attachments', name), at + 1)),
  );
}

function rightsOf({ asker }: Scenario) {
  if (asker === undefined) return {};
  const viewer = { ...SEES_EVERYTHING, everything: false, platformUsers: asker.users, unknownOwner: 'hide' as const };
  return { mayRead: (run: Parameters<typeof mayRead>[1]) => mayRead(viewer, run) };
}

/** All that the scenario says in the names of its capture. */
function saidOf({ questions, expected, asker }: Scenario): string {
  return [
    ...questions.map(({ text }) => text),
    ...expected.components.map(({ id }) => id),
    ...(asker?.users ?? []),
  ].join('\n');
}

/** The truth in the new names and times: whatever of it is a name, a place, a time or a text of the capture. */
function renamedScenario(scenario: Scenario, { rename }: RenamedCapture): Scenario {
  const { expected, asker, askedAt } = scenario;
  return {
    ...scenario,
    ...(askedAt === undefined ? {} : { askedAt: rename(askedAt) }),
    ...(asker === undefined ? {} : { asker: { users: asker.users.map(rename) } }),
    expected: {
      ...expected,
      components: expected.components.map(({ kind, id }) => ({ kind, id: rename(id) })),
      window: expected.window && { from: rename(expected.window.from), to: rename(expected.window.to) },
      evidence: expected.evidence.map((link) => ({
        ...link,
        // A source is renamed as the path it is: with a slash before its first part.
        places: link.places.map((place) => ({ ...place, source: rename(`/${place.source}`).slice(1) })),
      })),
      mustNotSay: expected.mustNotSay.map(rename),
    },
  };
}
