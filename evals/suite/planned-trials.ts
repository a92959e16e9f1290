import type { Scenario } from '../scenario/scenario.ts';
import type { Ask } from '../trial/ask.ts';
import { asksOf } from '../trial/asks-of.ts';
import type { Variant } from '../trial/trial.ts';
import { VARIANT_PLANS } from '../variants/index.ts';
import type { Plan } from './plan.ts';

/** One trial that is to be made. */
export interface PlannedTrial {
  ask: Ask;
  variant: Variant;
  attempt: number;
}

/**
 * Every trial of a plan, in the order of the scenarios. Theories are taken from all scenarios, chosen or not: an ask is the same whatever
 * else is chosen.
 */
export function plannedTrials(plan: Plan, scenarios: readonly Scenario[]): PlannedTrial[] {
  const asks = asksOf(scenarios, plan.seed).filter((ask) => isChosen(ask, plan.filter));
  return plan.variants.flatMap((variant) => {
    const { takes, isRepeated } = VARIANT_PLANS[variant];
    const attempts = isRepeated ? plan.attempts : 1;
    return asks
      .filter(takes)
      .flatMap((ask) => Array.from({ length: attempts }, (_, at): PlannedTrial => ({ ask, variant, attempt: at + 1 })));
  });
}

function isChosen({ scenario, form, language }: Ask, filter: Plan['filter']): boolean {
  const { ids, tags, codes, forms, languages } = filter;
  return (
    anyOf(ids, (part) => scenario.id.includes(part)) &&
    anyOf(tags, (tag) => scenario.tags.includes(tag)) &&
    anyOf(codes, (code) => scenario.expected.causes.some((cause) => cause.startsWith(code))) &&
    anyOf(forms, (one) => one === form) &&
    anyOf(languages, (one) => one === language)
  );
}

function anyOf<Choice>(chosen: readonly Choice[], fits: (choice: Choice) => boolean): boolean {
  return chosen.length === 0 || chosen.some(fits);
}

/** The part of one worker: whole scenarios, so that a capture stays in its cache. */
export function trialsOfShard(trials: readonly PlannedTrial[], shard: number, shards: number): PlannedTrial[] {
  const place = new Map<string, number>();
  for (const { ask } of trials) if (!place.has(ask.scenario.id)) place.set(ask.scenario.id, place.size);
  return trials.filter(({ ask }) => (place.get(ask.scenario.id) ?? 0) % shards === shard);
}
