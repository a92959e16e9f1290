import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { RootCause } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { summarise } from './summarise.ts';

/** Symptoms told under "what is there shows". */
const SYMPTOMS_TOLD = 4;

/**
 * The first root cause of an outcome that names no fault: `none.healthy`, `none.still_running`, or
 * `unknown.insufficient_evidence` with what the material does show. Empty when a fault is named.
 */
export function verdictCauses(investigation: Investigation, book: EvidenceBook): RootCause[] {
  const { verdict } = investigation;
  if (verdict === 'answered') return [];
  if (verdict === 'needs_more') return [insufficient(investigation, book)];
  const code = verdict === 'healthy' ? 'none.healthy' : 'none.still_running';
  const evidence = stateEvidence(investigation, code);
  return [
    {
      ...blank(investigation),
      code,
      statement: summarise(investigation),
      standing: evidence.length > 0 ? 'confirmed' : 'likely',
      chain: evidence.length > 0 ? [{ ...linkOf(investigation), evidence: book.citeAll(evidence) }] : [],
    },
  ];
}

function insufficient(investigation: Investigation, book: EvidenceBook): RootCause {
  const symptoms = investigation.findings.filter(
    (finding) => finding.symptom !== undefined && finding.evidence.length > 0,
  );
  return {
    ...blank(investigation),
    code: 'unknown.insufficient_evidence',
    statement: summarise(investigation),
    standing: 'inconclusive',
    chain: symptoms.slice(0, SYMPTOMS_TOLD).map((finding) => ({
      statement: finding.statement[investigation.language],
      at: isoTime(finding.at),
      component: null,
      evidence: book.citeAll(finding.evidence.slice(0, 1)),
    })),
  };
}

function blank(investigation: Investigation): Omit<RootCause, 'code' | 'statement' | 'standing' | 'chain'> {
  return { responsibility: 'unknown', component: null, at: isoTime(investigation.end.at), remediations: [] };
}

function linkOf(investigation: Investigation): Omit<RootCause['chain'][number], 'evidence'> {
  return { statement: summarise(investigation), at: isoTime(investigation.end.at), component: null };
}

/** Who says that it ended well, or that it goes on: the areas' own findings of that code, else the run's own log. */
function stateEvidence(investigation: Investigation, code: 'none.healthy' | 'none.still_running'): Evidence[] {
  const told = investigation.findings
    .filter((finding: Finding) => finding.code === code)
    .flatMap((finding) => finding.evidence);
  const { run } = investigation;
  const own = run
    ? [run.application.quotes.end, ...(code === 'none.still_running' ? [run.application.quotes.start] : [])]
    : [];
  const spoken = own.flatMap((quote): Evidence[] =>
    quote ? [{ ...quote, area: 'spark', provenance: 'engine', at: run?.application.endedAt ?? null }] : [],
  );
  return [...told.slice(0, 2), ...spoken, ...(code === 'none.still_running' ? investigation.alive : [])];
}
