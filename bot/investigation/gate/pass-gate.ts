import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { settingOf } from '../../../knowledge/causes/settings.ts';
import type { Platform } from '../../../tools/platform/platform.ts';
import { summarise } from '../../analyst/summarise.ts';
import { type ChainLink, DIAGNOSIS, type Diagnosis, type RootCause, type Standing } from '../diagnosis.ts';
import type { EvidenceBook } from '../evidence-book.ts';
import type { Investigation } from '../investigation.ts';
import { sayOthersIn } from '../others/pseudonyms.ts';
import { checkCitations } from './check-citations.ts';
import { unknownFigures } from './check-figures.ts';
import { knownFigures } from './known-figures.ts';
import { maskStrings } from './mask-strings.ts';
import { withoutUnproven } from './without-unproven.ts';

/** What the parts of a diagnosis are held against. */
interface Held {
  /** Every figure of the text was read or computed. */
  isKnown: (text: string) => boolean;
  /** The ids of these that were read in this investigation and stand where they are said to stand. */
  valid: (ids: readonly string[]) => string[];
  /** The highest standing that the investigation itself gives a code. */
  standingOf: (code: RootCause['code']) => Standing;
}

/**
 * The last check before a diagnosis reaches anybody, in code. Citations that do not resolve are taken out, and a chain that lost
 * proof is not confirmed any more; what holds a figure that nobody measured or computed is taken out or said without it; settings
 * outside the catalogue are not advised; no cause stands higher than what was found gives it; secrets are masked in every word. What remains fits the contract.
 */
export async function passGate(
  diagnosis: Diagnosis,
  book: EvidenceBook,
  platform: Platform,
  investigation: Investigation,
): Promise<Diagnosis> {
  const resolved = await resolvedIds(diagnosis, book, platform);
  const known = knownFigures(investigation, book);
  const held: Held = {
    isKnown: (text) => unknownFigures(text, known).length === 0,
    valid: (ids) => ids.filter((id) => resolved.has(id)),
    standingOf: (code) => standingGiven(code, investigation),
  };
  const { isKnown, valid } = held;
  const { language } = diagnosis.question;
  const { explanation, ...rest } = diagnosis;
  const checked: Diagnosis = {
    ...rest,
    ...(explanation !== undefined && isKnown(explanation) ? { explanation } : {}),
    summary: isKnown(diagnosis.summary) ? diagnosis.summary : summarise(investigation),
    rootCauses: diagnosis.rootCauses.map((cause) => checkedCause(cause, language, held)),
    theories: diagnosis.theories.map(({ why, evidence, ...theory }) => ({
      ...theory,
      ...(why !== undefined && isKnown(why) ? { why } : {}),
      ...(evidence ? { evidence: valid(evidence) } : {}),
    })),
    ruledOut: diagnosis.ruledOut
      .filter(({ why }) => isKnown(why))
      .map((entry) => ({ ...entry, evidence: valid(entry.evidence) })),
    ...(diagnosis.events ? { events: checkedLinks(diagnosis.events, held) } : {}),
    ledger: diagnosis.ledger && {
      ...diagnosis.ledger,
      accounts: diagnosis.ledger.accounts.map((entry) => ({ ...entry, evidence: valid(entry.evidence) })),
    },
  };
  const proven = withoutUnproven(checked, diagnosis.rootCauses, investigation);
  const used = usedIds(proven);
  const shown = { ...proven, evidence: diagnosis.evidence.filter(({ id }) => used.has(id)) };
  return DIAGNOSIS.parse(sayOthersIn(maskStrings(shown), language));
}

/** Ids whose entry is what the book holds, whose text stands at its place byte for byte. */
async function resolvedIds(diagnosis: Diagnosis, book: EvidenceBook, platform: Platform): Promise<ReadonlySet<string>> {
  const failed = await checkCitations(platform, book);
  const read = new Map(book.entries().map((entry) => [entry.id, JSON.stringify(Object.entries(entry).sort())]));
  const asRead = diagnosis.evidence.filter(
    (entry) => read.get(entry.id) === JSON.stringify(Object.entries(entry).sort()),
  );
  return new Set(asRead.map(({ id }) => id).filter((id) => !failed.has(id)));
}

/** A verdict about the whole (it is healthy, it goes on, it is not known) has no hypothesis of its own. */
function standingGiven(code: RootCause['code'], { causes, verdict }: Investigation): Standing {
  if (/^(?:none|unknown)\./.test(code)) return verdict === 'needs_more' ? 'inconclusive' : 'confirmed';
  if (verdict === 'needs_more') return 'inconclusive';
  return causes.find((hypothesis) => hypothesis.code === code)?.standing ?? 'inconclusive';
}

const HEIGHT: readonly Standing[] = ['inconclusive', 'likely', 'confirmed'];

function lower(a: Standing, b: Standing): Standing {
  return HEIGHT.indexOf(a) < HEIGHT.indexOf(b) ? a : b;
}

function checkedCause(cause: RootCause, language: Diagnosis['question']['language'], held: Held): RootCause {
  const { isKnown } = held;
  const chain = checkedLinks(cause.chain, held);
  const said = isKnown(cause.statement);
  const complete = said && chain.length === cause.chain.length && !lostProof(cause.chain, chain);
  return {
    ...cause,
    statement: said ? cause.statement : causeOf(cause.code).meaning[language],
    standing: lower(lower(cause.standing, held.standingOf(cause.code)), complete ? 'confirmed' : 'likely'),
    chain,
    remediations: cause.remediations
      .filter(({ statement }) => isKnown(statement))
      .map((remedy) => ({ ...remedy, settings: checkedSettings(remedy.settings, held) })),
  };
}

function checkedLinks(links: readonly ChainLink[], { isKnown, valid }: Held): ChainLink[] {
  return links
    .filter(({ statement }) => isKnown(statement))
    .map((link) => ({ ...link, evidence: valid(link.evidence) }));
}

type Setting = RootCause['remediations'][number]['settings'][number];

function checkedSettings(settings: readonly Setting[], { isKnown, valid }: Held): Setting[] {
  return settings
    .filter(({ key, to, because }) => settingOf(key) !== undefined && isKnown(to) && isKnown(because))
    .map((setting) => ({ ...setting, evidence: valid(setting.evidence) }));
}

/** A link that stood on evidence stands on none any more, or the root lost a piece of its proof. */
function lostProof(before: readonly ChainLink[], after: readonly ChainLink[]): boolean {
  return before.some((link, at) => {
    const left = after[at]?.evidence.length ?? 0;
    return at === before.length - 1 ? left < link.evidence.length : left === 0 && link.evidence.length > 0;
  });
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
  for (const event of diagnosis.events ?? []) add(event.evidence);
  for (const theory of diagnosis.theories) add(theory.evidence);
  for (const entry of diagnosis.ruledOut) add(entry.evidence);
  for (const entry of diagnosis.ledger?.accounts ?? []) add(entry.evidence);
  if (diagnosis.author === 'agent')
    add(`${diagnosis.summary} ${diagnosis.explanation ?? ''}`.match(/(?<=[[ ,，、])e\d{1,5}(?=[\], ，、])/g) ?? []);
  return used;
}
