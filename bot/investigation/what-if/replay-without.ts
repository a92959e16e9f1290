import type { Culprit } from './culprit.ts';
import type { ReplayChange } from './replay.ts';
import type { ReplayAttempt, ReplayModel, ReplayStage } from './replay-model.ts';

/** The change of a replay that takes one culprit away. */
export function replayWithout(culprit: Culprit, model: ReplayModel, commitMs: number): ReplayChange {
  switch (culprit.kind) {
    case 'skew_tail':
      return cappedStage(model, culprit.stageId);
    case 'fetch_wait':
      return { attempt: (attempt) => attempt.durationMs - attempt.fetchWaitMs };
    case 'gc':
      return { attempt: (attempt) => attempt.durationMs - attempt.gcMs };
    case 'spill':
      return { attempt: (attempt) => attempt.durationMs - attempt.spillMs };
    case 'rework':
      return { attempt: (attempt) => (attempt.rework ? null : attempt.durationMs) };
    case 'slow_host':
      return usualHost(culprit.host);
    case 'usual_input':
      return {
        attempt: (attempt, stage) => attempt.durationMs / Math.max(1, culprit.ratios.get(stage.stageId) ?? 1),
      };
    case 'more_slots':
      return { slotFactor: culprit.factor };
    case 'executor_wait':
      return { allExecutorsAtOnce: true };
    case 'driver_gap':
      return withoutLongestGap(model);
    case 'commit':
      return { endGapMs: (recorded) => Math.max(0, recorded - commitMs) };
  }
}

/** Work that one task held is not gone: it is spread over the stage, so the cap keeps the sum of the attempts' time. */
function cappedStage(model: ReplayModel, stageId: number): ReplayChange {
  const caps = new Map<number, { cap: number; factor: number }>();
  for (const stage of model.stages) {
    if (stage.stageId !== stageId) continue;
    const durations = stage.attempts.filter(({ rework }) => !rework).map(({ durationMs }) => durationMs);
    const cap = quantile(durations, 0.75);
    const sum = durations.reduce((total, ms) => total + ms, 0);
    const kept = durations.reduce((total, ms) => total + Math.min(ms, cap), 0);
    caps.set(stage.row, { cap, factor: kept > 0 ? sum / kept : 1 });
  }
  return {
    attempt: (attempt, stage) => {
      const capped = caps.get(stage.row);
      return capped ? Math.min(attempt.durationMs, capped.cap) * capped.factor : attempt.durationMs;
    },
  };
}

function usualHost(host: string): ReplayChange {
  const medians = new Map<ReplayStage, number>();
  const medianOf = (stage: ReplayStage): number => {
    const known = medians.get(stage);
    if (known !== undefined) return known;
    const others = stage.attempts.filter((attempt) => attempt.host !== host && attempt.completes);
    const median =
      others.length > 0
        ? quantile(
            others.map(({ durationMs }) => durationMs),
            0.5,
          )
        : Number.POSITIVE_INFINITY;
    medians.set(stage, median);
    return median;
  };
  const capped = (attempt: ReplayAttempt, stage: ReplayStage) =>
    attempt.host === host ? Math.min(attempt.durationMs, medianOf(stage)) : attempt.durationMs;
  return { attempt: capped };
}

function withoutLongestGap(model: ReplayModel): ReplayChange {
  let longest = 0;
  const gaps = (_: ReplayStage, recorded: number) => {
    longest = Math.max(longest, recorded);
    return recorded;
  };
  // Gaps are told in order; the first stage's is the start of the run and stays.
  const [first] = model.stages;
  let latest = first?.completedAt ?? model.from;
  for (const stage of model.stages.slice(1)) {
    gaps(stage, stage.submittedAt - latest);
    latest = Math.max(latest, stage.completedAt);
  }
  const end = model.to - latest;
  if (end > longest) return { endGapMs: () => 0 };
  return { gapMs: (stage, recorded) => (stage !== first && recorded >= longest ? 0 : recorded) };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
