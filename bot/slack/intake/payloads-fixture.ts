import type { IntakeContext } from './intake-context.ts';

/**
 * Deliveries in the shapes that Slack's documentation and types give them: docs.slack.dev/reference/events/{message,app_mention},
 * /reference/interaction-payloads/{block_actions,shortcuts,view-interactions}, /interactivity/implementing-slash-commands, and
 * @slack/types 3.2. Ids and words are made up.
 */
export const CONTEXT: IntakeContext = {
  self: { team: 'T1', botUserId: 'UBOT', botId: 'BBOT' },
  channels: {
    otherwise: { answers: 'mention', bots: [] },
    channels: { COFF: { answers: 'off', bots: [] }, CALERTS: { answers: 'auto', bots: ['BGRAF', 'airflow'] } },
  },
  nowMs: 1_700_000_500_000,
};

/** An Events API body around an event. */
export function eventBody(event: Record<string, unknown>): Record<string, unknown> {
  return {
    token: 'verification',
    team_id: 'T1',
    api_app_id: 'A1',
    event,
    type: 'event_callback',
    event_id: 'Ev1',
    event_time: 1_700_000_000,
    authorizations: [
      { enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
}

/** A person's message in a channel. */
export function message(more: Record<string, unknown> = {}): Record<string, unknown> {
  return eventBody({
    type: 'message',
    client_msg_id: '5b0c1c0e-0000-4000-8000-000000000000',
    user: 'UANN',
    text: 'why did the nightly job fail?',
    ts: '1700000000.000100',
    team: 'T1',
    channel: 'C1',
    channel_type: 'channel',
    event_ts: '1700000000.000100',
    ...more,
  });
}

/** The same as `app_mention` tells it: without the kind of the channel. */
export function mention(more: Record<string, unknown> = {}): Record<string, unknown> {
  return eventBody({
    type: 'app_mention',
    user: 'UANN',
    text: '<@UBOT> why did the nightly job fail?',
    ts: '1700000000.000100',
    channel: 'C1',
    event_ts: '1700000000.000100',
    ...more,
  });
}

/** `/why …`, as the decoded form. */
export function command(text: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    token: 'verification',
    team_id: 'T1',
    team_domain: 'example',
    channel_id: 'C1',
    channel_name: 'data',
    user_id: 'UANN',
    user_name: 'ann',
    command: '/why',
    text,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.example/commands/T1/1/x',
    trigger_id: '1700.1700.abcdef',
    ...more,
  };
}

/** The message shortcut on a message. */
export function shortcut(ofMessage: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    type: 'message_action',
    token: 'verification',
    action_ts: '1700000100.123456',
    team: { id: 'T1', domain: 'example' },
    user: { id: 'UANN', username: 'ann', team_id: 'T1', name: 'ann' },
    channel: { id: 'C1', name: 'data' },
    is_enterprise_install: false,
    enterprise: null,
    callback_id: 'why_did_this_fail',
    trigger_id: '1700.1700.abcdef',
    response_url: 'https://hooks.slack.example/app/T1/1/x',
    message_ts: '1700000000.000100',
    message: { type: 'message', ts: '1700000000.000100', ...ofMessage },
    ...more,
  };
}

/** A button on a message of the bot. */
export function button(action: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'block_actions',
    user: { id: 'UANN', username: 'ann', name: 'ann', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'verification',
    container: {
      type: 'message',
      message_ts: '1700000200.000100',
      channel_id: 'C1',
      is_ephemeral: false,
      thread_ts: '1700000000.000100',
    },
    trigger_id: '1700.1700.abcdef',
    team: { id: 'T1', domain: 'example' },
    channel: { id: 'C1', name: 'data' },
    message: { type: 'message', user: 'UBOT', ts: '1700000200.000100', thread_ts: '1700000000.000100', bot_id: 'BBOT' },
    response_url: 'https://hooks.slack.example/actions/T1/1/x',
    actions: [
      {
        action_id: 'wherefore:support',
        block_id: 'b1',
        text: { type: 'plain_text', text: 'Ask support' },
        value: 'case_0123456789 inv_0123456789',
        type: 'button',
        action_ts: '1700000300.123456',
        ...action,
      },
    ],
    ...more,
  };
}

/** A form that was sent. */
export function form(view: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 'example' },
    user: { id: 'USUP', username: 'sue', name: 'sue', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'verification',
    trigger_id: '1700.1700.abcdef',
    view: {
      id: 'V1',
      team_id: 'T1',
      type: 'modal',
      callback_id: 'wherefore:resolve',
      hash: '1700000300.abcdef',
      private_metadata:
        '{"caseId":"case_0123456789","diagnosis":"inv_0123456789","team":"T1","channel":"CSUP","threadTs":"1700000000.000100","messageTs":"1700000200.000100"}',
      state: {
        values: {
          b1: { fixedBy: { type: 'plain_text_input', value: 'raised the limit, password=hunter22secret' } },
          b2: { code: { type: 'static_select', selected_option: { value: 'kernel.memcg_oom' } } },
          b3: { somethingElse: { type: 'plain_text_input', value: 'x' } },
        },
      },
      app_id: 'A1',
      bot_id: 'BBOT',
      ...view,
    },
    response_urls: [],
    is_enterprise_install: false,
  };
}
