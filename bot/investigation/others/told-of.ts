import type { Ownership } from '../../access/ownership.ts';
import type { Investigation } from '../investigation.ts';
import type { Candidate } from '../subject/candidate.ts';
import { owner, runOf } from './known-owners.ts';
import { namesOther } from './pseudonyms.ts';

const APPLICATION = /application_\d{10,16}_\d{4,12}/g;

/**
 * Whose runs an investigation tells of: its subject, runs it was compared with, runs it lists to choose from, and every one that a finding
 * names. Whoever may not read them all does not see the answer.
 */
export function toldOf(investigation: Investigation, candidates: readonly Candidate[]): Ownership[] {
  const { subject, comparison, findings, report, causes } = investigation;
  const told = new Map<string, Ownership>();
  const add = (run: Candidate) => told.set(run.id, owner(run));
  if (subject.kind === 'chosen') add(subject.candidate);
  if (subject.kind === 'ambiguous') subject.candidates.forEach(add);
  if (subject.kind === 'unknown_name') subject.others.forEach(add);
  const byId = new Map(candidates.map((run) => [run.id, run]));
  const mention = (id: string) => {
    if (told.has(id) || namesOther(id)) return;
    const known = byId.get(id);
    if (known) add(known);
    else if (/^application_/.test(id)) told.set(id, { id, names: [], user: null, queue: null });
  };
  for (const id of comparison?.with ?? []) mention(id);
  const all = [
    ...findings,
    ...(report?.told ?? []),
    ...causes.flatMap(({ links }) => links.map(({ finding }) => finding)),
  ];
  for (const { keys, statement, evidence } of all) {
    for (const id of [keys.applicationId, keys.containerId, keys.podName]) if (id !== undefined) mention(runOf(id));
    for (const text of [statement.en, ...evidence.map(({ excerpt }) => excerpt)])
      for (const [id] of text.matchAll(APPLICATION)) mention(id);
  }
  return [...told.values()];
}
