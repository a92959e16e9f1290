import { settingOf } from '../../../knowledge/causes/settings.ts';
import type { Platform } from '../../../tools/platform/platform.ts';
import { summarise } from '../../analyst/summarise.ts';
import { type ChainLink, DIAGNOSIS, type Diagnosis, type RootCause } from '../diagnosis.ts';
import type { EvidenceBook } from '../evidence-book.ts';
import type { Investigation } from '../investigation.ts';
import { checkCitations } from './check-citations.ts';
import { figuresIn, unknownFigures } from './check-numbers.ts';

/**
 * The last check before a diagnosis reaches anybody, in code. Citations that do not resolve are taken out, and a chain whose
 * root lost its proof is not confirmed any more; a link with a figure that nobody measured or computed is taken out; settings
 * outside the catalogue are not advised. What remains fits the contract.
 */
export async function passGate(
  diagnosis: Diagnosis,
  book: EvidenceBook,
  platform: Platform,
  investigation: Investigation,
): Promise<Diagnosis> {
  const failed = await checkCitations(platform, book);
  const known = knownNumbers(investigation, book);
  const rootCauses = diagnosis.rootCauses.map((cause) => checkedCause(cause, failed, known));
  const used = usedIds({ ...diagnosis, rootCauses });
  const valid = (ids: readonly string[]) => ids.filter((id) => !failed.has(id));
  return DIAGNOSIS.parse({
    ...diagnosis,
    rootCauses,
    theories: diagnosis.theories.map((theory) =>
      theory.evidence ? { ...theory, evidence: valid(theory.evidence) } : theory,
    ),
    ruledOut: diagnosis.ruledOut.map((entry) => ({ ...entry, evidence: valid(entry.evidence) })),
    ledger: diagnosis.ledger && {
      ...diagnosis.ledger,
      accounts: diagnosis.ledger.accounts.map((entry) => ({ ...entry, evidence: valid(entry.evidence) })),
    },
    evidence: diagnosis.evidence.filter(({ id }) => used.has(id) && !failed.has(id)),
  });
}

function checkedCause(cause: RootCause, failed: ReadonlySet<string>, known: readonly number[]): RootCause {
  const chain = cause.chain
    .filter((link) => unknownFigures(link.statement, known).length === 0)
    .map((link) => ({ ...link, evidence: link.evidence.filter((id) => !failed.has(id)) }));
  const complete = chain.length === cause.chain.length && !lostProof(cause.chain.at(-1), chain.at(-1));
  return {
    ...cause,
    standing: cause.standing === 'confirmed' && !complete ? 'likely' : cause.standing,
    chain,
    remediations: cause.remediations.map((remedy) => ({
      ...remedy,
      settings: remedy.settings
        .filter(({ key }) => settingOf(key) !== undefined)
        .map((setting) => ({ ...setting, evidence: setting.evidence.filter((id) => !failed.has(id)) })),
    })),
  };
}

function lostProof(before: ChainLink | undefined, after: ChainLink | undefined): boolean {
  return (
    before !== undefined &&
    (after === undefined || (before.evidence.length > 0 && after.evidence.length < before.evidence.length))
  );
}

/** Every number that was read or computed: evidence, the values and statements of rules, the ledger and the comparison. */
function knownNumbers(investigation: Investigation, book: EvidenceBook): number[] {
  const known: number[] = [];
  for (const { evidence } of book.cited()) known.push(...figuresIn(evidence.excerpt));
  for (const finding of investigation.findings) {
    known.push(finding.count, ...figuresIn(finding.statement.en), ...figuresIn(finding.statement.zh));
    for (const value of Object.values(finding.values))
      known.push(...(typeof value === 'number' ? [value] : figuresIn(value)));
  }
  for (const entry of investigation.ledger?.accounts ?? []) known.push(entry.ms);
  known.push(...figuresIn(investigation.question.text), ...(investigation.comparison?.baselineWallClockMs ?? []));
  known.push(...figuresIn(summarise(investigation)));
  return known;
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
