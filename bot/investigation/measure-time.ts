import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { KnownRun } from '../../tools/spark/known-runs.ts';
import { asWritten } from '../../tools/spark/measures/as-written.ts';
import type { SparkRunListing } from '../../tools/spark/source.ts';
import { chooseBaselines, isUsableBaseline } from './comparison/choose-baselines.ts';
import { comparedRuns, compareRuns } from './comparison/compare-runs.ts';
import { judgeComparison } from './comparison/rules/index.ts';
import type { ComparedRuns, LedgeredRun, RunComparison } from './comparison/run-comparison.ts';
import { slowerThanUsual } from './comparison/slower-than-usual.ts';
import type { HistoryVerdict } from './decide-outcome.ts';
import type { FirstLook } from './first-look.ts';
import type { InvestigationRequest } from './investigation-request.ts';
import { bookTime } from './ledger/book-time.ts';
import type { LedgerContext } from './ledger/ledger-context.ts';
import { goesOn } from './subject/decide-run-end.ts';
import type { TimeLedger } from './time-ledger.ts';
import { culpritsOf } from './what-if/culprit.ts';
import type { WhatIf } from './what-if/what-if.ts';
import { whatIf } from './what-if/what-if.ts';

/** Where the time of a run went, beside its own history. */
export interface TimeView {
  ledger: TimeLedger;
  comparison: RunComparison | null;
  /** Null without earlier runs. */
  history: HistoryVerdict | null;
  findings: readonly Finding[];
  whatIf: readonly WhatIf[];
  notes: readonly Bilingual[];
  toolCalls: number;
}

/** Books the run's time, compares it with its history and replays it without its culprits. */
export async function measureTime(
  run: SparkRun,
  first: FirstLook,
  request: InvestigationRequest,
  signal: AbortSignal,
): Promise<TimeView> {
  const ledger = bookTime(run, contextOf(run, first, request.platform.now));
  const baselines = await readBaselines(run, first, request, signal);
  if (baselines.length === 0) {
    return {
      ledger,
      comparison: null,
      history: null,
      findings: [],
      whatIf: whatIf(run, ledger),
      notes: [...ledger.notes, ...nothingCompared(request.compareWith)],
      toolCalls: 0,
    };
  }
  const comparison = compareRuns(run, ledger, baselines);
  return {
    ledger,
    comparison,
    history: { withinHistory: comparison.history.verdict === 'usual' || comparison.history.verdict === 'fast' },
    findings: asWritten(judged(comparison, comparedRuns(run, ledger, baselines)), [
      run,
      ...baselines.map((baseline) => baseline.run),
    ]),
    whatIf: whatIf(run, ledger, culpritsOf(run, ledger, comparison)),
    notes: ledger.notes,
    toolCalls: baselines.length,
  };
}

/** Whoever names a run to compare with is told when it could not be. */
function nothingCompared(wanted: InvestigationRequest['compareWith']): Bilingual[] {
  if (wanted === undefined) return [];
  if (wanted === 'last-good') {
    return [
      { en: 'no earlier good run of this job was found to compare with', zh: '没有找到该作业更早的成功运行可供对比' },
    ];
  }
  const named = 'id' in wanted ? wanted.id : wanted.sources.join(', ');
  return [
    {
      en: `${named} is no run to compare with: it is unknown, is this very run, failed, or has no end in its log`,
      zh: `${named} 不能用来对比：它不存在、就是本次运行、已失败，或日志没有结束`,
    },
  ];
}

function judged(comparison: RunComparison, runs: ComparedRuns): Finding[] {
  const symptom = slowerThanUsual(comparison, runs);
  return [...(symptom ? [symptom] : []), ...judgeComparison(comparison, runs)];
}

/** What the ResourceManager knows of the run's life: when it was handed in, when it was let run. */
function contextOf(run: SparkRun, first: FirstLook, now: number): LedgerContext {
  const application = first.yarn?.applications.find((entry) => entry.id === run.application.id);
  return {
    ...(application?.startedAt ? { submittedAt: application.startedAt } : {}),
    ...(application?.launchedAt ? { launchedAt: application.launchedAt } : {}),
    ...(application?.finishedAt ? { finishedAt: application.finishedAt } : {}),
    ...(goesOn(run, now) || application?.state === 'RUNNING' ? { now } : {}),
  };
}

async function readBaselines(
  run: SparkRun,
  first: FirstLook,
  request: InvestigationRequest,
  signal: AbortSignal,
): Promise<LedgeredRun[]> {
  const chosen = baselineListings(run, first, request);
  const outcomes = await Promise.all(chosen.map(({ listing, source }) => source.read(listing.handle, signal)));
  return outcomes.flatMap((outcome) => {
    if (outcome.outcome !== 'ok' || !isUsableBaseline(outcome.value)) return [];
    const ledger = bookTime(outcome.value, contextOf(outcome.value, first, request.platform.now));
    return ledger.wallClockMs > 0 ? [{ run: outcome.value, ledger }] : [];
  });
}

/** The run named by the asker, else earlier runs of the same job. */
function baselineListings(run: SparkRun, first: FirstLook, request: InvestigationRequest): KnownRun[] {
  const { compareWith } = request;
  if (compareWith !== undefined && compareWith !== 'last-good') {
    return first.runs.filter(({ listing }) => {
      if (listing.applicationId !== null && listing.applicationId === run.application.id) return false;
      return 'id' in compareWith
        ? listing.applicationId === compareWith.id
        : compareWith.sources.includes(listing.handle);
    });
  }
  const subject = {
    applicationId: run.application.id,
    applicationName: run.application.name,
    user: run.application.user,
    startedAt: run.application.startedAt,
  };
  const chosen = chooseBaselines(
    first.runs.map(({ listing }) => listing),
    subject,
  );
  const wanted: readonly SparkRunListing[] = compareWith === 'last-good' ? chosen.slice(0, 1) : chosen;
  return wanted.flatMap((listing) => first.runs.find((entry) => entry.listing === listing) ?? []);
}
