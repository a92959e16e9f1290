import type { Evidence } from '../../../tools/evidence/evidence.ts';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { MAX_EXCERPT_BYTES } from '../../../tools/evidence/quote.ts';
import { cutToBytes } from '../../../tools/evidence/quote-piece.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { spoken } from '../../../tools/spark/measures/spark-evidence.ts';
import { jobCommand } from './command-line.ts';
import { MOVABLE_BY_CODE } from './movable-accounts.ts';
import { normaliseJobName } from './normalise-job-name.ts';
import { quantityOf } from './same-value.ts';
import type { FoundChange } from './setting-changes.ts';
import { withoutRunMarks } from './without-run-marks.ts';

/** A date that moved further than this (beside the days between the runs) is another range, not another day. */
const SAME_DAY_SLACK_DAYS = 8;
const DAY_MS = 86_400_000;

/** Another script, main class or argument than in any baseline; a date argument that moves with the calendar is none. */
export function codeChanges(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const newest = baselines[0];
  if (!newest) return [];
  const changes: FoundChange[] = [];
  const now = jobCommand(slow);
  const before = jobCommand(newest);
  const others = baselines.map(jobCommand);
  const add = (name: string, from: string | null, to: string | null) =>
    changes.push(codeChange(name, from, to, slow, newest));
  if (now.program && others.every((base) => base.program && programName(base.program) !== programName(now.program))) {
    add('program', before.program, now.program);
  }
  if (now.mainClass && others.every((base) => base.mainClass && base.mainClass !== now.mainClass)) {
    add('main class', before.mainClass, now.mainClass);
  }
  const gap = (slow.application.startedAt ?? 0) - (newest.application.startedAt ?? 0);
  for (const [name, value] of namedArguments(now.arguments)) {
    const values = others.map((base) => namedArguments(base.arguments).get(name) ?? null);
    if (values.every((other) => other === null || !sameArgument(other, value, gap))) {
      add(`argument ${name}`, values[0] ?? null, value);
    }
  }
  for (const [name, value] of namedArguments(before.arguments)) {
    const gone = others.every((base) => namedArguments(base.arguments).has(name));
    if (gone && !namedArguments(now.arguments).has(name)) add(`argument ${name}`, value, null);
  }
  return changes;
}

function programName(program: string | null): string {
  return normaliseJobName(withoutRunMarks(program ?? '').replace(/^.*\//, ''));
}

/** Arguments by what they are called: `--date 2026-11-20`, `by=shop` and plain words by their place. */
function namedArguments(words: readonly string[]): Map<string, string> {
  const named = new Map<string, string>();
  let place = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const pair = /^(-{0,2}[A-Za-z_][\w.-]{0,100})=(.*)$/s.exec(word);
    if (pair) {
      named.set(pair[1] as string, pair[2] as string);
    } else if (/^--?[A-Za-z]/.test(word)) {
      const next = words[i + 1];
      const value = next !== undefined && !/^--?[A-Za-z]/.test(next) ? next : '';
      if (value !== '') i++;
      named.set(word, value);
    } else {
      place += 1;
      named.set(`#${place}`, word);
    }
  }
  return named;
}

/** Equal, or dates that moved by about the days between the runs. */
function sameArgument(from: string, to: string, gapMs: number): boolean {
  if (from === to) return true;
  const plain = withoutRunMarks(from);
  if (plain !== withoutRunMarks(to)) return false;
  const moved = Math.abs(dayOf(to) - dayOf(from));
  return !Number.isFinite(moved) || Math.abs(moved - Math.abs(gapMs) / DAY_MS) <= SAME_DAY_SLACK_DAYS;
}

/** The first date in a text as a number of days; NaN when there is none. */
function dayOf(text: string): number {
  const match = /((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])/.exec(text);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS : Number.NaN;
}

function codeChange(name: string, from: string | null, to: string | null, slow: SparkRun, base: SparkRun): FoundChange {
  const before = from === null ? null : quantityOf('', from);
  const after = to === null ? null : quantityOf('', to);
  return {
    what: 'code',
    name,
    from: from === null ? null : maskSecrets(`${name}=${from}`).slice(name.length + 1),
    to: to === null ? null : maskSecrets(`${name}=${to}`).slice(name.length + 1),
    ratio: before !== null && after !== null && before > 0 ? after / before : null,
    moves: MOVABLE_BY_CODE,
    because: { en: 'The program did something else', zh: '程序做的事情不同' },
    worsens: true,
    evidence: [...commandEvidence(slow), ...commandEvidence(base)],
  };
}

/** The end of the driver's command line (program and arguments), cut out of the environment event. */
function commandEvidence(run: SparkRun): Evidence[] {
  const { quote, rawLine } = run.environment;
  if (!quote || !rawLine) return [];
  const start = rawLine.indexOf('"sun.java.command":"');
  if (start < 0) return [];
  let end = start + '"sun.java.command":"'.length;
  while (end < rawLine.length && rawLine[end] !== '"') end += rawLine[end] === '\\' ? 2 : 1;
  const program = jobCommand(run).program;
  const from = program ? rawLine.lastIndexOf(program, end) : -1;
  const whole = rawLine.slice(from > start ? from : Math.max(start, end - MAX_EXCERPT_BYTES / 4), end);
  return spoken({ ...quote, excerpt: cutToBytes(whole) }, run.application.startedAt);
}
