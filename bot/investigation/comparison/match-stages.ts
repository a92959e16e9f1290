import type { LogicalStage } from './logical-stages.ts';

/** A stage of one run and the same stage of another; one of them is absent where there is no partner. */
export interface StageMatch {
  slow: LogicalStage | null;
  base: LogicalStage | null;
  /** 0 to 1. */
  confidence: number;
}

/** Weights of what two stages may share, adding up to one. Relations and operators say most, the call site least. */
const WEIGHTS = { shape: 0.25, relations: 0.25, operators: 0.2, query: 0.12, rdds: 0.08, site: 0.04, order: 0.06 };

/** Below this two stages only have their place in common. */
const LEAST_SIMILARITY = 0.5;

/** Pairs looked at among stages without a twin of the same signature. Above it only neighbours are. */
const MAX_PAIRS = 1_000_000;
const NEIGHBOURS = 200;

/**
 * Pairs the stages of two runs by structure (`ledger.md`): those of equal signature by their order, the rest by what they
 * have most in common. Never by id, never by the number of tasks.
 */
export function matchStages(slow: readonly LogicalStage[], base: readonly LogicalStage[]): StageMatch[] {
  const matches: StageMatch[] = [];
  const openSlow = new Set(slow);
  const openBase = new Set(base);
  const twins = new Map<string, LogicalStage[]>();
  for (const stage of base) {
    const same = twins.get(stage.signature);
    if (same) same.push(stage);
    else twins.set(stage.signature, [stage]);
  }
  for (const stage of slow) {
    const twin = twins.get(stage.signature)?.shift();
    if (!twin) continue;
    matches.push({ slow: stage, base: twin, confidence: 1 });
    openSlow.delete(stage);
    openBase.delete(twin);
  }
  for (const { a, b, similarity } of similarPairs([...openSlow], [...openBase], slow.length, base.length)) {
    if (!openSlow.has(a) || !openBase.has(b)) continue;
    matches.push({ slow: a, base: b, confidence: similarity });
    openSlow.delete(a);
    openBase.delete(b);
  }
  for (const stage of openSlow) matches.push({ slow: stage, base: null, confidence: 1 });
  for (const stage of openBase) matches.push({ slow: null, base: stage, confidence: 1 });
  return matches;
}

function similarPairs(
  slow: readonly LogicalStage[],
  base: readonly LogicalStage[],
  slowCount: number,
  baseCount: number,
) {
  const pairs: { a: LogicalStage; b: LogicalStage; similarity: number }[] = [];
  const all = slow.length * base.length <= MAX_PAIRS;
  for (const [i, a] of slow.entries()) {
    const centre = Math.round((i / Math.max(1, slow.length)) * base.length);
    const from = all ? 0 : Math.max(0, centre - NEIGHBOURS);
    const to = all ? base.length : Math.min(base.length, centre + NEIGHBOURS);
    for (let j = from; j < to; j++) {
      const b = base[j] as LogicalStage;
      const place = 1 - Math.abs(a.order / Math.max(1, slowCount) - b.order / Math.max(1, baseCount));
      const similarity = similarityOf(a, b) + WEIGHTS.order * place;
      if (similarity >= LEAST_SIMILARITY) pairs.push({ a, b, similarity });
    }
  }
  return pairs.sort((x, y) => y.similarity - x.similarity || x.a.order - y.a.order);
}

/** How much two stages share, 0 to 1 without their place. Different inputs are different stages. */
function similarityOf(a: LogicalStage, b: LogicalStage): number {
  if (a.relations.length > 0 && b.relations.length > 0 && overlap(a.relations, b.relations) === 0) return 0;
  return (
    WEIGHTS.shape * overlap(a.shape, b.shape) +
    WEIGHTS.relations * overlap(a.relations, b.relations) +
    WEIGHTS.operators * overlap(a.operators, b.operators) +
    WEIGHTS.query * (a.query === b.query ? 1 : 0) +
    WEIGHTS.rdds * overlap(a.rdds, b.rdds) +
    WEIGHTS.site * (a.site === b.site ? 1 : 0)
  );
}

/** Shared over all (Jaccard); 1 when neither has any. */
function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1;
  const both = a.filter((one) => b.includes(one)).length;
  return both / (a.length + b.length - both);
}
