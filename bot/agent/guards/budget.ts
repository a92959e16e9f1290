import { type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import { openModel } from '../model.ts';
import { endRun, type RunBook, remainingMs } from '../run-book.ts';
import { GIVE_ANSWER } from './give-answer.ts';
import type { WatchedWire } from './watch-wire.ts';
import { guessTokens, tooDear } from './what-is-left.ts';

/** What the model is told when the looking ends. */
const ANSWER_NOW = `Nothing more can be looked at. Call ${GIVE_ANSWER} now with what is known, and say in it what is missing.`;
/** Of the output tokens, what the looking may use; the rest belongs to the answer. */
const LOOKING_SHARE = 0.6;
/** A call that may look further leaves this much of the output for the answer after it. */
const ONE_CALL_SHARE = 0.75;
/** As many calls of the slowest kind seen have to fit into the time left. */
const CALLS_IN_RESERVE = 2;
const LEFT_OUT = '‹left out: there is no room for it any more›';

/**
 * Keeps a run within its limits: calls, tokens, seconds and money. Looking ends while there is still room for an answer; then only the tool of the
 * answer is offered, with a line that says so. A run never ends for its budget alone without that last call.
 */
export function budget(book: RunBook, wire: WatchedWire) {
  return createMiddleware({
    name: 'budget',
    wrapModelCall: async (request, handler) => {
      const { limits } = book.task;
      const next = guessTokens(book, request.messages);
      const told = book.lastWord;
      book.lastWord ||= mustAnswer(book, next);
      const messages = book.lastWord ? fitted(book, request.messages) : request.messages;
      if (book.lastWord && !told) messages.push(new HumanMessage(ANSWER_NOW));
      const leftOutput = limits.outputTokens - book.outputTokens;
      if (book.answered >= limits.modelCalls || leftOutput < 1 || tooDear(book, guessTokens(book, messages), 1))
        return endRun(book, remainingMs(book) <= 0 ? 'deadline' : 'over_budget');
      const model = openModel(book.settings, {
        model: book.model,
        maxOutputTokens: book.lastWord ? leftOutput : Math.max(1, Math.floor(leftOutput * ONE_CALL_SHARE)),
        fetch: wire.fetch,
        onPiece({ characters, finishReason, refused }) {
          book.spoken.characters += characters;
          book.spoken.finishReason = finishReason ?? book.spoken.finishReason;
          book.spoken.refused ||= refused;
          if (characters > 0) book.emit({ kind: 'draft', characters: book.spoken.characters });
        },
      });
      const tools = book.lastWord ? request.tools.filter((tool) => tool.name === GIVE_ANSWER) : request.tools;
      return await handler({ ...request, model, messages, tools });
    },
  });
}

/** Whether this call has to be the last word. */
function mustAnswer(book: RunBook, nextTokens: number): boolean {
  const { limits } = book.task;
  // The last call is the answer's, the one before it too where there are enough: so that an answer can be mended once.
  const answers = limits.modelCalls >= 3 ? 2 : 1;
  if (book.answered >= limits.modelCalls - answers) return true;
  if (book.outputTokens > limits.outputTokens * LOOKING_SHARE) return true;
  if (book.looking.aborted || remainingMs(book) < CALLS_IN_RESERVE * book.slowestMs) return true;
  // Another look means this call and a longer one after it.
  return tooDear(book, nextTokens, 2);
}

/** The messages with as many results left out, the longest first, as it takes to pay for one more call. */
function fitted(book: RunBook, given: readonly BaseMessage[]): BaseMessage[] {
  const messages = [...given];
  while (tooDear(book, guessTokens(book, messages), 1)) {
    const longest = messages
      .map((message, at) => ({ message, at, length: String(message.content).length }))
      .filter(({ message, length }) => ToolMessage.isInstance(message) && length > LEFT_OUT.length)
      .sort((a, b) => b.length - a.length)[0];
    if (longest === undefined) return messages;
    const { message, at } = longest;
    if (ToolMessage.isInstance(message))
      messages[at] = new ToolMessage({ content: LEFT_OUT, tool_call_id: message.tool_call_id, id: message.id ?? '' });
  }
  return messages;
}
