import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import { REFERENCE_SETTINGS, settingOf } from '../../../knowledge/causes/settings.ts';
import { BUILT_IN_FOLDER } from '../../../knowledge/ingestion/collection.ts';
import type { Trial } from '../../trial/trial.ts';
import type { Sources } from '../sources/open-sources.ts';
import type { CitedLine } from './cited-line.ts';
import type { Grounds } from './grounds.ts';

const REFERENCE = new Set(REFERENCE_SETTINGS);
const CATALOGUE = CAUSES.flatMap(({ title, meaning, proof, remediations }) =>
  [title, meaning, proof.statement, ...remediations.map(({ statement }) => statement)].flatMap(({ en, zh }) => [
    en,
    zh,
  ]),
).join('\n');

/** What the runbooks say: keys and commands that an answer tells to look at. */
const RUNBOOKS = readdirSync(BUILT_IN_FOLDER)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(path.join(BUILT_IN_FOLDER, name), 'utf8'))
  .join('\n');

/** Names and times of an answer held against what was opened. */
export interface HeldWords {
  hasName(name: string): Promise<boolean>;
  hasClock(clock: string): Promise<boolean>;
}

/** @param grounds what is cited and asked, in which times of day are looked for first */
export function heldWords(
  trial: Trial,
  diagnosis: Diagnosis,
  cited: readonly CitedLine[],
  grounds: readonly Grounds[],
  sources: Sources,
): HeldWords {
  const near = [trial.question, ...cited.flatMap(({ evidence, lines }) => [evidence.source, lines])].join('\n');
  const stands = async (...texts: readonly string[]): Promise<boolean> => {
    for (const source of trial.read) {
      if (texts.some((text) => source.includes(text))) return true;
      const read = await sources.text(source);
      if (read && texts.some((text) => read.has(text))) return true;
    }
    return false;
  };
  const dates = [diagnosis.window?.from, diagnosis.window?.to, ...diagnosis.evidence.map(({ at }) => at)]
    .flatMap((at) => at?.slice(0, 10) ?? [])
    .filter((date, at, all) => all.indexOf(date) === at);
  let told: Promise<ReadonlySet<string>> | null = null;
  const minutes = () => {
    told ??= minutesOf(trial.read, sources);
    return told;
  };
  return {
    hasName: async (name) => {
      if (
        near.includes(name) ||
        CATALOGUE.includes(name) ||
        RUNBOOKS.includes(name) ||
        settingOf(name) !== undefined ||
        REFERENCE.has(name)
      )
        return true;
      // A line number behind a file, a port behind a host: each part stands somewhere by itself.
      const [whole, before = ''] = /^(.{3,}?):\d{1,6}$/.exec(name) ?? [];
      if (await stands(name)) return true;
      // A container's id holds the id of its application (ContainerId of Hadoop: epoch, cluster's start, application, attempt, number).
      const digits = /^application_(\d{10,16}_\d{4,10})$/.exec(name)?.[1];
      if (digits !== undefined && (await stands(`_${digits}_`))) return true;
      return whole !== undefined && (near.includes(before) || (await stands(before)));
    },
    hasClock: async (clock) => {
      if (grounds.some((ground) => ground.hasClock(clock))) return true;
      if (!/^\d\d:\d\d:\d\d$/.test(clock)) return (await stands(clock)) || (await minutes()).has(clock);
      const seconds = dates.map((date) => Date.parse(`${date}T${clock}Z`) / 1e3);
      return await stands(clock, ...seconds.flatMap((second) => [String(second), String(second - 1)]));
    },
  };
}

/** Minutes of the day that opened answers tell as seconds or milliseconds since the epoch. */
async function minutesOf(read: readonly string[], sources: Sources): Promise<ReadonlySet<string>> {
  const minutes = new Set<string>();
  for (const source of read.filter((name) => name.startsWith('http/'))) {
    const text = (await sources.text(source))?.bytes.toString('latin1') ?? '';
    for (const [, seconds] of text.matchAll(/(?<!\d)(1[5-9]\d{8})(?:\d{3})?(?!\d)/g))
      minutes.add(new Date(Number(seconds) * 1000).toISOString().slice(11, 16));
  }
  return minutes;
}
