import type { Action } from '../cases/inbox/incoming.ts';
import type { Place } from '../cases/place.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { HandOffState } from './hand-offs.ts';

/** Why a case goes to the support team: asked for, or by one of the rules. */
export const ESCALATION_WAYS = ['asked', 'inconclusive_twice', 'not_helpful', 'platform'] as const;
export type EscalationWay = (typeof ESCALATION_WAYS)[number];

/** A case that was answered, with what is needed to see what else belongs to it. */
export interface NotedCase {
  /** `case_…`. */
  caseId: string;
  /** The thread in which it was asked. */
  place: Place;
  /** Who asked: `U…`. */
  asker: string;
  /** The answer that stands. */
  diagnosis: Diagnosis;
  /** The cluster that was looked at; null: there is one only, or it is not known. Incidents never span two. */
  cluster: string | null;
  /** When it was first asked, milliseconds since the epoch. */
  askedAtMs: number;
}

/** A wish that the support team looks at a case. */
export interface WantedHelp {
  caseId: string;
  /** Who wants it: `U…`; null: a rule did it. */
  by: string | null;
  way: EscalationWay;
  /** What the person said to it, or the reason of a thumbs down; null: nothing. */
  said: string | null;
}

/** What became of a wish for help. */
export type Escalated =
  /**
   * `first`: it made the support thread; otherwise it joined one. `reached`: the thread stands; otherwise Slack refused so far, the hand-off is
   * kept and `resume` posts it.
   */
  | { kind: 'handed_over'; incident: string; first: boolean; reached: boolean }
  /** It was handed over before. */
  | { kind: 'known'; incident: string; state: HandOffState }
  /** What it is about was resolved after it failed; asking once more opens it anew. */
  | { kind: 'resolved_since'; incident: string; resolvedAtMs: number; fixedBy: string }
  /** No support channel is configured: nothing was sent, the case is kept. */
  | { kind: 'no_channel' }
  /** The case was never answered, or is deleted. */
  | { kind: 'no_case' };

/** What became of an action on a hand-off. */
export type Acted =
  | { kind: 'done'; incident: string; state: HandOffState }
  /** It stood so already: `assignee` has it. */
  | { kind: 'unchanged'; incident: string; state: HandOffState; assignee: string | null }
  /** It is resolved; nothing changes any more. */
  | { kind: 'closed'; incident: string }
  /** Only in the support channel. */
  | { kind: 'not_here' }
  /** A field of the form is missing or no such thing. */
  | { kind: 'bad_input'; field: 'assignee' | 'fixedBy' | 'code' }
  /** No hand-off of that case or thread. */
  | { kind: 'no_hand_off' }
  /** The outcome of `support` or `not_helpful`. */
  | { kind: 'escalated'; escalated: Escalated }
  /** The action is none of a hand-off: the caller answers it. */
  | { kind: 'not_mine' };

/** What else is asked about what a case is about. */
export interface KnownIncident {
  incident: string;
  state: HandOffState;
  /** Other people who ask about it, each counted once. */
  others: number;
  /** When the first of all asked, ISO 8601 in UTC. */
  sinceIso: string;
  /** What it is about, as its name is written: `node2`. */
  what: string;
  /** The support thread; null: there is none, or no address of it is known. */
  link: string | null;
}

/** The support team's side of the bot. Every method may be called again with the same: nothing is posted twice. */
export interface Escalation {
  /** Notes an answered case, so that others who ask about the same are counted, and tells it what is known of its incident. */
  noteCase(noted: NotedCase, signal: AbortSignal): Promise<void>;
  /** Hands a case over to the support team. */
  escalate(wanted: WantedHelp, signal: AbortSignal): Promise<Escalated>;
  /** A button, a form or the words for it: `support`, `take`, `reassign`, `resolve`, `back_to_bot`; `place` is where it stood. */
  act(action: Action, by: string, place: Place, signal: AbortSignal): Promise<Acted>;
  incidentOf(caseId: string): Promise<KnownIncident | null>;
  /** Posts what a process that died had stored and not posted; the number of incidents. Call it at the start and now and then. */
  resume(signal: AbortSignal): Promise<number>;
  /** Takes a case out, with its question and its asker, here and in the support thread. Call it before the posts of the case are forgotten. */
  forget(caseId: string, signal: AbortSignal): Promise<void>;
}
