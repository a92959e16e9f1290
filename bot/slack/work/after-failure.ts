import type { Claimed } from '../../cases/inbox/inbox.ts';
import { CannotPost, SlackRefusal } from '../outlet/slack-refusal.ts';
import type { Desk } from './desk.ts';
import type { WorkEnd } from './work-loop.ts';

/** Work that breaks so often is given up: by then a question has been told so, if it could be told anything (`MOST_ATTEMPTS`). */
const MOST_TRIES = 8;
/** A place where the bot may not post stays one; once more, since rights of channels change in steps. */
const MOST_TRIES_OF_A_PLACE = 3;
const FIRST_MS = 1_500;
const LONGEST_MS = 60_000;
/** The app itself is refused, whatever it says: somebody has to mend it, and then everything goes on. */
const ABOUT_THE_APP =
  /^(?:invalid_auth|not_authed|account_inactive|token_revoked|token_expired|missing_scope|no_permission|org_login_required|access_denied|not_allowed_token_type|accesslimited)$/;

/** How long what broke waits before it is taken up again: longer each time. */
export function againIn(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
}

/**
 * What becomes of work that broke: tried again after some time; given up when it breaks each time, or when there is nowhere to say it.
 * While Slack does not take the app at all nothing is given up.
 */
export function afterFailure(
  error: unknown,
  { attempt }: Pick<Claimed, 'attempt'>,
  desk: Pick<Desk, 'log' | 'meter'>,
): WorkEnd {
  desk.meter.broke();
  const again = { againInMs: againIn(attempt) };
  if (error instanceof SlackRefusal && ABOUT_THE_APP.test(error.code)) {
    desk.log('Slack does not take what the app says', error);
    return again;
  }
  const most = error instanceof CannotPost ? MOST_TRIES_OF_A_PLACE : MOST_TRIES;
  if (attempt < most) {
    desk.log('work on a message broke', error);
    return again;
  }
  desk.log('work on a message is given up', error);
  return { finish: 'ignored' };
}
