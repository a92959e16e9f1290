import type { LabIncident } from './lab-incident.ts';
import type { Answer } from './wherefore.ts';

/** What became of an incident: the answers to one question, the same question put in other words, and whether they are right. */
export interface IncidentResult {
  name: string;
  /** The incident happened, as shown without the product. */
  proven: boolean;
  during: Answer | null;
  duringReplayed: Answer | null;
  after: Answer | null;
  replayed: Answer | null;
  /** Asked afterwards, live, with nothing but the job's name. */
  byName: Answer | null;
  /** The same with nothing but the application's id; null where nobody gave it one. */
  byId: Answer | null;
  /** Reasons why it did not pass; empty when it did. */
  failures: readonly string[];
}

/** What the answers of an incident are judged by. */
export type IncidentAnswers = Omit<IncidentResult, 'name' | 'failures'>;

/** Why an incident did not pass, one reason for each thing that is not as its truth says. */
export function judgeIncident({ truth, during }: LabIncident, answers: IncidentAnswers): string[] {
  const wanted = [truth.code, ...truth.acceptable];
  const meanwhile = during ? [during.code, ...during.acceptable] : wanted;
  const { byName, byId } = answers;
  const live = { during: answers.during, after: answers.after, 'by name': byName, 'by id': byId };
  const forbidden = Object.entries(live).flatMap(([when, answer]) =>
    (answer?.causes ?? [])
      .filter(({ code, standing }) => truth.mustNotCode.includes(code) && standing === 'confirmed')
      .map(({ code }) => `${when}: confirms ${code}`),
  );
  return [
    ...(answers.proven ? [] : ['not shown to have happened']),
    ...forbidden,
    ...unless(meanwhile, 'during', answers.during),
    ...unless(wanted, 'after', answers.after),
    ...(byName === null ? [] : unless(wanted, 'by name', byName)),
    ...(byId === null ? [] : unless(wanted, 'by id', byId)),
    ...same('during', answers.during, answers.duringReplayed),
    ...same('after', answers.after, answers.replayed),
  ];
}

/** The first cause of an answer; empty when there is no answer or no cause. */
export function firstCause(answer: Answer | null): string {
  return answer?.causes[0]?.code ?? '';
}

function unless(wanted: readonly string[], when: string, answer: Answer | null): string[] {
  const told = firstCause(answer);
  return wanted.includes(told) ? [] : [`${when}: ${told === '' ? 'no cause' : told}`];
}

function same(when: string, live: Answer | null, replayed: Answer | null): string[] {
  return firstCause(live) === firstCause(replayed) ? [] : [`${when}: replays to ${firstCause(replayed) || 'no cause'}`];
}
