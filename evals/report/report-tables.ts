import type { Report } from './make-report.ts';
import {
  counted,
  firstOf,
  percent,
  points,
  saidCost,
  saidCount,
  saidDuration,
  saidInterval,
  saidShare,
} from './say-figures.ts';
import type { Cut, CutName, VariantSummary } from './summary.ts';

/** A table as the terminal and Markdown show it; cells are plain text, escaped by whoever shows them. */
export interface ReportTable {
  title: string;
  /** What it does not say, or how to read it; empty where nothing needs to be said. */
  note: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns of figures, counted from 0. */
  figures: readonly number[];
}

/** How the verdict and the headline figures read, one line each. */
export function headLines({ result, summary, verdict, difference }: Report): string[] {
  const { product, startedAt, durationMs, seed, filter } = result;
  const by = (kind: string) => difference.cases.filter((one) => one.kind === kind).length;
  return [
    `Wherefore ${product.version}${product.commit === null ? '' : ` at ${product.commit}`}${product.model === null ? '' : `, model ${product.model}`}; ${startedAt}, ${saidDuration(durationMs)}, seed ${seed}${filter === null ? '' : `; only ${filter}`}`,
    ...summary.variants.map(variantLine),
    difference.baseline === null
      ? 'baseline: there is none yet'
      : `baseline (${difference.baseline.version}${difference.baseline.commit === null ? '' : ` at ${difference.baseline.commit}`}): ${difference.same} the same, ${by('worse')} worse, ${by('better')} better, ${by('changed')} changed, ${by('new')} new, ${by('gone')} gone`,
    `gates: ${verdict.passed ? 'passed' : `BLOCKED by ${counted(verdict.faults.length, 'fault')}`}; ${verdict.always.right} of ${verdict.always.of} that must always be right are; ${counted(verdict.tolerated.length, 'wrong one')} tolerated`,
  ];
}

function variantLine(of: VariantSummary): string {
  const rest = [
    counted(of.asks, 'ask'),
    counted(of.incidents, 'incident'),
    ...(of.crashed > 0 ? [`${of.crashed} CRASHED`] : []),
    ...(of.notRun > 0 ? [`${of.notRun} not run`] : []),
  ].join(', ');
  if (of.right === null) return `${of.variant}: nothing was made (${rest})`;
  if (!of.isAccuracy) {
    return `${of.variant}: ${saidCount(of.right)} as scripted: loop and gate, no accuracy (${rest})`;
  }
  const sure = of.wrongConfirmed?.hits ?? 0;
  return `${of.variant}: right ${saidShare(of.right)}, ${saidCount(of.right)}, ${sure} wrong and confirmed (${rest})`;
}

const CUT_TITLES: Readonly<Record<CutName, string>> = {
  tag: 'By tag',
  group: 'By code group',
  code: 'By code',
  form: 'By form',
  language: 'By language',
  behaviour: 'By what is to be done',
};

