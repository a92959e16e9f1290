import { AIMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import type { RunBook } from '../run-book.ts';
import { answerInText, withoutThought } from './answer-in-text.ts';
import { GIVE_ANSWER } from './give-answer.ts';

/** Key of a call's arguments that says they were no JSON object; the tools' guard answers such a call. */
export const MALFORMED = '‹malformed›';

/** More calls in one message than this are a model gone astray. */
const MAX_CALLS_AT_ONCE = 16;
const MAX_TEXT_CHARS = 4_000;

interface RawCall {
  name: string;
  args: string;
}

/**
 * Makes of what a model said a message that the loop can go on with: arguments that are no JSON end nothing silently (the call stays, marked, and gets
 * an error as its result); an answer written as text becomes the call it should have been; ids of messages and calls are our own, so that servers
 * that repeat theirs overwrite nothing; an answer beside other calls is taken alone.
 */
export function repairReply(book: RunBook) {
  return createMiddleware({
    name: 'repair-reply',
    wrapModelCall: async (request, handler) => {
      const message = await handler(request);
      const text = typeof message.content === 'string' ? message.content : '';
      const raw = rawCalls(message).slice(0, MAX_CALLS_AT_ONCE);
      const calls =
        raw.length > 0
          ? raw.map(({ name, args }) => ({ name: plainName(name), args: parsedArguments(args) }))
          : [inText(text)];
      const answer = calls.find(({ name }) => name === GIVE_ANSWER);
      const kept = answer === undefined ? calls : [answer];
      return new AIMessage({
        id: `message-${book.answered}`,
        content: raw.length > 0 ? withoutThought(text).trim().slice(0, MAX_TEXT_CHARS) : '',
        tool_calls: kept.map((call, at) => ({
          ...call,
          id: `call_${book.answered}_${at}`,
          type: 'tool_call' as const,
        })),
      });
    },
  });
}

/**
 * Calls with their arguments as they were streamed. The framework's own reading completes what was cut off (`{"path": "/a` becomes
 * `{"path": "/a"}`) and would run a tool with half an input.
 */
function rawCalls(message: AIMessage): RawCall[] {
  const chunks = (message as { tool_call_chunks?: { name?: string; args?: string }[] }).tool_call_chunks ?? [];
  if (chunks.length > 0) return chunks.map(({ name, args }) => ({ name: name ?? '', args: args ?? '' }));
  return [
    ...(message.tool_calls ?? []).map(({ name, args }) => ({ name, args: JSON.stringify(args) })),
    ...(message.invalid_tool_calls ?? []).map(({ name, args }) => ({ name: name ?? '', args: args ?? '' })),
  ];
}

/** A name as servers take it back in the history: an invented one may hold anything. */
function plainName(name: string): string {
  return name.replace(/[^\w-]/g, '_').slice(0, 64) || 'nameless';
}

function parsedArguments(text: string): Record<string, unknown> {
  // Tools without input are called with nothing at all by some servers.
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  return { [MALFORMED]: true };
}

function inText(text: string): { name: string; args: Record<string, unknown> } {
  return { name: GIVE_ANSWER, args: answerInText(text, GIVE_ANSWER) ?? { [MALFORMED]: true } };
}
