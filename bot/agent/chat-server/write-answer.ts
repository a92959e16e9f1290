import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChatStep, WrittenCall } from './chat-step.ts';
import type { ChatRequest } from './check-request.ts';

/** An answer that holds something, whatever it is. */
type Spoken = Extract<ChatStep, { do: 'say' | 'call' | 'refuse' | 'empty' }>;

/** A stream cuts texts and arguments wherever it likes; so does this one. */
const PIECE_CHARS = 7;

/** Writes one answer as the request wants it: one object, or a stream of chunks that ends in `[DONE]`. */
export async function writeAnswer(
  step: Spoken,
  request: ChatRequest,
  number: number,
  to: ServerResponse,
): Promise<void> {
  const id = step.id ?? `chatcmpl-${number}`;
  const calls = step.do === 'call' ? step.calls.map((call, at) => toolCall(call, `call_${number}_${at}`)) : [];
  const text = step.do === 'empty' ? '' : (step.text ?? '');
  const finish = step.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  const usage = step.usage === undefined ? countedUsage(request, text, calls) : step.usage;
  const head = { id, created: 1_700_000_000 + number, model: request.model };
  if (request.stream !== true) {
    const message = {
      role: 'assistant',
      content: step.do === 'refuse' || calls.length > 0 ? null : text,
      refusal: step.do === 'refuse' ? text : null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
    to.writeHead(200, { 'content-type': 'application/json' });
    to.end(JSON.stringify({ ...head, object: 'chat.completion', choices, ...(usage ? { usage: total(usage) } : {}) }));
    return;
  }
  beginStream(to);
  const chunk = (delta: unknown, reason: string | null = null) =>
    writeEvent(to, {
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
    });
  chunk({ role: 'assistant', content: step.do === 'say' ? '' : null });
  const field = step.do === 'refuse' ? 'refusal' : 'content';
  for (const piece of pieces(text)) {
    if (step.pauseMs !== undefined) await wait(step.pauseMs);
    chunk({ [field]: piece });
  }
  for (const [index, { function: called, ...call }] of calls.entries()) {
    chunk({ tool_calls: [{ index, ...call, function: { name: called.name, arguments: '' } }] });
    for (const piece of pieces(called.arguments)) {
      if (step.pauseMs !== undefined) await wait(step.pauseMs);
      chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  chunk({}, finish);
  if (usage && request.stream_options?.include_usage === true)
    writeEvent(to, { ...head, object: 'chat.completion.chunk', choices: [], usage: total(usage) });
  to.end('data: [DONE]\n\n');
}

/** The beginning of a stream, before anything is said. */
export function beginStream(to: ServerResponse): void {
  to.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
}

/** The first chunk of a stream, with a piece of text. */
export function writeFirstChunk(to: ServerResponse, request: ChatRequest, number: number, text: string): void {
  writeEvent(to, {
    id: `chatcmpl-${number}`,
    created: 1_700_000_000,
    model: request.model,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { role: 'assistant', content: text }, logprobs: null, finish_reason: null }],
  });
}

/** One event of a stream. */
export function writeEvent(to: ServerResponse, event: unknown): void {
  to.write(`data: ${JSON.stringify(event)}\n\n`);
}

function toolCall({ tool, input, raw, id }: WrittenCall, ownId: string) {
  return { id: id ?? ownId, type: 'function', function: { name: tool, arguments: raw ?? JSON.stringify(input ?? {}) } };
}

function pieces(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE_CHARS) }, (_, at) =>
    text.slice(at * PIECE_CHARS, (at + 1) * PIECE_CHARS),
  );
}

function countedUsage(request: ChatRequest, text: string, calls: readonly unknown[]) {
  const quarters = (given: string) => Math.ceil(given.length / 4);
  return {
    prompt_tokens: quarters(JSON.stringify([request.messages, request.tools ?? []])),
    completion_tokens: quarters(text) + (calls.length > 0 ? quarters(JSON.stringify(calls)) : 0),
  };
}

function total(usage: { prompt_tokens: number; completion_tokens: number }) {
  return { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens };
}
