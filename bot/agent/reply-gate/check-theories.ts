import type { Language } from '../../../knowledge/bilingual.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import type { Hypothesis } from '../../investigation/joining/hypothesis.ts';
import type { AgentReply } from '../agent-reply.ts';
import type { Held } from './check-sentence.ts';
import { checkText } from './check-text.ts';

type Theory = Diagnosis['theories'][number];

/** What a model says about the asker's guesses, as far as it stands, by their position in the diagnosis. */
export interface CheckedTheories {
  said: ReadonlyMap<number, Pick<Theory, 'verdict'> & { why?: string; evidence: string[] }>;
  problems: readonly string[];
}

/**
 * Holds verdicts about the asker's guesses against the evidence: what code decided stays decided; what it left open is confirmed only
 * by the first cause itself, and ruled out only by a finding that speaks against it.
 */
export function checkTheories(
  given: AgentReply['theories'],
  ids: ReadonlyMap<string, number>,
  { theories }: Diagnosis,
  { findings, language }: Pick<Investigation, 'findings' | 'language'> & { language: Language },
  first: Hypothesis | undefined,
  held: Held,
): CheckedTheories {
  const said = new Map<number, Pick<Theory, 'verdict'> & { why?: string; evidence: string[] }>();
  const problems: string[] = [];
  for (const { theory: id, verdict, reason, evidence } of given.slice(0, 16)) {
    const at = ids.get(id.trim());
    const theory = at === undefined ? undefined : theories[at];
    if (at === undefined || !theory) {
      problems.push(`theories: there is no ${id.slice(0, 40)}`);
      continue;
    }
    const foreign = evidence.filter((piece) => !held.evidence.has(piece));
    if (foreign.length > 0)
      problems.push(`theories ${id}: there is no evidence ${foreign.slice(0, 5).join(', ').slice(0, 80)}`);
    if (!mayStand(verdict, theory, findings, first)) {
      problems.push(`theories ${id}: the evidence says ${theory.verdict}`);
      continue;
    }
    const why = checkText(reason, `theories ${id}`, language, held);
    problems.push(...why.problems);
    said.set(at, {
      verdict,
      ...(why.text === '' ? {} : { why: why.text }),
      evidence: evidence.filter((piece) => held.evidence.has(piece)),
    });
  }
  return { said, problems };
}

function mayStand(
  verdict: Theory['verdict'],
  theory: Theory,
  findings: Investigation['findings'],
  first: Hypothesis | undefined,
): boolean {
  if (verdict === theory.verdict) return true;
  if (theory.verdict !== 'open' || theory.code === null) return false;
  const isFirst = first?.code === theory.code && first.standing === 'confirmed';
  const refuted = findings.some(({ refutes }) => refutes?.some(({ code }) => code === theory.code));
  if (verdict === 'confirmed') return theory.denied ? refuted : isFirst;
  return verdict === 'ruled_out' && (theory.denied ? isFirst : refuted);
}
