import { provesLink } from './gold-lines.ts';
import { rightCause } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

/**
 * The links of the truth that the chain of the right cause tells in their order, each by a link that cites a line which proves it. One link may tell two of the
 * truth; a chain told backwards keeps one.
 */
export const CHAIN = scorerOf({
  name: 'chain',
  measures: 'the share of the true links that the chain tells in order, each on a line that proves it',
  expects: ({ evidence, behaviour }) => evidence.length > 0 && behaviour === 'answer',
  judge: ({ diagnosis, expected }) => {
    const cause = rightCause(diagnosis, expected);
    if (cause === undefined) return { value: 0, detail: 'no right cause is named' };
    const byId = new Map(diagnosis.evidence.map((piece) => [piece.id, piece]));
    const told = cause.chain.map(({ evidence }) => evidence.flatMap((id) => byId.get(id) ?? []));
    const proving = expected.evidence.map((gold) =>
      told.flatMap((pieces, at) => (pieces.some((piece) => provesLink(piece, gold)) ? [at] : [])),
    );
    const found = inOrder(proving);
    const missing = expected.evidence.filter((_, at) => proving[at]?.length === 0).map(({ link }) => link);
    return {
      value: found / expected.evidence.length,
      detail: missing.length > 0 ? `not told on its lines: ${missing.join('; ')}` : 'told in another order',
      figures: { links: cause.chain.length, grounded: told.filter((pieces) => pieces.length > 0).length },
    };
  },
});

/** The most links of the truth that can be found at positions which never go back. */
function inOrder(proving: readonly (readonly number[])[]): number {
  // most[p]: links found so far, the last of them at position p.
  const most = new Map<number, number>();
  for (const positions of proving) {
    const before = new Map(most);
    for (const at of positions) {
      const best = Math.max(0, ...[...before].filter(([position]) => position <= at).map(([, found]) => found));
      most.set(at, Math.max(most.get(at) ?? 0, best + 1));
    }
  }
  return Math.max(0, ...most.values());
}
