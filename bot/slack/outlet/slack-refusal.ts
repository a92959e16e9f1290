/** Slack said no to a call; the message names the method and Slack's error, nothing of the call's content. */
export class SlackRefusal extends Error {
  readonly method: string;
  /** Slack's name of the error: `invalid_blocks`. */
  readonly code: string;
  /** Slack's remarks; may quote content, so they are looked at and not logged. */
  readonly about: string;

  constructor(method: string, code: string, about = '') {
    super(`Slack refused ${method}: ${code}`);
    this.name = new.target.name;
    this.method = method;
    this.code = code;
    this.about = about;
  }
}

/** Nothing can be posted at this place, however often it is tried: the caller takes the direct message instead. */
export class CannotPost extends SlackRefusal {}

/** Errors of chat.postMessage and chat.postEphemeral that are about the place (docs.slack.dev, the methods' lists of errors). */
const ABOUT_THE_PLACE =
  /^(?:not_in_channel|channel_not_found|is_archived|restricted_action(?:_[a-z_]+)?|user_not_in_channel|messages_tab_disabled|cannot_reply_to_message|thread_not_found|invalid_thread_ts|is_inactive|ekm_access_denied|team_access_not_granted|no_permission|cannot_dm_bot|user_not_found|user_disabled)$/;

/** The error to throw for what Slack refused. */
export function refusalOf(method: string, code: string, about: string): SlackRefusal {
  const posting = method === 'chat.postMessage' || method === 'chat.postEphemeral' || method === 'conversations.open';
  const changing = method === 'chat.update' || method === 'files.completeUploadExternal';
  return (posting || (changing && code !== 'thread_not_found')) && ABOUT_THE_PLACE.test(code)
    ? new CannotPost(method, code, about)
    : new SlackRefusal(method, code, about);
}

/** An answer was lost: what was called for may have happened or not. */
export class UnsureOutcome extends Error {
  constructor(method: string) {
    super(`the answer of Slack to ${method} was lost`);
    this.name = 'UnsureOutcome';
  }
}
