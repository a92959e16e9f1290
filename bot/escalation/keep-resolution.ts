import type { Language } from '../../knowledge/bilingual.ts';
import { draftRunbook, type RunbookDraft } from '../cases/draft-runbook.ts';
import type { ResolvedCase } from '../cases/resolved-case.ts';
import { scenarioCandidate } from '../cases/scenario-candidate.ts';
import type { Upload } from '../slack/outlet/outlet.ts';
import type { EscalationParts } from './escalation-parts.ts';
import type { Member, Resolution } from './hand-offs.ts';

/**
 * Makes of a resolution what others learn from and keeps it: a draft of a runbook, which is given back, and a candidate for a scenario. Null:
 * the case is deleted.
 */
export async function keepResolution(
  { diagnosisOf, feedbackOf, lessons }: EscalationParts,
  resolution: Resolution,
  { caseId, diagnosis: diagnosisId }: Member,
): Promise<RunbookDraft | null> {
  const diagnosis = await diagnosisOf(caseId, diagnosisId);
  if (!diagnosis) return null;
  const resolved = resolvedBy(resolution);
  const draft = draftRunbook({ diagnosis, ...resolved });
  await lessons.draft(draft);
  await lessons.candidate(scenarioCandidate(caseId, diagnosis, resolved, await feedbackOf(caseId)));
  return draft;
}

/** The draft as a file for the support thread. */
export function draftFile({ fileName, text }: RunbookDraft, language: Language): Upload {
  const title =
    language === 'zh' ? '手册草稿（待人工审阅后再发布）' : 'Draft of a runbook (to be reviewed before it is used)';
  return { name: fileName, title, alt: title, content: Buffer.from(text) };
}

/** A resolution as drafts and candidates take it. */
export function resolvedBy({ fixedBy, note, code, by, atMs }: Resolution): Omit<ResolvedCase, 'diagnosis'> {
  return {
    fixedBy: note === null ? fixedBy : `${fixedBy}\n${note}`,
    code,
    resolver: by,
    resolvedOn: new Date(atMs).toISOString().slice(0, 10),
  };
}
