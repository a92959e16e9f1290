import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Investigation } from '../investigation/investigation.ts';

/** Changes told: those that could have moved the growth first. */
const CHANGES_TOLD = 8;

/** The comparison as the contract writes it. Secrets in values of settings are masked where they are shown. */
export function composeComparison(investigation: Investigation): Diagnosis['comparison'] {
  const { comparison } = investigation;
  if (!comparison) return null;
  const changes = [...comparison.changes].sort((a, b) => b.explainsMs - a.explainsMs);
  return {
    with: [...comparison.with],
    baseline: comparison.baseline,
    accounts: comparison.accounts.map(({ account, usualMs, deltaMs }) => ({ account, deltaMs, baselineMs: usualMs })),
    changes: changes.slice(0, CHANGES_TOLD).map(({ what, name, from, to }) => ({ what, name, from, to })),
    baselineWallClockMs: [...comparison.baselineWallClockMs].sort((a, b) => a - b),
    unexplainedDeltaMs: comparison.unexplainedDeltaMs,
  };
}
