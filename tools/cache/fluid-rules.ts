import type { Finding } from '../evidence/finding.ts';
import type { Rule } from '../evidence/rule.ts';
import type { FluidCase, FluidFacts, FluidScope } from './fluid-facts.ts';
import { fluidDatasetNotBound } from './rules/fluid-dataset-not-bound.ts';
import { fluidFuseGone } from './rules/fluid-fuse-gone.ts';
import { fluidNotLoaded } from './rules/fluid-not-loaded.ts';
import { fluidWorkersMissing } from './rules/fluid-workers-missing.ts';

/** Every rule about datasets of Fluid. */
export const FLUID_RULES: readonly Rule<FluidCase>[] = [
  fluidDatasetNotBound,
  fluidFuseGone,
  fluidWorkersMissing,
  fluidNotLoaded,
];

/** Every judgement of these rules, for what the question is about. Pure. */
export function judgeFluid(facts: FluidFacts, scope: FluidScope): Finding[] {
  return FLUID_RULES.flatMap((rule) => rule.apply({ facts, scope }));
}
