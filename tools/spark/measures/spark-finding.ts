import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding, Symptom } from '../../evidence/finding.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/** What a rule has to say; the rest of a finding follows from the run. */
export interface Judgement {
  rule: string;
  kind: Finding['kind'];
  code?: CauseCode;
  symptom?: Symptom;
  echo?: boolean;
  en: string;
  zh: string;
  keys?: JoinKeys;
  at: number | null;
  until?: number | null;
  evidence: Evidence[];
  count?: number;
  weight: number;
  values?: Record<string, number | string | null | undefined>;
  refutes?: readonly { code: CauseCode; why: Bilingual }[];
}

/** Most pieces of evidence one finding carries: enough to prove, few enough to read. */
const MAX_EVIDENCE = 8;

/** Completes a judgement to a finding of the Spark area. Nothing is `observed` without a line that says so. */
export function sparkFinding(run: SparkRun, said: Judgement): Finding {
  const keys: JoinKeys = { ...runKeys(run), ...said.keys };
  return {
    area: 'spark',
    rule: said.rule,
    kind: said.evidence.length > 0 ? said.kind : 'inferred',
    code: said.code ?? null,
    ...(said.symptom ? { symptom: said.symptom } : {}),
    ...(said.echo ? { echo: true } : {}),
    statement: { en: said.en, zh: said.zh },
    keys,
    at: said.at,
    ...(said.until === undefined ? {} : { until: said.until }),
    evidence: said.evidence.slice(0, MAX_EVIDENCE),
    count: said.count ?? 1,
    weight: Math.min(1, Math.max(0, Number.isFinite(said.weight) ? said.weight : 0)),
    values: knownValues(said.values ?? {}),
    ...(said.refutes && said.refutes.length > 0 ? { refutes: said.refutes } : {}),
  };
}

/** Application keys every finding of a run carries. */
function runKeys(run: SparkRun): JoinKeys {
  const { id, name, attempt, user } = run.application;
  const number = attempt !== null && /^\d{1,9}$/.test(attempt) ? Number(attempt) : undefined;
  return {
    ...(id ? { applicationId: id } : {}),
    ...(name ? { applicationName: name } : {}),
    ...(number === undefined ? {} : { applicationAttempt: number }),
    ...(user ? { user } : {}),
  };
}

/** Stage keys of a finding. */
export function stageKeys(stage: StageFacts): JoinKeys {
  const [job] = stage.jobIds;
  return {
    stageId: stage.stageId,
    stageAttempt: stage.attempt,
    ...(job === undefined ? {} : { jobId: job }),
    ...(stage.sqlExecutionId === null ? {} : { sqlExecutionId: stage.sqlExecutionId }),
  };
}

function knownValues(values: Record<string, number | string | null | undefined>): Record<string, number | string> {
  const known: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') known[name] = value;
    else if (typeof value === 'number' && Number.isFinite(value)) known[name] = roundedFigure(value);
  }
  return known;
}

/** Whole numbers for what is counted or measured in ms and bytes, three digits for ratios. */
function roundedFigure(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
}

/** The heaviest findings of a rule, without those too small to matter. */
export function heaviest(findings: readonly Finding[], minWeight = SPARK_THRESHOLDS.minWeight): Finding[] {
  return findings
    .filter((finding) => finding.weight >= minWeight)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, SPARK_THRESHOLDS.maxFindingsPerRule);
}
