import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';
import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import { settingOf } from '../../../knowledge/causes/settings.ts';
import type { Trial } from '../../trial/trial.ts';
import type { Sources } from '../sources/open-sources.ts';
import type { CitedLine } from './cited-line.ts';
import { eventLogGrounds } from './event-log-grounds.ts';
import type { Figure } from './figure.ts';
import { Grounds } from './grounds.ts';
import { kernelSampleGrounds } from './kernel-sample-grounds.ts';
import { metricGrounds } from './metric-grounds.ts';
import { neighbourGrounds } from './neighbour-grounds.ts';
import { occurrences } from './occurrences.ts';
import { structuredGrounds } from './structured-grounds.ts';
import { followsWithin } from './within-text.ts';

/** The figures that the catalogue itself states: exit codes, fixed limits. */
const CATALOGUE = new Grounds();
for (const { title, meaning, remediations } of CAUSES) {
  for (const { en, zh } of [title, meaning, ...remediations.map(({ statement }) => statement)])
    CATALOGUE.addText(`${en} ${zh}`);
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
  for (const { lines } of cited) whole.addRecord(lines);
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
  const metrics = once(() => metricGrounds(trial.read, sources));
  const eventLogs = once(() => eventLogGrounds(trial.read, sources));
  return async (figure, text, all) => {
    const at = near.findIndex((ground) => ground.has(figure));
    if (at !== -1) return ['quoted', 'cited line', 'field', 'catalogue', 'beside a cited line'][at] ?? 'near';
    if (followsWithin(figure, all)) return 'within its text';
    if (await isSetting(figure, text, trial, sources)) return 'setting';
    const isCount = figure.measure === 'count' && figure.slacks[0] === 0;
    if (isCount && (figure.values[0] ?? 0) <= (await counted())) return 'occurrences';
    if ((await kernel()).has(figure)) return 'kernel files';
    if (figure.digits >= 3 && (await metrics()).has(figure)) return 'metrics';
    if ((await eventLogs()).some((ground) => ground.has(figure))) return 'event log';
    return null;
  };
}

/** `256m → …`: the value stands behind its key somewhere in what was opened, or is the key's default. */
async function isSetting(figure: Figure, text: string, trial: Trial, sources: Sources): Promise<boolean> {
  const keys = text.match(/[a-z][\w-]{0,40}(?:\.[\w-]{1,60}){1,8}/g) ?? [];
  const printed = figure.text.replaceAll(' ', '');
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
