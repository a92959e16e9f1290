import type { Language } from '../../knowledge/bilingual.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { RemediationSkeleton, Setting } from '../../knowledge/causes/cause.ts';
import { settingOf } from '../../knowledge/causes/settings.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { RootCause } from '../investigation/diagnosis.ts';
import type { Hypothesis } from '../investigation/joining/hypothesis.ts';
import { type Proposal, proposeSettings } from './propose-settings.ts';

type Remedy = RootCause['remediations'][number];

/** At most this many sentences for each side: the fix, not a manual. */
const MAX_EACH = 2;

/**
 * What to do about a cause: the catalogue's directions, the person who asks first, with the values computed from the
 * evidence. Where none could be computed, the first direction names the setting that it is about, without a value.
 *
 * @param engine whose settings the reader can set
 */
export function remediesFor(
  hypothesis: Hypothesis,
  settings: Readonly<Record<string, string>>,
  language: Language,
  cite: (evidence: readonly Evidence[]) => string[],
  engine: Setting['engine'] = 'spark',
): Remedy[] {
  const { remediations: all, runbook } = causeOf(hypothesis.code);
  const harm = hypothesis.root.symptom === 'slow' ? 'slowness' : 'failure';
  const remediations = all.filter(({ when }) => when === undefined || when === harm);
  const open = proposeSettings(hypothesis.root, settings);
  const ordered = [
    ...remediations.filter(({ by }) => by === 'user'),
    ...remediations.filter(({ by }) => by === 'platform'),
  ];
  const remedies = ordered.map((skeleton) => ({
    skeleton,
    proposals: take(open, (proposal) => skeleton.settings.includes(proposal.key)),
  }));
  const [first] = remedies;
  if (first && open.length > 0) first.proposals.push(...take(open, () => true));
  const chosen = (['user', 'platform'] as const).flatMap((by) => {
    const side = remedies.filter(({ skeleton }) => skeleton.by === by);
    return [...side].sort((a, b) => Number(b.proposals.length > 0) - Number(a.proposals.length > 0)).slice(0, MAX_EACH);
  });
  const nothingComputed = chosen.every(({ proposals }) => proposals.length === 0);
  return chosen.map(({ skeleton, proposals }, at) => ({
    statement:
      skeleton.statement[language] +
      (nothingComputed && at === 0 ? keyNamed(skeleton, hypothesis, engine, language) : ''),
    settings: proposals.map(({ key, from, to, because, evidence }) => ({
      key,
      from,
      to,
      because: because[language],
      evidence: cite(evidence.slice(0, 2)),
    })),
    runbook: runbook !== undefined && skeleton.section !== undefined ? `${runbook}#${skeleton.section}` : null,
    by: skeleton.by,
  }));
}

/** ` (spark.executor.memoryOverhead)`: the first setting of a direction that the reader's engine knows. */
function keyNamed(
  skeleton: RemediationSkeleton,
  { root }: Hypothesis,
  engine: Setting['engine'],
  language: Language,
): string {
  const known = skeleton.settings.filter((key) => settingOf(key)?.engine === engine);
  const [own, other] = root.keys.executorId === 'driver' ? ['driver', 'executor'] : ['executor', 'driver'];
  const key = known.find(
    (candidate) =>
      !known.includes(candidate.replace(`spark.${other}.`, `spark.${own}.`)) || candidate.startsWith(`spark.${own}.`),
  );
  if (key === undefined) return '';
  return language === 'zh' ? `（${key}）` : ` (${key})`;
}

function take(from: Proposal[], wanted: (proposal: Proposal) => boolean): Proposal[] {
  const taken = from.filter(wanted);
  for (const proposal of taken) from.splice(from.indexOf(proposal), 1);
  return taken;
}
