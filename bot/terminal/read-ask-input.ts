import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile, eventLogFiles, type GivenFiles } from '../../tools/platform/extra-files.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import type { ModelSettings } from '../agent/model-settings.ts';
import { checkCaptureTarget } from '../capture/write-capture.ts';
import { chooseCluster } from '../choose-cluster.ts';
import { configuredPlatform, unusablePaths } from '../configured-platform.ts';
import type { InvestigationRequest } from '../investigation/investigation-request.ts';
import type { KnowledgeSettings } from '../knowledge-settings.ts';
import { readSettings, type Settings } from '../settings.ts';
import { standardInputFile } from './standard-input-file.ts';
import type { TerminalIo } from './terminal-io.ts';
import { Unusable } from './unusable.ts';

/** The flags of `wherefore ask` as typed, not yet checked. */
export interface AskOptions {
  from?: string;
  attach: string[];
  eventLog: string[];
  compareWith?: string;
  lang?: string;
  model: boolean;
  json?: boolean;
  markdown?: boolean;
  html?: string;
  at?: string;
  cluster?: string;
  /** Folder to write a capture of the investigation to. */
  capture?: string;
}

/** What `wherefore ask` was given, checked and opened. */
export interface AskInput {
  question: string;
  language: InvestigationRequest['language'];
  platform: Platform;
  /** What `--at` says is "now", milliseconds since the epoch; null: not given. */
  at: number | null;
  attachments: PlatformFile[];
  eventLogs: PlatformFile[];
  /** Files of the run to compare with, when it was given by path. */
  compared: PlatformFile[];
  compareWith: NonNullable<InvestigationRequest['compareWith']> | null;
  /** What of the given folders could not be read. */
  skipped: Bilingual[];
  /** What is known in writing. */
  knowledge: KnowledgeSettings;
  /** null: none is configured, or `--no-model` was given. */
  model: ModelSettings | null;
}

const LANGUAGES = ['en', 'zh', 'auto'] as const;
const APPLICATION_ID = /^(?:application_\d{10,16}_\d{4,10}|app-\d{14}-\d{4,8}|local-\d{10,16}|spark-[0-9a-f]{32})$/;

/**
 * Checks and opens everything given to `wherefore ask`.
 *
 * @param words the question; null: it comes later, line by line, and says only then which cluster is meant
 * @throws UsageError naming every flag, path and setting that cannot be used, all at once
 */
export async function readAskInput(
  words: readonly string[] | null,
  options: AskOptions,
  io: TerminalIo,
): Promise<AskInput> {
  const unusable = new Unusable();
  const question = words === null ? null : questionOf(words, unusable);
  const settings = await unusable.tried<Settings | null>(Promise.resolve(io.environment).then(readSettings), null);
  const language = languageOf(options, settings, unusable);
  const at = timeOf(options.at, unusable);
  const platform = await platformOf(question, options, settings, at, unusable);
  const attachments = await attachmentsOf(options, io, unusable);
  const eventLogs = await Promise.all(
    options.eventLog.map((given, index) => unusable.tried(eventLogFiles(given, index + 1), NOTHING)),
  );
  const compared = await comparedRun(options, unusable);
  if (options.html !== undefined) await checkTarget(options.html, unusable);
  if (options.capture !== undefined) {
    if (options.from !== undefined)
      unusable.add('unusable_flag', 'a capture is made of the live platform, not --from another');
    await unusable.tried(checkCaptureTarget(options.capture), undefined);
  }
  unusable.throwAll();
  return {
    question: question ?? '',
    language,
    platform: platform as Platform,
    at,
    attachments,
    eventLogs: eventLogs.flatMap(({ files }) => files),
    compared: compared.files,
    compareWith: compareTarget(options.compareWith, compared.files),
    skipped: [...eventLogs, compared].flatMap(({ skipped }) => skipped),
    knowledge: (settings as Settings).knowledge,
    model: options.model ? (settings?.model ?? null) : null,
  };
}

