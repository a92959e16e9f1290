import { z } from 'zod';
import { LIMITS } from '../limits/limits.ts';
import { SlackError } from '../slack-error.ts';
import { channelOf } from './channel-of.ts';
import { json, type Method, type MethodCall, needed, text } from './method.ts';

/** The thread that a call is about, as the world keys it. */
function threadKey({ world, args }: MethodCall): string {
  const channel = channelOf(world, args, 'channel_id');
  const thread = needed(args, 'thread_ts');
  const held = (world.messages.get(channel.id) ?? []).some((one) => one.ts === thread && one.ephemeralTo === undefined);
  if (!held) throw new SlackError('invalid_thread_ts');
  return `${channel.id}/${thread}`;
}

const SCOPES = [['assistant:write', 'chat:write']] as const;
const prompts = z
  .array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))
  .min(1)
  .max(LIMITS.suggestedPrompts.most);
const loading = z.array(z.string().min(1)).max(LIMITS.statusLoadingMessages.most);

/** The assistant pane and the status line: docs.slack.dev/reference/methods/assistant.threads.*. */
export const ASSISTANT_METHODS: readonly Method[] = [
  {
    name: 'assistant.threads.setStatus',
    token: 'bot',
    scopes: SCOPES,
    tier: 'special',
    run(call) {
      const key = threadKey(call);
      const status = text(call.args, 'status');
      const lines = json(call.args, 'loading_messages', 'invalid_arguments');
      if (lines !== undefined && !loading.safeParse(lines).success) throw new SlackError('invalid_arguments');
      if (status === '') call.world.statuses.delete(key);
      else call.world.statuses.set(key, status);
      return {};
    },
  },
  {
    name: 'assistant.threads.setTitle',
    token: 'bot',
    scopes: ['assistant:write'],
    tier: 'special',
    run(call) {
      call.world.titles.set(threadKey(call), needed(call.args, 'title'));
      return {};
    },
  },
  {
    name: 'assistant.threads.setSuggestedPrompts',
    token: 'bot',
    scopes: ['assistant:write'],
    tier: 'special',
    run(call) {
      const parsed = prompts.safeParse(json(call.args, 'prompts', 'invalid_arguments'));
      if (!parsed.success) throw new SlackError('invalid_arguments');
      call.world.prompts.set(threadKey(call), { title: text(call.args, 'title'), prompts: parsed.data });
      return {};
    },
  },
];
