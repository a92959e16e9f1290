import { randomUUID } from 'node:crypto';
import type { Language } from '../../knowledge/bilingual.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { composeDiagnosis } from '../analyst/compose-diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { EvidenceBook } from './evidence-book.ts';
import { passGate } from './gate/pass-gate.ts';
import { look } from './look.ts';

/** One question with everything that belongs to it. */
export interface InvestigationRequest {
  question: string;
  platform: Platform;
  /** `auto` answers in the language of the question. */
  language: Language | 'auto';
  attachments: readonly PlatformFile[];
  /** The run to compare with. */
  compareWith?: { id: string } | { sources: readonly string[] } | 'last-good';
  /** Event logs named on the command line: the question is about them unless it names another run. */
  focusOn?: readonly PlatformFile[];
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

/** The whole way from a question to a diagnosis that has passed the gate, without a model. */
export async function investigate(request: InvestigationRequest): Promise<Diagnosis> {
  const investigation = await look(request, `inv_${randomUUID().replaceAll('-', '').slice(0, 10)}`);
  const book = new EvidenceBook();
  const composed = composeDiagnosis(investigation, book);
  return await passGate(composed, book, request.platform, investigation);
}
