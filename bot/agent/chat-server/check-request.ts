import { z } from 'zod';

/** Of tools offered and tools called. */
const NAME = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const TOOL_CALL = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: NAME, arguments: z.string() }),
});

const MESSAGE = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'developer']), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string().nullish(),
    tool_calls: z.array(TOOL_CALL).min(1).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content: z.string(), tool_call_id: z.string().min(1) }),
]);

/**
 * The part of a Chat Completions request that every compatible server has. Stricter than the public reference where servers differ:
 * contents are plain strings and messages carry no `name`, so that what passes here passes everywhere.
 */
const REQUEST = z.looseObject({
  model: z.string().min(1),
  messages: z.array(MESSAGE).min(1),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name: NAME,
          description: z.string().max(4_096),
          parameters: z.looseObject({ type: z.literal('object') }),
        }),
      }),
    )
    .min(1)
    .optional(),
  max_tokens: z.number().int().min(1).optional(),
  max_completion_tokens: z.number().int().min(1).optional(),
});

/** What a model sees: the body of one request. */
export type ChatRequest = z.infer<typeof REQUEST>;

/** The request, or what a server says of one that it does not take (status 400). */
export function checkRequest(body: unknown): { request: ChatRequest } | { problem: string } {
  const parsed = REQUEST.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
  }
  const problem = rolesProblem(parsed.data.messages);
  return problem === null ? { request: parsed.data } : { problem };
}

/** The rules of turns, in the words that api.openai.com uses for them. */
function rolesProblem(messages: ChatRequest['messages']): string | null {
  let open = new Set<string>();
  for (const message of messages) {
    if (message.role === 'tool') {
      if (open.delete(message.tool_call_id)) continue;
      return "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
    }
    if (open.size > 0) return unanswered(open);
    if (message.role !== 'assistant') continue;
    if (message.content == null && message.tool_calls === undefined)
      return "an assistant message must have 'content' or 'tool_calls'.";
    const ids = (message.tool_calls ?? []).map(({ id }) => id);
    open = new Set(ids);
    if (open.size < ids.length) return "Duplicate value for 'tool_call_id'.";
  }
  return open.size > 0 ? unanswered(open) : null;
}

function unanswered(open: ReadonlySet<string>): string {
  return `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`;
}
