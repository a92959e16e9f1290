import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Quote } from '../../tools/evidence/quote.ts';
import { count, plural } from '../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { RootCause } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { summarise } from './summarise.ts';

/** Symptoms told under "what is there shows". */
const SYMPTOMS_TOLD = 4;
/** Lines told of a thing that is well. */
const STATES_TOLD = 12;

/**
 * The first root cause of an outcome that names no fault: `none.healthy`, `none.still_running`, or
 * `unknown.insufficient_evidence` with what the material does show. Empty when a fault is named.
 */
export function verdictCauses(investigation: Investigation, book: EvidenceBook): RootCause[] {
  const { verdict } = investigation;
  if (verdict === 'answered') return [];
  if (verdict === 'needs_more') return [insufficient(investigation, book)];
  const code = verdict === 'healthy' ? 'none.healthy' : 'none.still_running';
  const told = stateTold(investigation, code);
  return [
    {
      ...blank(investigation),
      code,
      statement: summarise(investigation),
      // Counters of a whole cache suggest what holds for one part of its data.
      standing: isProven(told) && !isAboutData(investigation) ? 'confirmed' : 'likely',
      chain: told.map(({ statement, at, evidence }) => ({
        statement: statement[investigation.language],
        at: isoTime(at),
        component: null,
        evidence: book.citeAll(evidence),
      })),
    },
  ];
}

function insufficient(investigation: Investigation, book: EvidenceBook): RootCause {
  const { findings, language, subject, hasText, report } = investigation;
  // What other runs went through says nothing about one that is not known.
  const nobody = (subject.kind === 'unknown_id' && !hasText) || subject.kind === 'ambiguous';
  const symptoms = nobody
    ? []
    : findings.filter(({ symptom, evidence }) => symptom !== undefined && evidence.length > 0);
  const told = new Map((report?.told ?? symptoms).map((finding) => [finding.statement.en, finding]));
  return {
    ...blank(investigation),
    code: 'unknown.insufficient_evidence',
    statement: summarise(investigation),
    standing: 'inconclusive',
    chain: [...told.values()].slice(0, SYMPTOMS_TOLD).map((finding) => ({
      statement: finding.statement[language],
      at: isoTime(finding.at),
      component: null,
      evidence: book.citeAll(finding.evidence.slice(0, 1)),
    })),
  };
}

function blank(investigation: Investigation): Omit<RootCause, 'code' | 'statement' | 'standing' | 'chain'> {
  return { responsibility: 'unknown', component: null, at: isoTime(investigation.end.at), remediations: [] };
}

/** One thing that shows how the run stands. */
interface Told {
  statement: Bilingual;
  at: number | null;
  evidence: Evidence[];
}

/** What the asker handed in shows as much as the asker's word. */
function isProven(told: readonly Told[]): boolean {
  return told.some(({ evidence }) => evidence.some(({ provenance }) => provenance !== 'asker'));
}

function isAboutData({ report }: Investigation): boolean {
  return report?.kind === 'dataset' || report?.kind === 'path';
}

/** Who says that it ended well, or that it goes on: the areas' own findings of that code, the run's log, its host. */
function stateTold(investigation: Investigation, code: 'none.healthy' | 'none.still_running'): Told[] {
  const { findings, run, alive, report } = investigation;
  if (report) return report.told.slice(0, STATES_TOLD);
  const byAreas = findings
    .filter((finding) => finding.code === code && finding.evidence.length > 0)
    .slice(0, 2)
    .map(({ statement, at, evidence }) => ({ statement, at, evidence: evidence.slice(0, 2) }));
  const byLog = code === 'none.healthy' ? endOf(run) : progressOf(run);
  return [...byAreas, ...byLog, ...(code === 'none.still_running' ? lifeOf(alive) : [])];
}

function endOf(run: SparkRun | null): Told[] {
  const quote = run?.application.quotes.end;
  if (!run || !quote) return [];
  const { endedAt } = run.application;
  const jobs = run.jobs.filter((job) => job.result === 'succeeded').length;
  return [
    {
      statement: {
        en: `its log holds the application's own end; ${jobs} ${jobs === 1 ? 'job' : 'jobs'} succeeded`,
        zh: `日志里有应用自己的结束记录；${jobs} 个作业成功`,
      },
      at: endedAt,
      evidence: [recorded(run, quote, endedAt)],
    },
  ];
}

/** How far a run has come: its jobs, and the tasks of the stages at work. */
function progressOf(run: SparkRun | null): Told[] {
  const quote = run?.application.quotes.start;
  if (!run || !quote) return [];
  const done = run.jobs.filter((job) => job.result === 'succeeded').length;
  const working = run.stages.filter((stage) => stage.status === 'running');
  const stages = working.slice(0, 2).map(({ stageId, attempts, taskCount }) => ({
    en: `stage ${stageId} has ${count(attempts.succeeded)} of ${plural(taskCount, 'task')} done`,
    zh: `阶段 ${stageId} 已完成 ${attempts.succeeded}/${taskCount} 个任务`,
  }));
  const jobs = {
    en: `${count(done)} of ${plural(run.jobs.length, 'job')} started so far are done`,
    zh: `已开始 ${run.jobs.length} 个作业，完成 ${done} 个`,
  };
  const at = run.completeness.lastEventAt;
  const evidence = [
    recorded(run, quote, run.application.startedAt),
    ...working
      .slice(0, 2)
      .flatMap(({ quotes, submittedAt }) => (quotes.submitted ? [recorded(run, quotes.submitted, submittedAt)] : [])),
  ];
  return [
    {
      statement: {
        en: ['its log has no end yet', jobs.en, ...stages.map(({ en }) => en)].join('; '),
        zh: ['日志还没有结束记录', jobs.zh, ...stages.map(({ zh }) => zh)].join('；'),
      },
      at,
      evidence,
    },
  ];
}

const GOES_ON: Bilingual = {
  en: 'its own log is being written to, and its process lives on its host',
  zh: '它自己的日志仍在写入，进程在主机上还活着',
};

function lifeOf(alive: readonly Evidence[]): Told[] {
  return alive.length === 0 ? [] : [{ statement: GOES_ON, at: alive[0]?.at ?? null, evidence: [...alive] }];
}

function recorded({ provenance }: SparkRun, quote: Quote, at: number | null): Evidence {
  return { ...quote, area: 'spark', provenance, at };
}