/** The tables of a report, in their order; one that has nothing to tell is left out. */
export function reportTables(report: Report): ReportTable[] {
  const figures = report.summary.variants.filter(({ right, isAccuracy }) => isAccuracy && right !== null);
  const tables = [
    gateTable(report),
    differenceTable(report),
    hardGateTable(report),
    ...figures.flatMap((of) =>
      (['tag', 'group', 'code', 'form', 'language', 'behaviour'] as const).map((name) => cutTable(of, name)),
    ),
    ...report.summary.variants.map(scorerTable),
    ...figures.map(confusionTable),
    ...figures.flatMap((of) => (of.passPower.length > 0 ? [passTable(of)] : [])),
    liveTable(report),
    worstTable(report),
    ...report.summary.variants.map(costTable),
    toleratedTable(report),
    notRunTable(report),
    readyTable(report),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function gateTable({ verdict }: Report): ReportTable {
  return {
    title: 'What blocks',
    note: '',
    head: ['fault', 'case', 'why'],
    rows: verdict.faults.map(({ kind, id, why }) => [FAULT_NAMES[kind], id ?? '', why]),
    figures: [],
  };
}

/** Faults as people say them. */
export const FAULT_NAMES: Readonly<Record<Report['verdict']['faults'][number]['kind'], string>> = {
  hard_gate: 'hard gate',
  crashed: 'crashed',
  always: 'must be right',
  worse: 'worse than the baseline',
  gone: 'gone from the baseline',
  not_run: 'not run',
  nothing_ran: 'nothing ran',
};

function differenceTable({ difference }: Report): ReportTable {
  // All new is no difference, and what was not run has its own table.
  const cases = difference.cases.filter(
    ({ kind }) => kind !== 'not_run' && !(kind === 'new' && difference.baseline === null),
  );
  return {
    title: 'Against the baseline, case by case',
    note: `${difference.same} the same`,
    head: ['is', 'case', 'what was and is'],
    rows: cases.map(({ kind, askId, variant, says }) => [kind, `${askId} ${variant}`, says.join('; ')]),
    figures: [],
  };
}

function hardGateTable({ summary }: Report): ReportTable {
  const rows = summary.variants.flatMap(({ variant, hardGates }) =>
    hardGates.map(({ name, held, broken, upperBound }) => [
      name,
      variant,
      String(held),
      broken.length === 0 ? 'none' : firstOf(broken),
      upperBound === null ? '' : `≤ ${percent(upperBound)}`,
    ]),
  );
  return {
    title: 'Hard gates',
    note: 'never broken is not never: the last column is what the rate may still be (95 %, counted by incident)',
    head: ['gate', 'variant', 'held', 'broken by', 'rate at most'],
    rows,
    figures: [2, 4],
  };
}

function cutTable({ variant, cuts }: VariantSummary, name: CutName): ReportTable {
  return {
    title: `${CUT_TITLES[name]}, ${variant}`,
    note: '',
    head: [name, 'incidents', 'right', 'share (95 %)', 'not run'],
    rows: cuts[name].map((cut: Cut) => [
      cut.name,
      String(cut.incidents),
      saidCount(cut.right),
      saidShare(cut.right),
      cut.notRun === 0 ? '' : String(cut.notRun),
    ]),
    figures: [1, 2, 3, 4],
  };
}

function scorerTable({ variant, scorers, isAccuracy }: VariantSummary): ReportTable {
  return {
    title: `Scorers, ${variant}`,
    note: isAccuracy ? '' : 'recorded answers: what loop and gate made of them, no accuracy',
    head: ['scorer', 'of', 'mean', '95 %', 'below 1'],
    rows: scorers.flatMap(({ name, of, mean, interval, below }) =>
      mean === null
        ? []
        : [[name, String(of), mean.toFixed(3), interval === null ? '' : saidInterval(interval), String(below)]],
    ),
    figures: [1, 2, 3, 4],
  };
}

function confusionTable({ variant, confusions }: VariantSummary): ReportTable {
  return {
    title: `Taken for one another, ${variant}`,
    note: 'answers whose first code is not a true one',
    head: ['times', 'expected', 'given first', 'scenarios'],
    rows: confusions.map(({ count, expected, given, scenarios }) => [
      String(count),
      expected,
      given,
      firstOf(scenarios),
    ]),
    figures: [0],
  };
}

function passTable({ variant, passPower, flipping }: VariantSummary): ReportTable {
  return {
    title: `pass^k, ${variant}`,
    note: `all of k tries right; ${flipping.asks} of ${flipping.of} asks are right and wrong in turns`,
    head: ['k', 'pass^k'],
    rows: passPower.map(({ k, value }) => [String(k), percent(value)]),
    figures: [0, 1],
  };
}

function liveTable({ live }: Report): ReportTable {
  const tags = (live?.byTag ?? []).filter(({ difference }) => difference !== 0);
  return {
    title: 'live against an earlier run',
    note: 'p raised by Holm where many tags are looked at at once; no gate',
    head: ['of', 'asks', 'difference (points)', 'p'],
    rows:
      live === null
        ? []
        : [
            [
              'all',
              String(live.asks),
              `${points(live.is - live.was)} (${points(live.interval.low)} to ${points(live.interval.high)})`,
              `${live.p.toFixed(3)} (${live.test === 'mcnemar' ? 'McNemar' : 'sign flips'})`,
            ],
            ...tags.map(({ tag, asks, difference, p }) => [tag, String(asks), points(difference), p.toFixed(3)]),
          ],
    figures: [1, 2, 3],
  };
}

function worstTable({ worst }: Report): ReportTable {
  return {
    title: 'The worst cases',
    note: 'one line for each scenario: its worst trial',
    head: ['case', 'variant', 'bad', 'why'],
    rows: worst.map(({ worst: { trial }, variant, bad, trials, why }) => [
      trial.askId,
      variant,
      `${bad} of ${trials}`,
      why.join('; '),
    ]),
    figures: [2],
  };
}

function costTable({ variant, costs }: VariantSummary): ReportTable {
  return {
    title: `Cost and time, ${variant}`,
    note: '',
    head: ['of an answer', 'median', 'p95', 'most', 'sum'],
    rows: costs.map(({ name, unit, median, p95, most, sum }) => [
      name,
      ...[median, p95, most, sum].map((value) => saidCost(value, unit)),
    ]),
    figures: [1, 2, 3, 4],
  };
}

function toleratedTable({ verdict }: Report): ReportTable {
  const scenarios = Map.groupBy(verdict.tolerated, ({ id }) => id.split('/')[0] ?? id);
  return {
    title: 'Wrong, and only usually right',
    note: 'blocks nothing',
    head: ['scenario', 'trials', 'why', 'because'],
    rows: [...scenarios].map(([scenario, trials]) => [
      scenario,
      String(trials.length),
      trials[0]?.why ?? '',
      trials[0]?.because ?? '',
    ]),
    figures: [1],
  };
}

function notRunTable({ summary }: Report): ReportTable {
  return {
    title: 'Not run',
    note: 'in no figure above',
    head: ['trial', 'why'],
    rows: summary.notRun.map(({ id, why }) => [id, why]),
    figures: [],
  };
}

function readyTable({ ready }: Report): ReportTable {
  return {
    title: 'Ready to be always right',
    note: 'clean in five runs with different seeds',
    head: ['scenario'],
    rows: ready.map((id) => [id]),
    figures: [],
  };
}
