import { provesLink } from './gold-lines.ts';
import { rightCause } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

/** How much of what the chain of the right cause cites is a line that the truth rests on. Others may be just as true: measured, no gate. */
export const EVIDENCE_PRECISION = scorerOf({
  name: 'evidence-precision',
  measures: 'the share of the citations in the right chain that lie on gold lines',
  expects: ({ evidence, behaviour }) => evidence.length > 0 && behaviour === 'answer',
  judge: ({ diagnosis, expected }) => {
    const ids = new Set(rightCause(diagnosis, expected)?.chain.flatMap(({ evidence }) => evidence) ?? []);
    const cited = diagnosis.evidence.filter(({ id }) => ids.has(id));
    if (cited.length === 0) return { value: 0, detail: 'nothing is cited for a right cause' };
    const gold = cited.filter((piece) => expected.evidence.some((link) => provesLink(piece, link)));
    return { value: gold.length / cited.length, detail: `${gold.length} of ${cited.length} citations are gold lines` };
  },
});

/** How many links of the truth have a line cited anywhere in the answer. */
export const EVIDENCE_RECALL = scorerOf({
  name: 'evidence-recall',
  measures: 'the share of the true links of which a line is cited somewhere in the answer',
  expects: ({ evidence }) => evidence.length > 0,
  judge: ({ diagnosis, expected }) => {
    const missed = expected.evidence.filter((link) => !diagnosis.evidence.some((piece) => provesLink(piece, link)));
    const all = expected.evidence.length;
    return { value: (all - missed.length) / all, detail: `not cited: ${missed.map(({ link }) => link).join('; ')}` };
  },
});
