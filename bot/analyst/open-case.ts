import type { Investigation } from '../investigation/investigation.ts';
import type { OpenCase } from './needed-evidence.ts';

/** What is known of a case that does not decide: from its symptoms, for the exact commands. */
export function openCaseOf(investigation: Investigation): OpenCase {
  const { subject } = investigation;
  // What happened to others says nothing about a run that nobody knows.
  const findings = subject.kind === 'unknown_id' && !investigation.hasText ? [] : investigation.findings;
  const first = <Key extends 'host' | 'containerId' | 'podName'>(key: Key): string | null =>
    findings.find((finding) => finding.symptom !== undefined && finding.keys[key] !== undefined)?.keys[key] ?? null;
  const at = findings.find((finding) => finding.symptom !== undefined && finding.at !== null)?.at ?? null;
  const chosen = subject.kind === 'chosen' ? subject.candidate.id : subject.kind === 'unknown_id' ? subject.id : null;
  return {
    findings,
    applicationId: chosen !== null && /^(?:application_|app-|local-|spark-)/.test(chosen) ? chosen : null,
    host: first('host'),
    containerId: first('containerId'),
    podName: first('podName'),
    clock: at === null ? null : new Date(at).toISOString().slice(11, 16),
    unknownId: subject.kind === 'unknown_id' ? subject.id : null,
    ambiguous: subject.kind === 'ambiguous',
    readNothing: investigation.readNothing,
    aboutSlowness: investigation.question.asks === 'slowness',
    hasText: investigation.hasText,
    words: investigation.words,
  };
}
