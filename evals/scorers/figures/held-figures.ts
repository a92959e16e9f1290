import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import { SETTINGS, settingOf } from '../../../knowledge/causes/settings.ts';
import type { Trial } from '../../trial/trial.ts';
import type { Sources } from '../sources/open-sources.ts';
import type { CitedLine } from './cited-line.ts';
import { eventLogGrounds } from './event-log-grounds.ts';
import type { Figure } from './figure.ts';
import { Grounds } from './grounds.ts';
import { kernelSampleGrounds } from './kernel-sample-grounds.ts';
import { metricGrounds } from './metric-grounds.ts';
import { neighbourGrounds } from './neighbour-grounds.ts';
import { type Occurrences, occurrences } from './occurrences.ts';
import { structuredGrounds } from './structured-grounds.ts';
import { followsWithin } from './within-text.ts';

/** The figures that the catalogue itself states: exit codes, fixed limits. */
const CATALOGUE = new Grounds();
for (const { title, meaning, remediations } of CAUSES) {
  for (const { en, zh } of [title, meaning, ...remediations.map(({ statement }) => statement)])
    CATALOGUE.addText(`${en} ${zh}`);
}

for (const { default: value } of SETTINGS) if (value !== undefined) CATALOGUE.addText(value);

/** An answer tells how long something lasts by when it was given: `…@20261121T113010Z.json`. */
function addSinceThen(source: string, lines: string, grounds: Grounds): void {
  const [, year, month, day, hour, minute, second] = /@(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(source) ?? [];
  if (year === undefined) return;
  const given = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  for (const moment of new Grounds().addText(lines).moments)
    if (moment < given) grounds.add('duration', given - moment);
}

/** What a figure rests on, by the name of the first kind of ground that has it; null: on nothing. */
export type HoldFigure = (figure: Figure, text: string, all: readonly Figure[]) => Promise<string | null>;

interface Held {
  trial: Trial;
  diagnosis: Diagnosis;
  cited: readonly CitedLine[];
  /** Names that the answer's texts hold. */
  words: readonly string[];
  sources: Sources;
}

/** The grounds that are always looked at, and of which times of day are taken too. */
export function nearGrounds({ trial, diagnosis, cited }: Held): Grounds[] {
  const said = new Grounds().addText(trial.question);
  for (const { evidence, lines } of cited) if (lines.includes(evidence.excerpt)) said.addRecord(evidence.excerpt);
  const whole = new Grounds();
  for (const { lines, evidence } of cited) {
    whole.addRecord(lines);
    addSinceThen(evidence.source, lines, whole);
  }
  return [said, whole, structuredGrounds(diagnosis), CATALOGUE, neighbourGrounds(cited)];
}

/**
 * Looks for the ground of a figure, nearest first: the question and the quotes, the cited lines, the fields of the answer, the catalogue, what
 * stands beside the cited lines, arithmetic within its own text. What costs more is read when the first figure needs it: how often a message
 * occurred, what the kernel's files and the counters of services grew by, what an event log adds up to.
 */
export function holdFigures(held: Held, near: readonly Grounds[]): HoldFigure {
  const { trial, cited, words, sources } = held;
  const once = <Value>(make: () => Promise<Value>) => {
    let made: Promise<Value> | null = null;
    return () => (made ??= make());
  };
  const counted = once(() => occurrences(cited, trial.read, sources));
  const kernel = once(() =>
    kernelSampleGrounds(trial.read, new Set(cited.map(({ evidence }) => evidence.source)), words, sources),
  );
  const metrics = once(() => metricGrounds(cited, trial.read, sources));
  const eventLogs = once(() => eventLogGrounds(trial.read, sources));
  return async (figure, text, all) => {
    const at = near.findIndex((ground) => ground.has(figure));
    if (at !== -1) return ['quoted', 'cited line', 'field', 'catalogue', 'beside a cited line'][at] ?? 'near';
    if (followsWithin(figure, all)) return 'within its text';
    if (await isSetting(figure, text, trial, sources)) return 'setting';
    const isCount = figure.measure === 'count' && figure.slacks[0] === 0;
    if (isCount && OCCURRED.test(text) && occurred(figure.values[0] ?? 0, await counted())) return 'occurrences';
    if (isCount && (await isProcess(figure, text, trial, sources))) return 'process';
    if ((await kernel()).has(figure)) return 'kernel files';
    if ((await metrics()).has(figure)) return 'metrics';
    if ((await eventLogs()).has(figure)) return 'event log';
    return null;
  };
}

/** What is told of how often something happened. */
const OCCURRED = /times|reads|attempts?|errors?|failed|次|失败/;
/** Up to here a count may leave out any that stand in two logs, or outside of the time in question; above it not most of them. */
const FEW = 10;

function occurred(count: number, { most, counts }: Occurrences): boolean {
  return counts.has(count) || (count <= most && (count <= FEW || count >= most / 2));
}

/** `pid 25082`, as the kernel names processes in several places. */
async function isProcess(figure: Figure, text: string, trial: Trial, sources: Sources): Promise<boolean> {
  const pid = figure.text;
  if (!text.includes(`pid ${pid}`)) return false;
  for (const source of trial.read) {
    const read = await sources.text(source);
    if (read && [`pid=${pid},`, `process ${pid} (`, `[${pid}]`, `pid ${pid}`].some((named) => read.has(named)))
      return true;
  }
  return false;
}

/** `256m → …`: the value stands behind its key somewhere in what was opened, or is the key's default. */
async function isSetting(figure: Figure, text: string, trial: Trial, sources: Sources): Promise<boolean> {
  const keys = text.match(/[a-z][\w-]{0,40}(?:\.[\w-]{1,60}){1,8}/g) ?? [];
  const printed = figure.text.replaceAll(' ', '');
  const size = figure.measure === 'bytes' ? /^(\d{1,6}) ?([KMG])i?B$/.exec(figure.text) : null;
  if (size) {
    const short = `${size[1]}${size[2]?.toLowerCase()}`;
    for (const source of trial.read) {
      const read = await sources.text(source);
      if (read && [`"${short}"`, `=${short}`, `${short}b"`].some((value) => read.has(value))) return true;
    }
  }
  for (const key of keys) {
    if (settingOf(key)?.default === printed) return true;
    for (const source of trial.read) {
      const read = await sources.text(source);
      if (read && [`${key}":"${printed}`, `${key}=${printed}`, `${key} ${printed}`].some((pair) => read.has(pair)))
        return true;
    }
  }
  return false;
}
