import type { ScenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { visibleText } from '../../bot/render/visible-text.ts';
import type { ProposedGold } from './gold-of-answer.ts';
import type { PrivateWords } from './private-words.ts';
import type { Reviews } from './scenario-text.ts';
import type { SuspectedTruth } from './suspected-truth.ts';

const BY: Readonly<Record<SuspectedTruth['by'], string>> = {
  resolver: 'the word of whoever resolved it',
  answer: 'the answer’s own: nobody named another',
  feedback: 'named in the feedback',
  nobody: 'nobody named it: the answer did not help, and what was right is not known',
};

/** What a person has to prove, field by field: nothing that a case says is proof. */
export function reviewsOf(
  { diagnosis, feedback }: ScenarioCandidate,
  truth: SuspectedTruth,
  { links, missing }: ProposedGold,
  words: PrivateWords,
): Reviews {
  const root = diagnosis.rootCauses[0];
  const agrees = root?.code === truth.code;
  const reasons = feedback.flatMap(({ helpful, reason }) => (helpful || reason === null ? [] : [reason]));
  const said =
    reasons.length === 0 ? '' : `; the feedback: ${visibleText(words.clean(reasons.join(' / '))).slice(0, 200)}`;
  const told = agrees ? 'as the answer says it: prove it' : 'the answer named another cause: find it';
  return {
    title: 'what it is about, for people who read reports; may say the cause',
    tags: 'guessed from the answer: all that fit, by evals/scenario/tags.ts',
    gateBecause: 'becomes always after five clean runs (README)',
    questions:
      'as asked, masked: nothing private, nothing that tells the cause; a second way to ask where only the name stands there',
    'expected.behaviour': 'what the right answer does',
    'expected.causes': `${BY[truth.by]}${said}. Prove it from the bytes`,
    'expected.alsoRight': 'codes that are right as well',
    'expected.forbidden': 'tempting and wrong; among them what somebody said it was not',
    'expected.components': told,
    'expected.window': agrees ? 'the answer’s time: widen it to what the bytes show' : told,
    'expected.responsibility': agrees ? told : 'as the catalogue has it for the cause',
    'expected.evidence': goldReview(agrees, links.length, missing.length),
    'expected.settings': 'keys that the resolver named: which of them are the fix',
    'expected.mustNotSay': 'names and secrets that no answer may repeat',
    'provenance.did': 'say what happened, as far as it is known',
    'provenance.engines': 'versions by engine, as they stand in the capture',
    'provenance.recordedOn': 'the day the capture was made',
    'provenance.checked':
      'how you proved it: lines read, what each of them says. No reader takes the file while it is empty',
  };
}

function goldReview(agrees: boolean, links: number, missing: number): string {
  if (links === 0) return 'the lines that prove each link, symptom first: none of the answer’s stand in a capture here';
  const whose = agrees
    ? 'the answer’s chain'
    : 'the chain of an answer that named another cause: its root end is wrong';
  return `${whose}; every line here stands in the capture${missing > 0 ? ', others do not (REVIEW.md)' : ''}. Read each: does it prove its link?`;
}
