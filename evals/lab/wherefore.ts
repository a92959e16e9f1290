import path from 'node:path';
import { GATEWAY } from './hosts.ts';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';
import { runOnHost } from './on-host.ts';
import { platformFile } from './platform-file.ts';

/** How this checkout's product is started. */
export const WHEREFORE: readonly string[] = [
  process.execPath,
  path.join(import.meta.dirname, '..', '..', 'bot', 'terminal', 'wherefore.mjs'),
];

/** What of a diagnosis an incident is judged by. */
export interface Answer {
  outcome: string;
  causes: { code: string; standing: string }[];
  summary: string;
  seconds: number;
  json: unknown;
}

/** Runs the product on the gateway, as somebody there would. */
export async function runWherefore(
  folder: LabFolder,
  words: readonly string[],
): Promise<{ status: number | null; text: string }> {
  return await runOnHost(folder, GATEWAY, [...WHEREFORE, ...words], {
    WHEREFORE_PLATFORM_FILE: platformFile(folder),
  });
}

/** Asks the live platform and records what was read into `capture`, a folder that is not there yet. */
export async function captureLive(folder: LabFolder, question: string, capture: string): Promise<Answer> {
  return await answerOf(folder, ['capture', question, '--to', capture, '--json']);
}

/** Asks the live platform. */
export async function askLive(folder: LabFolder, question: string): Promise<Answer> {
  return await answerOf(folder, ['ask', question, '--no-model', '--json']);
}

/** Asks a recorded platform. */
export async function askRecorded(folder: LabFolder, question: string, capture: string): Promise<Answer> {
  return await answerOf(folder, ['ask', question, '--from', capture, '--no-model', '--json']);
}

async function answerOf(folder: LabFolder, words: readonly string[]): Promise<Answer> {
  const started = Date.now();
  const { status, text } = await runWherefore(folder, words);
  const json = parse(text);
  if (status !== 0 || json === null)
    throw new LabError(`wherefore ${words[0]} ended with ${status}: ${text.slice(0, 500)}`);
  const { diagnosis = json } = json as { diagnosis?: unknown };
  const { outcome, rootCauses, summary } = diagnosis as {
    outcome: string;
    rootCauses: { code: string; standing: string }[];
    summary: string;
  };
  const causes = rootCauses.map(({ code, standing }) => ({ code, standing }));
  return { outcome, causes, summary, seconds: (Date.now() - started) / 1000, json: diagnosis };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
  } catch {
    return null;
  }
}
