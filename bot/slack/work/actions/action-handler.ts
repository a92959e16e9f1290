import type { Language } from '../../../../knowledge/bilingual.ts';
import type { Claimed } from '../../../cases/inbox/inbox.ts';
import type { Action } from '../../../cases/inbox/incoming.ts';
import type { KeptCase } from '../../../cases/kept-cases/kept-cases.ts';
import type { PlainCase } from '../../../conversation/plain-case.ts';
import type { Desk } from '../desk.ts';

/** A button that was pressed, with what it is about. */
export interface Pressed {
  claimed: Claimed;
  action: Action;
  /** The case it is about, which this person may see; null: it is about none. */
  kept: KeptCase | null;
  /** The same, opened. */
  opened: PlainCase | null;
  /** Of the last answer of the case. */
  language: Language;
}

/** Does what a button stands for. Called again after a crash: every post has a key of its own. */
export type ActionHandler = (pressed: Pressed, desk: Desk, signal: AbortSignal) => Promise<void>;
