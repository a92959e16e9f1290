import { randomUUID } from 'node:crypto';
import { composeDiagnosis } from '../analyst/compose-diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { EvidenceBook } from './evidence-book.ts';
import { passGate } from './gate/pass-gate.ts';
import type { InvestigationRequest } from './investigation-request.ts';
import { look } from './look.ts';

/** The whole way from a question to a diagnosis that has passed the gate, without a model. */
export async function investigate(request: InvestigationRequest): Promise<Diagnosis> {
  const investigation = await look(request, `inv_${randomUUID().replaceAll('-', '').slice(0, 10)}`);
  const book = new EvidenceBook();
  const composed = composeDiagnosis(investigation, book);
  return await passGate(composed, book, request.platform, investigation);
}
