import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Hypothesis } from '../../investigation/joining/hypothesis.ts';
import { contentWords } from './case-words.ts';
import { claimsIn } from './claimed-cause.ts';
import { namedCodes } from './named-codes.ts';

/** Verbs by which something does harm to a run. */
const HARMS = /\b(?:kill|broke|stopp|ended|crash|fail|took|brought|slow)\w{0,4}\b|杀死|拖慢|中断|失败/i;

/** The hypotheses that a sentence speaks of: by what people call their cause, or by a host or id that no other is keyed by. */
export function namedHypotheses(sentence: string, order: readonly Hypothesis[]): Hypothesis[] {
  const codes = new Set(namedCodes(sentence));
  const words = new Set(contentWords(sentence));
  return order.filter(
    (hypothesis) =>
      codes.has(hypothesis.code) ||
      isTitled(hypothesis, words) ||
      keysOf(hypothesis).some(
        (key) => sentence.includes(key) && !order.some((other) => other !== hypothesis && keysOf(other).includes(key)),
      ),
  );
}

/** What a clause lays the matter to: of `X because Y` only Y. */
const LAID_TO = /(?:\bbecause(?: of)?\b|\bdue to\b|\bowing to\b|因为|由于)(.{0,2000})$/is;

/** True when a sentence makes a hypothesis the cause that stands behind another, and does not speak of the first at all. */
export function claimsLesserCause(sentence: string, order: readonly Hypothesis[]): boolean {
  const [first] = order;
  if (!first || namedHypotheses(sentence, order).includes(first)) return false;
  const inChain = new Set(first.links.map(({ finding }) => finding.code));
  return claimsIn(sentence, HARMS).some((clause) =>
    namedHypotheses(LAID_TO.exec(clause)?.[1] ?? clause, order).some(
      ({ code, effectOf }) => effectOf !== first.code && !inChain.has(code),
    ),
  );
}

/** What would be if: nothing is claimed to have been. */
const SUPPOSED = /\b(?:would|if|had it)\b|如果|若是?|假如|本应|本该/i;

/**
 * True when a sentence claims a cause that the evidence rules out. One that speaks of the first hypothesis may say it in words that people have for
 * both: a container at its limit is the kernel's doing or the node manager's.
 */
export function affirmsRuledOut(
  sentence: string,
  ruledOut: ReadonlySet<CauseCode>,
  order: readonly Hypothesis[] = [],
): boolean {
  if (ruledOut.size === 0 || SUPPOSED.test(sentence)) return false;
  const [first] = order;
  if (first && namedHypotheses(sentence, order).includes(first)) return false;
  return claimsIn(sentence, HARMS).some((clause) => namedCodes(clause).some((code) => ruledOut.has(code)));
}

/** True when half of the words of its title stand in a sentence. */
function isTitled({ code }: Hypothesis, words: ReadonlySet<string>): boolean {
  const { title } = causeOf(code);
  return [title.en, title.zh].some((text) => {
    const own = contentWords(text);
    return own.length > 2 && own.filter((word) => words.has(word)).length >= own.length / 2;
  });
}

function keysOf({ links, roots }: Hypothesis): string[] {
  return [...links.map(({ finding }) => finding), ...roots]
    .flatMap(({ keys }) => Object.values(keys).map(String))
    .filter((key) => key.length > 3);
}
