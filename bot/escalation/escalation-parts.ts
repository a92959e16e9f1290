import type { Language } from '../../knowledge/bilingual.ts';
import type { Feedback } from '../cases/kept-cases/kept-cases.ts';
import type { Place } from '../cases/place.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Card } from '../render/slack/card.ts';
import type { HandoffView } from '../render/slack/handoff-view.ts';
import type { Outlet, Upload } from '../slack/outlet/outlet.ts';
import type { RuleSettings } from './escalation-rules.ts';
import type { HandOffs } from './hand-offs.ts';
import type { Lessons } from './keep-lessons.ts';

/** The two faces of a hand-off. */
export interface HandOffCards {
  /** The card of the support channel, with its buttons. */
  handOff(view: HandoffView): Card;
  /** The line of the asker's thread. */
  state(view: HandoffView): Card;
}

/** How the support team is reached. */
export interface EscalationSettings {
  /** The channel that hand-offs go to; null: none is set. */
  support: { team: string; channel: string } | null;
  /** The language of the support team. */
  language: Language;
  rules: RuleSettings;
}

/** What the escalation is made of. */
export interface EscalationParts {
  handOffs: HandOffs;
  outlet: Outlet;
  cards: HandOffCards;
  settings: EscalationSettings;
  lessons: Lessons;
  /** A diagnosis of a kept case; null: it is deleted. */
  diagnosisOf(caseId: string, diagnosis: string): Promise<Diagnosis | null>;
  feedbackOf(caseId: string): Promise<readonly Feedback[]>;
  /**
   * What everybody in a channel may see of a case: the diagnosis as it is, with parts taken out, or null: nothing, not even the question.
   * Absent: all may see all.
   */
  redactFor?(channel: string): (diagnosis: Diagnosis, caseId: string) => Promise<Diagnosis | null>;
  /** Charts for the card of the support channel; they are drawn of what that channel may see. */
  chartsOf?(diagnosis: Diagnosis, caseId: string, signal: AbortSignal): Promise<readonly Upload[]>;
  /** The case page as a file for the support thread. */
  pageOf?(diagnosis: Diagnosis, caseId: string, signal: AbortSignal): Promise<Upload | null>;
  /** Address of the case page, where pages are served. */
  pageUrl?(caseId: string): string | null;
  /** Address of a message or thread; null: not known. */
  linkTo(place: Place): string | null;
  /** Told what could not be posted or kept; nothing of it stops the rest. */
  onTrouble(error: unknown, what: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
}
