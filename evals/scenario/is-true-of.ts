import type { Scenario } from './scenario.ts';

/** Whether a code is a cause of the scenario, or right as well. */
export function isTrueOf({ expected }: Pick<Scenario, 'expected'>, code: string): boolean {
  return [...expected.causes, ...expected.alsoRight].some((known) => known === code);
}
