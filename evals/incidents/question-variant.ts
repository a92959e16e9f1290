import type { Incident } from './read-incidents.ts';

/** How an incident is asked about: as recorded, renamed throughout, in plain words, with another asker's theory. */
export const VARIANTS = ['plain', 'renamed', 'why', 'theory'] as const;

export type Variant = (typeof VARIANTS)[number];

const HAN = /\p{Script=Han}/u;

/** The question of a variant. `theory` keeps the subject and takes the guess of another incident's asker. */
export function questionVariant(incident: Incident, other: Incident, variant: Variant): string {
  if (variant === 'why') return `why did ${subjectOf(incident)} fail / why is it slow`;
  if (variant === 'theory') return `${subjectOf(incident)}: ${withoutSubject(theoryOf(other), other)}`;
  return incident.question;
}

/** The job as a person names it: the first identifier-like word of the question, else the application's id. */
export function subjectOf(incident: Incident): string {
  const named = /[a-zA-Z][\w]*_[\w]*[a-zA-Z0-9]/.exec(incident.question)?.[0];
  return incident.subject?.job ?? named ?? incident.appName ?? incident.appId ?? 'it';
}

/** A guess that names the other's run is about that run: its name and ids give way to a pronoun. */
function withoutSubject(guess: string, other: Incident): string {
  return guess.replaceAll(subjectOf(other), 'it').replace(/application_\d{13}_\d{4,}/g, 'it');
}

/** The last sentence of a question that ends in a question mark: where askers put their guess. */
function theoryOf(incident: Incident): string {
  const sentences = incident.question.match(/[^.?!。?！,，;；]+[?？]/g) ?? [];
  const guess = sentences.at(-1)?.trim() ?? incident.question;
  return HAN.test(guess) || /^[a-z]/i.test(guess) ? guess : incident.question;
}
