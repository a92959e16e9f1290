import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { type Citation, citationsOf } from './chain-lines.ts';
import { COMPONENT_NAMES, LABELS, RESPONSIBILITY_NAMES, STANDING_NAMES } from './labels.ts';
import { shortIds } from './short-names.ts';

/** The cause in one line, with its standing and who has to act. */
export interface Headline {
  statement: string;
  standing: string;
  who: string;
  /** What proves a cause that has no chain of effects above it. */
  proof: Citation[];
}

/** The headline of a diagnosis that names a fault; null when it names none. */
export function headlineOf(diagnosis: Diagnosis): Headline | null {
  const [cause] = diagnosis.rootCauses;
  if (!cause || !isFault(cause)) return null;
  return {
    statement: cause.statement,
    standing: STANDING_NAMES[diagnosis.question.language][cause.standing],
    who: whoText(diagnosis, cause),
    proof: cause.chain.length === 1 ? citationsOf(diagnosis, cause.chain[0]?.evidence ?? []) : [],
  };
}

/** True for a cause that says what went wrong: not a verdict about the whole. */
export function isFault({ code }: RootCause): boolean {
  return !/^(?:none|unknown)\./.test(code);
}

/** Who has to act, and where the cause sits when that is not the run itself. */
export function whoText({ question: { language }, subject }: Diagnosis, cause: RootCause): string {
  const who = RESPONSIBILITY_NAMES[language][cause.responsibility];
  const { component } = cause;
  if (!component || component.id === subject?.id) return who;
  const name = component.id.startsWith(`${component.kind}_`) ? '' : COMPONENT_NAMES[language][component.kind];
  const id = component.kind === 'driver' ? '' : shortHash(component.id);
  return `${who} · ${`${name} ${id}`.trim()}`;
}

/** An id is told in full, so that it can be searched for; a hash only as far as tools show it. */
function shortHash(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? shortIds(id) : id;
}

/** `(confirmed)`, in the brackets of the language. */
export function inBrackets(text: string, language: Diagnosis['question']['language']): string {
  const words = LABELS[language];
  return language === 'zh' ? `${words.from}${text}${words.to}` : ` ${words.from}${text}${words.to}`;
}
