import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { settingOf } from '../../../knowledge/causes/settings.ts';
import type { Platform } from '../../../tools/platform/platform.ts';
import { summarise } from '../../analyst/summarise.ts';
import { type ChainLink, DIAGNOSIS, type Diagnosis, type RootCause } from '../diagnosis.ts';
import type { EvidenceBook } from '../evidence-book.ts';
import type { Investigation } from '../investigation.ts';
import { checkCitations } from './check-citations.ts';
import { unknownFigures } from './check-numbers.ts';
import { knownNumbers } from './known-numbers.ts';

/**
 * The last check before a diagnosis reaches anybody, in code. Citations that do not resolve are taken out, and a chain whose
 * root lost its proof is not confirmed any more; what holds a figure that nobody measured or computed is taken out or said
 * without it; settings outside the catalogue are not advised. What remains fits the contract.
 */
export async function passGate(
  diagnosis: Diagnosis,
  book: EvidenceBook,
  platform: Platform,
  investigation: Investigation,
): Promise<Diagnosis> {
  const failed = await checkCitations(platform, book);
  const known = knownNumbers(investigation, book);
  const isKnown = (text: string) => unknownFigures(text, known).length === 0;
  const valid = (ids: readonly string[]) => ids.filter((id) => !failed.has(id));
  const { language } = diagnosis.question;
  const checked: Diagnosis = {
    ...diagnosis,
    summary: isKnown(diagnosis.summary) ? diagnosis.summary : summarise(investigation),
    rootCauses: diagnosis.rootCauses.map((cause) => checkedCause(cause, language, isKnown, valid)),
    theories: diagnosis.theories.map(({ why, evidence, ...theory }) => ({
      ...theory,
      ...(why !== undefined && isKnown(why) ? { why } : {}),
      ...(evidence ? { evidence: valid(evidence) } : {}),
    })),
    ruledOut: diagnosis.ruledOut
      .filter(({ why }) => isKnown(why))
      .map((entry) => ({ ...entry, evidence: valid(entry.evidence) })),
    ledger: diagnosis.ledger && {
      ...diagnosis.ledger,
      accounts: diagnosis.ledger.accounts.map((entry) => ({ ...entry, evidence: valid(entry.evidence) })),
    },
  };
  const used = usedIds(checked);
  return DIAGNOSIS.parse({
    ...checked,
    evidence: diagnosis.evidence.filter(({ id }) => used.has(id) && !failed.has(id)),
  });
}

function checkedCause(
  cause: RootCause,
  language: Diagnosis['question']['language'],
  isKnown: (text: string) => boolean,
  valid: (ids: readonly string[]) => string[],
): RootCause {
  const chain = cause.chain
    .filter(({ statement }) => isKnown(statement))
    .map((link) => ({ ...link, evidence: valid(link.evidence) }));
  const said = isKnown(cause.statement);
  const complete = said && chain.length === cause.chain.length && !lostProof(cause.chain.at(-1), chain.at(-1));
  return {
    ...cause,
    statement: said ? cause.statement : causeOf(cause.code).meaning[language],
    standing: cause.standing === 'confirmed' && !complete ? 'likely' : cause.standing,
    chain,
    remediations: cause.remediations
      .filter(({ statement }) => isKnown(statement))
      .map((remedy) => ({
        ...remedy,
        settings: remedy.settings
          .filter(({ key, because }) => settingOf(key) !== undefined && isKnown(because))
          .map((setting) => ({ ...setting, evidence: valid(setting.evidence) })),
      })),
  };
}

function lostProof(before: ChainLink | undefined, after: ChainLink | undefined): boolean {
  return (
    before !== undefined &&
    (after === undefined || (before.evidence.length > 0 && after.evidence.length < before.evidence.length))
  );
}

function usedIds(diagnosis: Diagnosis): ReadonlySet<string> {
  const used = new Set<string>();
  const add = (ids: readonly string[] | undefined) => {
    for (const id of ids ?? []) used.add(id);
  };
  for (const cause of diagnosis.rootCauses) {
    for (const link of cause.chain) add(link.evidence);
    for (const remedy of cause.remediations) for (const setting of remedy.settings) add(setting.evidence);
  }
  for (const theory of diagnosis.theories) add(theory.evidence);
  for (const entry of diagnosis.ruledOut) add(entry.evidence);
  for (const entry of diagnosis.ledger?.accounts ?? []) add(entry.evidence);
  return used;
}
