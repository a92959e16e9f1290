import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { maskStrings } from '../investigation/gate/mask-strings.ts';
import type { Feedback } from './kept-cases/kept-cases.ts';
import type { ResolvedCase } from './resolved-case.ts';

/** A case that may become a scenario of the evals, once a person has looked at it. */
export interface ScenarioCandidate {
  schemaVersion: 1;
  kind: 'scenario_candidate';
  caseId: string;
  /** Why it was kept. */
  because: 'resolved' | 'not_helpful';
  /** What a person has to see to before it is a scenario. */
  review: readonly string[];
  question: Diagnosis['question'];
  /** What the resolver says; null: nobody resolved it. */
  resolved: { code: string | null; fixedBy: string; by: string | null; on: string; agrees: boolean | null } | null;
  feedback: readonly { helpful: boolean; reason: string | null; at: string }[];
  /** What was read for it, by area: what a capture of it has to hold. */
  sources: readonly { area: string; source: string }[];
  diagnosis: Diagnosis;
}

/** Makes a candidate of a case, secrets masked. The answer is what the bot said, not the truth: the truth is what a person proves. */
export function scenarioCandidate(
  caseId: string,
  diagnosis: Diagnosis,
  resolved: Omit<ResolvedCase, 'diagnosis'> | null,
  feedback: readonly Feedback[],
): ScenarioCandidate {
  const answered = diagnosis.rootCauses[0]?.code ?? null;
  const sources = new Map(diagnosis.evidence.map(({ area, source }) => [`${area} ${source}`, { area, source }]));
  return maskStrings({
    schemaVersion: 1,
    kind: 'scenario_candidate',
    caseId,
    because: resolved ? 'resolved' : 'not_helpful',
    review: [
      'Prove the cause from the bytes: what the answer and the resolver say is no proof.',
      'Record a capture of what was read (sources); without one there is no scenario.',
      'Take out what is private: names of people, paths, hosts, figures of business, anything secret that masking missed.',
      ...(resolved ? [] : ['Find out what was wrong or missing: the feedback says only that it did not help.']),
    ],
    question: diagnosis.question,
    resolved: resolved && {
      code: resolved.code ?? null,
      fixedBy: resolved.fixedBy,
      by: resolved.resolver,
      on: resolved.resolvedOn,
      agrees: resolved.code === null ? null : resolved.code === answered,
    },
    feedback: feedback.map(({ helpful, reason, atMs }) => ({
      helpful,
      reason: reason === null ? null : maskSecrets(reason),
      at: new Date(atMs).toISOString(),
    })),
    sources: [...sources.values()],
    diagnosis,
  }) as ScenarioCandidate;
}
