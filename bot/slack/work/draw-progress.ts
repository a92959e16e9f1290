import type { Language } from '../../../knowledge/bilingual.ts';
import type { Card } from '../../render/slack/card.ts';
import { type WorkStep, workingCard } from '../../render/slack/working-card.ts';
import type { ProgressStep, StepState } from '../outlet/progress.ts';

const STATES: Readonly<Record<StepState, WorkStep['state']>> = {
  pending: 'waiting',
  in_progress: 'running',
  complete: 'done',
  error: 'failed',
};

/** The card of progress for where Slack does not stream. */
export function drawProgress(asked: string) {
  return (steps: readonly ProgressStep[], _certain: readonly string[], language: Language): Card =>
    workingCard({
      asked,
      certain: null,
      steps: steps.map(({ title, state }) => ({ text: title, state: STATES[state] })),
      language,
      cancel: { caseId: null, diagnosis: null },
    });
}
