import type { ModelSettings } from '../../bot/agent/model-settings.ts';
import { MODEL_SETTING_NAMES, readModelSettings } from '../../bot/agent/read-model-settings.ts';

/** One answer, and one more for a form that is mended. */
const CALLS_OF_A_JUDGE = 2;

/**
 * The judge's model: every setting of the product's model, under `WHEREFORE_JUDGE_*`, with one name of a model, `WHEREFORE_JUDGE_MODEL`. It has to
 * be of another family than the model whose answers it reads: models prefer their own.
 *
 * @param given the environment; empty values count as not there
 * @param problems gets every wrong setting by its name, never its value
 * @returns null without an address, or with a problem
 */
export function readJudgeSettings(
  given: Readonly<Record<string, string | undefined>>,
  problems: string[],
): ModelSettings | null {
  const own: Record<string, string | undefined> = {};
  for (const name of MODEL_SETTING_NAMES) {
    const value = given[judgeName(name)];
    if (value !== undefined && value !== '') own[name] = value;
  }
  const found: string[] = [];
  const settings = readModelSettings(own, found);
  problems.push(...found.map(inJudgeNames));
  const answering = [given.WHEREFORE_MODEL_STRONG, given.WHEREFORE_MODEL_SMALL].filter((name) => name !== undefined);
  if (settings !== null && answering.includes(settings.strongModel)) {
    problems.push('WHEREFORE_JUDGE_MODEL: is the model that answers; take one of another family');
    return null;
  }
  if (settings === null || found.length > 0) return null;
  return { ...settings, limits: { ...settings.limits, modelCalls: CALLS_OF_A_JUDGE } };
}

/** The judge's name of a setting of the product's model. */
function judgeName(name: string): string {
  if (name === 'WHEREFORE_MODEL_STRONG') return 'WHEREFORE_JUDGE_MODEL';
  // One model judges everything.
  return name === 'WHEREFORE_MODEL_SMALL' ? '' : name.replace('WHEREFORE_MODEL_', 'WHEREFORE_JUDGE_');
}

function inJudgeNames(problem: string): string {
  return problem
    .replace(/WHEREFORE_MODEL_SMALL or WHEREFORE_MODEL_STRONG/g, 'WHEREFORE_JUDGE_MODEL')
    .replaceAll('WHEREFORE_MODEL_STRONG', 'WHEREFORE_JUDGE_MODEL')
    .replaceAll('WHEREFORE_MODEL_', 'WHEREFORE_JUDGE_');
}
