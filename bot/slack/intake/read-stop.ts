import { z } from 'zod';
import type { DeliveryReader } from './intake-context.ts';
import { msOfTs, SLACK_ID, SLACK_TS } from './slack-ids.ts';
import { actionOf } from './spoken-action.ts';

/** `AgentSessionStoppedEvent` of @slack/types. */
const STOPPED = z.object({
  event: z.object({
    type: z.literal('agent_session_stopped'),
    channel: SLACK_ID,
    user: SLACK_ID,
    thread_ts: SLACK_TS,
    event_ts: SLACK_TS,
  }),
});

/** Slack's own stop button beside a streamed answer: the same as "cancel" in the thread. */
export const readStop: DeliveryReader = (body, { self }) => {
  const { data } = STOPPED.safeParse(body);
  if (data === undefined) return null;
  const { channel, user, thread_ts: threadTs, event_ts: at } = data.event;
  return {
    key: `stop:${self.team}:${channel}:${threadTs}:${at}:${user}`,
    way: 'assistant',
    place: { team: self.team, channel, threadTs },
    user,
    sentAtMs: msOfTs(at),
    order: at,
    text: '',
    files: [],
    action: actionOf('cancel', null),
  };
};
