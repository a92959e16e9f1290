import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile, eventLogFiles, UnusablePathError } from '../../tools/platform/extra-files.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { configuredPlatform } from '../configured-platform.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { investigate } from '../investigation/investigate.ts';
import { renderHtml } from '../render/html.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderTerminal } from '../render/terminal.ts';
import { readSettings, type Settings } from '../settings.ts';
import { standardInputFile } from './standard-input-file.ts';
import { type TerminalIo, UsageError } from './terminal-io.ts';

interface AskOptions {
  from?: string;
  attach: string[];
  eventLog: string[];
  compareWith?: string;
  lang?: 'en' | 'zh' | 'auto';
  model: boolean;
  json?: boolean;
  markdown?: boolean;
  html?: string;
  at?: number;
}

/** `wherefore ask "QUESTION"`: one diagnosis. */
export function askCommand(io: TerminalIo): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return new Command('ask')
    .description('one diagnosis')
    .argument('<question>', 'what you want to know, in your own words, English or Chinese')
    .option('--from <dir>', 'read a capture instead of the configured platform')
    .option('--attach <file>', 'add pasted or attached text; - is standard input (repeatable)', collect, [])
    .option('--event-log <path>', 'add a Spark event log: a file or a rolling folder (repeatable)', collect, [])
    .option('--compare-with <run>', 'the run to compare with: an id, a path, or last-good')
    .addOption(new Option('--lang <language>', 'language of the answer').choices(['en', 'zh', 'auto']))
    .option('--no-model', 'answer without a language model')
    .option('--json', 'the whole diagnosis as JSON')
    .option('--markdown', 'the answer as Markdown')
    .option('--html <file>', 'also write the answer as one self-contained HTML page')
    .option('--at <time>', 'the time to take for "now", ISO 8601', isoArgument)
    .action(async (question: string, options: AskOptions) => {
      if (question.trim() === '') throw new UsageError('the question is empty');
      const settings = readSettings(io.environment);
      const extra = await extraFiles(options);
      const base = await basePlatform(options, settings);
      const diagnosis = await investigate({
        question,
        platform: withFiles(base, [...extra.eventLogs, ...extra.attachments, ...extra.compare]),
        language: options.lang ?? settings.language,
        attachments: extra.attachments,
        ...(options.compareWith === undefined
          ? {}
          : { compareWith: compareTarget(options.compareWith, extra.compare) }),
        ...(extra.eventLogs.length > 0 ? { focusOn: extra.eventLogs } : {}),
        onProgress: (line) => {
          if (io.isTerminal && !options.json) io.writeError(`${line}\n`);
        },
      });
      await give(diagnosis, options, io);
    });
}

async function give(diagnosis: Diagnosis, options: AskOptions, io: TerminalIo): Promise<void> {
  if (options.html !== undefined) {
    const target = options.html;
    await writeFile(target, renderHtml(diagnosis)).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`cannot write ${target} (${error.code ?? 'unknown error'})`);
    });
  }
  if (options.json) io.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
  else if (options.markdown) io.write(renderMarkdown(diagnosis));
  else io.write(renderTerminal(diagnosis, { columns: Math.min(io.columns, 100), colour: io.isTerminal }));
}

async function basePlatform(options: AskOptions, settings: Settings): Promise<Platform> {
  if (options.from !== undefined)
    return await openCapture(options.from, options.at === undefined ? {} : { at: options.at });
  return configuredPlatform(settings, options.at);
}

/** Opens everything named on the command line; names every unusable path at once. */
async function extraFiles(
  options: AskOptions,
): Promise<{ attachments: PlatformFile[]; eventLogs: PlatformFile[]; compare: PlatformFile[] }> {
  const problems: string[] = [];
  const tried = async <T>(work: Promise<T>, otherwise: T): Promise<T> =>
    await work.catch((error: unknown) => {
      if (!(error instanceof UnusablePathError)) throw error;
      problems.push(error.message);
      return otherwise;
    });
  const attachments: PlatformFile[] = [];
  for (const [at, given] of options.attach.entries()) {
    const file = given === '-' ? standardInputFile(at + 1) : attachedFile(given, at + 1);
    const opened = await tried<PlatformFile | null>(file, null);
    if (opened) attachments.push(opened);
  }
  const eventLogs: PlatformFile[] = [];
  for (const [at, given] of options.eventLog.entries())
    eventLogs.push(...(await tried(eventLogFiles(given, at + 1), [])));
  const compare =
    options.compareWith !== undefined && looksLikePath(options.compareWith)
      ? await tried(eventLogFiles(options.compareWith, options.eventLog.length + 1), [])
      : [];
  if (problems.length > 0) throw new UnusablePathError(problems.join('; '));
  return { attachments, eventLogs, compare };
}

function looksLikePath(text: string): boolean {
  return (
    text !== 'last-good' &&
    !/^(?:application_\d{10,16}_\d{4,10}|app-\d{14}-\d{4,8}|local-\d{10,16}|spark-[0-9a-f]{32})$/.test(text)
  );
}

function compareTarget(
  text: string,
  files: readonly PlatformFile[],
): { id: string } | { sources: string[] } | 'last-good' {
  if (text === 'last-good') return 'last-good';
  return files.length > 0 ? { sources: files.map((file) => file.source) } : { id: text };
}

function isoArgument(text: string): number {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('not an ISO 8601 time such as 2026-11-21T10:30:00Z');
  return time;
}
