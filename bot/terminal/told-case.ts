import type { ListedCase } from '../cases/kept-cases/list-cases.ts';
import { readPlainCase } from '../conversation/plain-case.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { visibleText } from '../render/visible-text.ts';
import { cutToWidth } from '../render/wrap-text.ts';

/** What a list tells of a case. */
export interface ToldCase {
  id: string;
  /** ISO 8601: when it was last touched. */
  updatedAt: string;
  /** `U…`; null: not kept. */
  asker: string | null;
  /** Name or id of what was asked about; null: nothing in particular. */
  subject: string | null;
  /** `no_diagnosis`: a question about no run; `unreadable`: written by another version. */
  outcome: Diagnosis['outcome'] | 'no_diagnosis' | 'unreadable';
  /** Code and standing of the first root cause. */
  cause: string | null;
  standing: string | null;
  turns: number;
  helpful: number;
  notHelpful: number;
  /** State of its hand-off: `open`, `taken`, `resolved`, `with_bot`; null: nobody asked for a person. */
  handOff: string | null;
}

/** What is told of a case; the answer is the one that is open in it. */
export function toldCase({ text, ...listed }: ListedCase, handOff: string | null): ToldCase {
  const about = { id: listed.id, updatedAt: isoTime(listed.updatedAtMs), asker: listed.asker };
  const { helpful, notHelpful } = listed;
  const none = { subject: null, cause: null, standing: null, turns: 0, helpful, notHelpful, handOff };
  try {
    const { thread, cases } = readPlainCase(text);
    const wanted = thread.open ?? thread.diagnoses.at(-1);
    const face = cases.find(({ faces }) => faces.en.id === wanted)?.faces.en;
    if (!face) return { ...about, ...none, outcome: 'no_diagnosis', turns: thread.turns.length };
    const [cause] = face.rootCauses;
    return {
      ...about,
      ...none,
      subject: face.subject?.name ?? face.subject?.id ?? null,
      outcome: face.outcome,
      cause: cause?.code ?? null,
      standing: cause?.standing ?? null,
      turns: thread.turns.length,
    };
  } catch {
    return { ...about, ...none, outcome: 'unreadable' };
  }
}

/** One line of a list. */
export function caseLine(told: ToldCase): string {
  const { id, updatedAt, asker, subject, outcome, cause, standing, helpful, notHelpful, handOff } = told;
  const answer = outcome === 'answered' ? `${cause ?? ''} ${standing ?? ''}`.trim() : outcome.replaceAll('_', ' ');
  const said = [...(helpful > 0 ? [`+${helpful}`] : []), ...(notHelpful > 0 ? [`-${notHelpful}`] : [])].join(' ');
  const cells = [
    id.padEnd(15),
    updatedAt.slice(0, 16).replace('T', ' '),
    (asker ?? '-').padEnd(11),
    cutToWidth(visibleText(subject ?? '-'), 40),
    answer,
    ...(said === '' ? [] : [said]),
    ...(handOff === null ? [] : [`hand-off ${handOff.replaceAll('_', ' ')}`]),
  ];
  return cells.join('  ');
}
