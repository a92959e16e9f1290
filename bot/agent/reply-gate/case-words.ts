import { CAUSES, causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import type { EvidenceBook } from '../../investigation/evidence-book.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import type { OfferedRemedy } from '../case-remedies.ts';
import { Placeholders } from '../placeholders.ts';
import { userChosenNames } from '../user-chosen-names.ts';
import { namedCodes } from './named-codes.ts';

/** What the words of an answer are held against: all of it from code or from the platform's own records. */
export interface CaseWords {
  /** Ids, hosts, names and paths that findings are keyed by. */
  names: ReadonlySet<string>;
  /** Settings that an answer about this case may name. */
  settings: ReadonlySet<string>;
  /** Text that the platform itself wrote and that was read; nothing of user programs or askers. */
  platformText: string;
  /** Words (Han: pairs of characters) in which the house tells the causes of this case: titles, meanings, proofs, statements. */
  told: ReadonlySet<string>;
  /** Of these, the words of the remedies on offer. */
  advised: ReadonlySet<string>;
  /** Words of the whole catalogue: the house's English and Chinese. */
  house: ReadonlySet<string>;
  /** Codes that may be named as a cause: the hypotheses and what stands in their chains. */
  considered: ReadonlySet<CauseCode>;
}

const FOREIGN_HANDS: ReadonlySet<string> = new Set(['user_process', 'asker']);

/** Gathers the words of a case. */
export function caseWords(
  investigation: Investigation,
  book: EvidenceBook,
  remedies: Iterable<OfferedRemedy>,
): CaseWords {
  const { causes, findings, comparison, run } = investigation;
  const offered = [...remedies];
  const withoutMessages = new Placeholders(true, []);
  const inPlay = [...findings, ...causes.flatMap(({ links }) => links.map(({ finding }) => finding))];
  // Only what stands in a chain: a finding beside them is no cause of this.
  const inChains = causes.flatMap(({ links, roots }) => [...links.map(({ finding }) => finding), ...roots]);
  const considered = new Set<CauseCode>([
    ...causes.map(({ code }) => code),
    ...inChains.flatMap(({ code }) => code ?? []),
  ]);
  const told = new Set<string>();
  for (const code of considered) addWords(told, ...catalogueText(code));
  for (const text of ownStatements(inChains, investigation)) addWords(told, text);
  for (const code of alsoNamed(causes)) considered.add(code);
  const advised = new Set<string>();
  for (const { remedy } of offered) addWords(advised, remedy.statement);
  for (const code of considered)
    for (const { statement } of causeOf(code).remediations) addWords(advised, statement.en, statement.zh);
  for (const word of advised) told.add(word);
  return {
    names: new Set([
      ...userChosenNames(investigation).map(({ value }) => value),
      ...causes.flatMap(({ roots }) => roots.flatMap(classesNamed)),
      ...inPlay.filter(isOfPlatform).flatMap(({ keys }) => Object.values(keys).map(String)),
      ...(comparison?.with ?? []),
      ...investigation.question.applicationIds,
      ...(run?.executors ?? []).map(({ id }) => id),
      ...(investigation.subject.kind === 'chosen' ? [investigation.subject.candidate.id] : []),
    ]),
    settings: new Set([
      ...offered.flatMap(({ remedy }) => remedy.settings.map(({ key }) => key)),
      ...(comparison?.changes ?? []).filter(({ what }) => what === 'setting').map(({ name }) => name),
    ]),
    platformText: book
      .cited()
      .filter(({ evidence }) => !FOREIGN_HANDS.has(evidence.provenance))
      .map(({ evidence }) => withoutMessages.hide(evidence.excerpt))
      .join('\n'),
    told,
    advised,
    house: houseWords(),
    considered,
  };
}

/** Codes that the house's own words for the causes bring to mind: whoever repeats those words claims nothing else. */
function alsoNamed(causes: Investigation['causes']): CauseCode[] {
  return causes.flatMap(({ code, root }) => {
    const { title, meaning } = causeOf(code);
    const texts = [title, meaning, ...(isOfPlatform(root) ? [root.statement] : [])];
    return texts.flatMap(({ en, zh }) => [...namedCodes(en), ...namedCodes(zh)]);
  });
}

/** Classes that a rule took out of a record and names in its own words, as a person reads them in the analyst's answer. */
function classesNamed(root: Finding): string[] {
  if (root.code === null || !isOfPlatform(root)) return [];
  return root.statement.en.match(/(?<![\w./:-])(?:[a-z]\w{0,40}\.){2,8}[A-Z]\w{1,80}(?![\w./:-])/g) ?? [];
}

/** A finding that names things by the word of the platform, not of a user's program. */
function isOfPlatform({ evidence }: Finding): boolean {
  return evidence.some(({ provenance }) => !FOREIGN_HANDS.has(provenance));
}

function catalogueText(code: CauseCode): string[] {
  const { title, meaning, proof, remediations, suggestedBy } = causeOf(code);
  return [title, meaning, proof.statement, ...suggestedBy, ...remediations.map(({ statement }) => statement)].flatMap(
    ({ en, zh }) => [en, zh],
  );
}

/** What rules say, without the messages of programs that they quote. */
function ownStatements(findings: readonly Finding[], investigation: Investigation): string[] {
  const without = new Placeholders(true, []);
  const strip = (text: string) =>
    without
      .hide(text)
      .replace(/\b(?:Reason|Diagnostics|message): .{0,4000}$/is, '')
      .replace(/["“「].{0,2000}["”」]/gs, '');
  const spoken = findings
    .filter(isOfPlatform)
    .flatMap(({ statement, refutes }) => [statement, ...(refutes ?? []).map(({ why }) => why)]);
  const more = [investigation.report?.summary, ...investigation.whatIf.map(({ without: culprit }) => culprit)];
  return [...spoken, ...more].flatMap((text) => (text ? [strip(text.en), strip(text.zh)] : []));
}

let house: ReadonlySet<string> | null = null;

function houseWords(): ReadonlySet<string> {
  if (house === null) {
    const words = new Set<string>();
    for (const { code } of CAUSES) addWords(words, ...catalogueText(code));
    house = words;
  }
  return house;
}

function addWords(words: Set<string>, ...texts: readonly string[]): void {
  for (const text of texts) for (const word of contentWords(text)) words.add(word);
}

const FILLERS = new Set(
  'the and that this with from have been were was are for not its their there then than which what when where who why how into onto over under about after before because caused cause causes root reason since while also just only more most less much very will would could should must does did done has had his her they them these those some each every such same other another your our you real true actual main underlying confirmed likely inconclusive proven here problem issue reason explanation all should must need recommend suggest consider shown below above following value values'.split(
    ' ',
  ),
);

const HAN_FILLERS =
  /[的了因为而已被在是就和与及将把从到对其也都这那会使让由于根原真正所以导致]|建议|应该|应当|需要|必须|下面|数值/;

/** English words in their stem, Han in pairs; without fillers, names and figures. */
export function contentWords(text: string): string[] {
  const lower = text.toLowerCase();
  const latin = (lower.match(/[a-z]{3,30}/g) ?? []).filter((word) => !FILLERS.has(word)).map(stemOf);
  // Words of grammar part the others; a piece of one sign left between them says nothing.
  const pieces = (lower.match(/\p{Script=Han}{2,400}/gu) ?? []).flatMap((piece) => piece.split(HAN_FILLERS));
  const han = pieces.flatMap((piece) =>
    Array.from({ length: Math.max(0, piece.length - 1) }, (_, at) => piece.slice(at, at + 2)),
  );
  return [...latin, ...han];
}

/** `killed`, `kills` and `killing` are one word. */
function stemOf(word: string): string {
  return word.length < 5
    ? word.replace(/s$/, '')
    : word
        .replace(/(?:ing|edly|ed|es|s|ly)$/, '')
        .replace(/e$/, '')
        .replace(/([a-z])\1$/, '$1');
}
