import { draftRunbook } from '../cases/draft-runbook.ts';
import type { Place } from '../cases/place.ts';
import { scenarioCandidate } from '../cases/scenario-candidate.ts';
import type { EscalationParts } from './escalation-parts.ts';
import type { Incident, Member } from './hand-offs.ts';

/**
 * Makes of a resolution what others learn from: a draft of a runbook, kept and hung into the support thread, and a candidate for a scenario.
 * Nothing when the case is deleted. `shown`: the support channel may see the case; otherwise the files are kept only.
 */
export async function keepResolution(
  { diagnosisOf, feedbackOf, lessons, outlet, settings }: EscalationParts,
  { id, resolution }: Incident,
  { caseId, diagnosis: diagnosisId }: Member,
  support: Place,
  shown: boolean,
  signal: AbortSignal,
): Promise<void> {
  const diagnosis = await diagnosisOf(caseId, diagnosisId);
  if (!diagnosis || !resolution) return;
  const { fixedBy, note, code, by, atMs } = resolution;
  const resolved = {
    fixedBy: note === null ? fixedBy : `${fixedBy}\n${note}`,
    code,
    resolver: by,
    resolvedOn: new Date(atMs).toISOString().slice(0, 10),
  };
  const draft = draftRunbook({ diagnosis, ...resolved });
  await lessons.draft(draft);
  await lessons.candidate(scenarioCandidate(caseId, diagnosis, resolved, await feedbackOf(caseId)));
  if (!shown) return;
  const title =
    settings.language === 'zh'
      ? '手册草稿（待人工审阅后再发布）'
      : 'Draft of a runbook (to be reviewed before it is used)';
  const content = Buffer.from(draft.text);
  await outlet.attach(`handoff-draft/${id}`, support, { name: draft.fileName, title, alt: title, content }, signal);
}
