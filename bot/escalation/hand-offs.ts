import type { Place } from '../cases/place.ts';
import type { EscalationWay } from './escalation.ts';
import type { IncidentKey } from './incident.ts';

/** `noted`: nobody wanted help yet; `with_bot`: the support team gave it back. */
export const HAND_OFF_STATES = ['noted', 'open', 'taken', 'resolved', 'with_bot'] as const;
export type HandOffState = (typeof HAND_OFF_STATES)[number];

/** How an incident ended. */
export interface Resolution {
  /** What fixed it, in the resolver's words. */
  fixedBy: string;
  /** The cause as the resolver sees it, where another than the answer's. */
  code: string | null;
  note: string | null;
  /** `U…`. */
  by: string;
  atMs: number;
}

/** One incident: cases that have the same root component at the same time. */
export interface Incident {
  /** `incd_` and hexadecimal digits. */
  id: string;
  key: IncidentKey;
  /** First and last time at which a case of it failed, milliseconds since the epoch. */
  fromMs: number;
  toMs: number;
  state: HandOffState;
  /** `U…` of whoever took it. */
  assignee: string | null;
  /** Who brought it into its state, and when; null: a rule. */
  changedBy: string | null;
  changedAtMs: number;
  /** Where the support thread stands; null: not posted yet. */
  support: Place | null;
  resolution: Resolution | null;
  /** An incident of the same component that was resolved before this one began. */
  earlier: string | null;
  /** The case that its card tells; null: none yet, or it is deleted. The case itself may have gone on to a later incident. */
  firstCase: string | null;
  /** The charts of its card, as Slack's files; null: not uploaded yet. */
  charts: readonly HungChart[] | null;
  /** What was learnt of its end is kept as files. */
  lessonsKept: boolean;
}

/** A chart in Slack. */
export interface HungChart {
  /** `F…`. */
  fileId: string;
  alt: string;
  title: string;
}

/** A case of an incident. */
export interface Member {
  caseId: string;
  incident: string;
  place: Place;
  asker: string;
  /** Masked, shortened. */
  question: string;
  language: 'en' | 'zh';
  /** `inv_…` of the answer that stands. */
  diagnosis: string;
  askedAtMs: number;
  /** When its run failed. */
  failedAtMs: number;
  /** Null: nobody wanted help with it. */
  escalated: { by: string | null; way: EscalationWay; said: string | null; atMs: number } | null;
  /** It was told that its incident is resolved. */
  toldResolved: boolean;
  /** What it is about, as its asker names it: a job. Masked. */
  subject: string;
  /** Whether everybody in the support channel may see it; null: not asked yet. */
  shown: boolean | null;
  /** Digest of the line that stands in its own thread. */
  toldAsker: string | null;
  /** Digest of its message in the support thread. */
  toldSupport: string | null;
}

/** What a case is noted with. */
export type NewMember = Omit<
  Member,
  'incident' | 'escalated' | 'toldAsker' | 'toldSupport' | 'toldResolved' | 'shown'
> & { key: IncidentKey };

/** An incident with all its cases: who escalated first comes first, who did not escalate last, each in the order of time. */
export interface WholeIncident {
  incident: Incident;
  members: readonly Member[];
}

/** A change that somebody in the support team makes. */
export type Change =
  | { to: 'taken'; assignee: string; reassign: boolean }
  | { to: 'resolved'; fixedBy: string; code: string | null; note: string | null }
  | { to: 'with_bot' };

/** What became of a change. */
export type Changed = { kind: 'done' | 'unchanged' | 'closed'; incident: Incident };

/** What became of a wish to hand a case over. */
export type Entered = { kind: 'first' | 'joined' | 'known' | 'resolved_since'; incident: Incident };

/**
 * Incidents and their cases, shared by all replicas. Each method is one exclusive transaction: of forty at once one makes the incident.
 * A change raises the revision; whoever publishes holds the incident until what is published is the newest.
 */
export interface HandOffs {
  note(member: NewMember, atMs: number): Promise<Incident>;
  /** Null: the case is not noted. */
  enter(
    caseId: string,
    escalated: { by: string | null; way: EscalationWay; said: string | null },
    atMs: number,
  ): Promise<Entered | null>;
  change(incident: string, change: Change, by: string, atMs: number): Promise<Changed | null>;
  read(incident: string): Promise<WholeIncident | null>;
  incidentOf(caseId: string): Promise<WholeIncident | null>;
  /** The case that was asked in a thread, the latest of several. */
  caseAt(place: Place): Promise<string | null>;
  /** The incident whose support thread stands there. */
  at(place: Place): Promise<Incident | null>;
  /** Takes an incident to publish it: the revision to publish, or null: another has it, or nothing is new. */
  hold(incident: string, holder: string, nowMs: number, leaseMs: number): Promise<number | null>;
  /** False: another has it by now. */
  renew(incident: string, holder: string, nowMs: number, leaseMs: number): Promise<boolean>;
  /** Notes that a revision is published and lets go of it; the next revision when there is one already, which goes on being held. */
  published(incident: string, holder: string, revision: number): Promise<number | null>;
  /** Lets go without having published. */
  letGo(incident: string, holder: string): Promise<void>;
  /** Incidents with something unpublished that nobody holds. */
  unpublished(nowMs: number): Promise<readonly string[]>;
  /** Notes where the card stands, and whose case it tells. */
  noteCard(incident: string, support: Place, firstCase: string): Promise<void>;
  noteCharts(incident: string, charts: readonly HungChart[]): Promise<void>;
  noteLessons(incident: string): Promise<void>;
  noteShown(caseId: string, shown: boolean): Promise<void>;
  noteTold(caseId: string, where: 'asker' | 'support', digest: string): Promise<void>;
  forget(caseId: string): Promise<void>;
}
