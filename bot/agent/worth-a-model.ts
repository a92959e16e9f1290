import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Investigation } from '../investigation/investigation.ts';

/** How a model is used for an answer: not at all, one reading call of the small model, or the strong one with tools. */
export type ModelUse = 'none' | 'small' | 'strong';

/** A second explanation nearly as strong as the first: somebody has to weigh. */
const NEARLY = 0.9;

/**
 * Decides by cost. A refusal has nothing to explain, and a run that is healthy, with no guess of the asker left open and nothing that could not be
 * read, is told whole by the analyst: some 2,500 tokens would only say it in other words. A greeting is answered by code. An answer that stands
 * confirmed and alone costs one call of the small model; an open, weakly founded or contested one the strong model with tools.
 */
export function worthAModel(
  { question, causes, readNothing }: Investigation,
  { outcome, theories, rootCauses, notChecked }: Diagnosis,
  hasThread: boolean,
): ModelUse {
  if (outcome === 'refused' || readNothing) return 'none';
  if (question.asks === 'smalltalk') return 'none';
  const open =
    theories.some(({ verdict }) => verdict === 'open') || notChecked.some(({ reason }) => reason === 'failed');
  if (outcome === 'healthy' && !open && !hasThread) return 'none';
  if (outcome === 'needs_more') return 'strong';
  const [first, second] = causes;
  if (first && rootCauses[0]?.standing !== 'confirmed') return 'strong';
  const contested =
    first !== undefined &&
    second !== undefined &&
    second.effectOf === null &&
    second.standing === first.standing &&
    second.score >= first.score * NEARLY;
  return contested ? 'strong' : 'small';
}
