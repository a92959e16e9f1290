import { createHash } from 'node:crypto';
import { asJsonLine, shownText } from '../../bot/agent/shown-text.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';

/** Characters of one text, and of one excerpt. */
const LONGEST = { text: 2_000, excerpt: 500 };
/** Pieces of evidence shown: those cited come first. */
const MOST_EVIDENCE = 30;

/**
 * An answer as a judge reads it: what a person is told, and the evidence that is cited for it, a line of JSON each. Never the truth of the scenario,
 * who wrote the answer (a judge prefers its own kind), or what changes from run to run.
 */
export function judgedText(diagnosis: Diagnosis): string {
  const { question, outcome, summary, explanation, refusal, rootCauses, theories, ruledOut, needed, notChecked } =
    diagnosis;
  const say = (text: string) => shownText(text, LONGEST.text);
  const cited = citedBy(diagnosis);
  const lines: [string, unknown][] = [
    ['question', say(question.text)],
    ['outcome', outcome],
    ['summary', say(summary)],
    ...(explanation ? [['explanation', say(explanation)] as [string, unknown]] : []),
    ...(refusal ? [['refusal', say(refusal.statement)] as [string, unknown]] : []),
    ...rootCauses.map(({ statement, standing, responsibility, chain, remediations }): [string, unknown] => [
      'cause',
      {
        says: say(statement),
        standing,
        responsibility,
        chain: chain.map((link) => ({ says: say(link.statement), evidence: link.evidence })),
        advised: remediations.map((remedy) => ({
          says: say(remedy.statement),
          ...(remedy.by ? { by: remedy.by } : {}),
          ...(remedy.settings.length > 0
            ? { settings: remedy.settings.map(({ key, from, to }) => `${key}: ${from ?? 'unset'} to ${to}`) }
            : {}),
        })),
      },
    ]),
    ...theories.map(({ text, denied, verdict, why, evidence }): [string, unknown] => [
      'guess',
      { says: say(text), ...(denied ? { denies: true } : {}), verdict, why: say(why ?? ''), evidence: evidence ?? [] },
    ]),
    ...ruledOut.map(({ why, evidence }): [string, unknown] => ['ruledOut', { why: say(why), evidence }]),
    ...needed.map(({ what, how }): [string, unknown] => ['needed', { what: say(what), how: say(how) }]),
    ...notChecked.map(({ area, why }): [string, unknown] => ['notChecked', `${area}: ${say(why)}`]),
    ...diagnosis.evidence
      .filter(({ id }) => cited.has(id))
      .slice(0, MOST_EVIDENCE)
      // Not where it lies: a recording that is packed otherwise changes no answer.
      .map(({ id, provenance, excerpt }): [string, unknown] => [
        'evidence',
        { id, by: provenance, text: shownText(excerpt, LONGEST.excerpt) },
      ]),
  ];
  return lines.map(([label, value]) => `${label} ${asJsonLine(value)}`).join('\n');
}

/** Names an answer as it was judged or labelled: another text, another name. */
export function answerHash(diagnosis: Diagnosis): string {
  return createHash('sha256').update(judgedText(diagnosis)).digest('hex').slice(0, 16);
}

function citedBy({ summary, explanation, rootCauses, theories, ruledOut }: Diagnosis): ReadonlySet<string> {
  const inText = [summary, explanation ?? ''].flatMap((text) => text.match(/\be\d{1,4}\b/g) ?? []);
  return new Set([
    ...inText,
    ...rootCauses.flatMap(({ chain }) => chain.flatMap(({ evidence }) => evidence)),
    ...theories.flatMap(({ evidence }) => evidence ?? []),
    ...ruledOut.flatMap(({ evidence }) => evidence),
  ]);
}