const NOTHING: GivenFiles = { files: [], skipped: [] };

/** The words of the question, with or without quotes around them; a word that looks like a flag is one that does not exist. */
function questionOf(words: readonly string[], unusable: Unusable): string {
  const flags = words.filter((word) => /^--?[a-z]/i.test(word) && !/\s/.test(word));
  for (const flag of flags) unusable.add('unusable_flag', `unknown flag ${flag} (wherefore ask --help lists them)`);
  const question = words
    .filter((word) => !flags.includes(word))
    .join(' ')
    .trim();
  if (question === '' && flags.length === 0) {
    unusable.add('unusable_input', 'the question is empty: say in a few words what you want to know');
  }
  return question;
}

function languageOf(options: AskOptions, settings: Settings | null, unusable: Unusable): AskInput['language'] {
  const given = options.lang ?? settings?.language ?? 'auto';
  const known = LANGUAGES.find((language) => language === given);
  if (known === undefined) unusable.add('unusable_flag', `--lang ${given} is not one of ${LANGUAGES.join(', ')}`);
  return known ?? 'auto';
}

function timeOf(given: string | undefined, unusable: Unusable): number | null {
  if (given === undefined) return null;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  unusable.add('unusable_flag', `--at ${given} is not an ISO 8601 time such as 2026-11-21T10:30:00Z`);
  return null;
}

async function platformOf(
  question: string | null,
  options: AskOptions,
  settings: Settings | null,
  at: number | null,
  unusable: Unusable,
): Promise<Platform | null> {
  if (options.from !== undefined)
    return await unusable.tried<Platform | null>(openCapture(options.from, at === null ? {} : { at }), null);
  if (settings === null) return null;
  for (const { setting, why } of await unusablePaths(settings)) unusable.add('unusable_setting', `${setting}: ${why}`);
  const given = options.cluster ?? null;
  const later = question === null && given === null;
  const cluster = later ? null : await unusable.tried(chooseCluster(settings, question ?? '', given), null);
  return configuredPlatform(settings, cluster, at ?? Date.now());
}

async function attachmentsOf(options: AskOptions, io: TerminalIo, unusable: Unusable): Promise<PlatformFile[]> {
  const attachments: PlatformFile[] = [];
  const twice = options.attach.filter((given) => given === '-').length > 1;
  if (twice) unusable.add('unusable_flag', '--attach - is given twice: standard input can be read once');
  for (const [index, given] of options.attach.entries()) {
    if (given === '-' && twice) continue;
    const opening = given === '-' ? standardInputFile(io, index + 1) : attachedFile(given, index + 1);
    const opened = await unusable.tried<PlatformFile | null>(opening, null);
    if (opened) attachments.push(opened);
  }
  return attachments;
}

async function comparedRun(options: AskOptions, unusable: Unusable): Promise<GivenFiles> {
  const given = options.compareWith;
  if (given === undefined || given === 'last-good' || APPLICATION_ID.test(given)) return NOTHING;
  return await unusable.tried(
    eventLogFiles(given, options.eventLog.length + 1).catch((error: Error) => {
      error.message = `--compare-with takes an application's id, last-good or an event log: ${error.message}`;
      throw error;
    }),
    NOTHING,
  );
}

function compareTarget(given: string | undefined, files: readonly PlatformFile[]): AskInput['compareWith'] {
  if (given === undefined) return null;
  if (given === 'last-good') return 'last-good';
  return APPLICATION_ID.test(given) ? { id: given } : { sources: files.map((file) => file.source) };
}

/** An answer that cannot be written is known before the work is done. */
async function checkTarget(target: string, unusable: Unusable): Promise<void> {
  const info = await stat(target).catch(() => null);
  if (info?.isDirectory()) return unusable.add('unusable_path', `cannot write ${target}: it is a folder`);
  const folder = path.dirname(path.resolve(target));
  await access(info === null ? folder : target, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? `${folder} does not exist` : 'no permission';
    unusable.add('unusable_path', `cannot write ${target}: ${why}`);
  });
}
