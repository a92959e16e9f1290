import { randomUUID } from 'node:crypto';
import { composeDiagnosis } from '../analyst/compose-diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { EvidenceBook } from './evidence-book.ts';
import { passGate } from './gate/pass-gate.ts';
import type { Investigation } from './investigation.ts';
import type { InvestigationRequest } from './investigation-request.ts';
import { lookThrough } from './look.ts';
import type { Veil } from './others/veil.ts';
import { untoldTroubles } from './untold-troubles.ts';
import { writtenAbout } from './written-about.ts';

/** An investigation with the analyst's answer and all that both cite, for whoever goes on from there. */
export interface Investigated {
  investigation: Investigation;
  book: EvidenceBook;
  /** The analyst's answer after the gate. */
  diagnosis: Diagnosis;
  /** What keeps others' runs from the asker, for whoever reads more; absent or null: the asker may read everything. */
  veil?: Veil | null;
}

/** The whole way from a question to a diagnosis that has passed the gate, without a model. */
export async function investigate(request: InvestigationRequest): Promise<Diagnosis> {
  return (await investigateWhole(request)).diagnosis;
}

/** The same, with the investigation behind it. */
export async function investigateWhole(request: InvestigationRequest): Promise<Investigated> {
  const { investigation: looked, veil } = await lookThrough(
    request,
    `inv_${randomUUID().replaceAll('-', '').slice(0, 10)}`,
  );
  const written = await writtenAbout(looked, request.knowledge, request.signal);
  const investigation = withTroubles({ ...looked, ...written, runbooksUrl: request.runbooksUrl ?? null }, request);
  request.onInvestigated?.(investigation);
  const book = request.earlier?.book ?? new EvidenceBook();
  const composed = composeDiagnosis(investigation, book);
  return { investigation, book, veil, diagnosis: await passGate(composed, book, request.platform, investigation) };
}

/** At the end, when everything was asked: what services did but answer. */
function withTroubles(investigation: Investigation, { platform }: InvestigationRequest): Investigation {
  const { skipped, notChecked } = investigation;
  const told = [...skipped, ...notChecked.map(({ why }) => why)];
  return { ...investigation, skipped: [...skipped, ...untoldTroubles(platform, told)] };
}
