import type { BaseMessage } from '@langchain/core/messages';
import { estimateTokens } from '../estimate-tokens.ts';
import { type RunBook, usdOf } from '../run-book.ts';

/** Whether so many more calls of this size would go over the limit of input tokens or of money. */
export function tooDear(book: RunBook, tokens: number, times: number): boolean {
  const { limits } = book.task;
  if (book.inputTokens + tokens * times > limits.inputTokens) return true;
  if (limits.usd === null) return false;
  const usd = usdOf(book, book.inputTokens + tokens * times, book.outputTokens);
  return usd !== null && usd > limits.usd;
}

/** Tokens of a request as this server counts, learned from what it told of the calls before. */
export function guessTokens(book: RunBook, messages: readonly BaseMessage[]): number {
  return Math.ceil(guessInput(book, messages) * book.tokensPerGuess);
}

/** Tokens of a request by our own guess, instructions and tools included. */
export function guessInput(book: RunBook, messages: readonly BaseMessage[]): number {
  const calls = messages.map((message) => ('tool_calls' in message ? JSON.stringify(message.tool_calls) : ''));
  const texts = messages.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
  return estimateTokens([book.task.instructions, book.toolText, ...calls, ...texts].join('\n'));
}
