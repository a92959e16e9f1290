import type { Outlet } from './outlet.ts';
import type { OutletLog } from './outlet-log.ts';
import type { SlackCalls } from './slack-calls.ts';

const LONGEST_WAIT_MS = 3000;
/** Slack's limit for the line is not written down; the pane shows about this many characters. */
const MAX_LINE = 100;
/** After one of these it will not work the next time either. */
const NEVER = /^(?:missing_scope|unknown_method|not_allowed_token_type|feature_not_enabled|method_deprecated)$/;

/** The line under a thread that says what the bot is doing: best effort, dropped where it cannot be shown at once. */
export function threadStatus(calls: SlackCalls, log: OutletLog): Outlet['status'] {
  let possible = true;
  return async (place, line) => {
    if (!possible || place.threadTs === null) return;
    const args = {
      channel_id: place.channel,
      thread_ts: place.threadTs,
      status: line === null ? '' : line.slice(0, MAX_LINE),
    };
    const stop = new AbortController();
    const said = await Promise.race([
      calls.now({ method: 'assistant.threads.setStatus', args, team: place.team, signal: stop.signal }),
      calls.clock.wait(LONGEST_WAIT_MS, stop.signal).then(
        () => 'dropped' as const,
        () => 'dropped' as const,
      ),
    ]);
    stop.abort();
    if (typeof said === 'object' && said.kind === 'refused' && NEVER.test(said.code)) {
      possible = false;
      log.warn({ code: said.code }, 'the status line cannot be shown');
    }
  };
}
