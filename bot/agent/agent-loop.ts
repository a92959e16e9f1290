import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { createAgent, tool } from 'langchain';
import { z } from 'zod';
import { RunEnded } from './agent-failure.ts';
import { budget } from './guards/budget.ts';
import { callModel } from './guards/call-model.ts';
import { endWithAnswer, GIVE_ANSWER } from './guards/give-answer.ts';
import { repairReply } from './guards/repair-reply.ts';
import { safeTools } from './guards/safe-tools.ts';
import { watchWire } from './guards/watch-wire.ts';
import { openModel } from './model.ts';
import type { RunBook } from './run-book.ts';

/** Each look is three steps of the framework's graph; the budget ends a run long before. */
const RECURSION_LIMIT = 1_000;

/**
 * The loop of a run: the framework's agent with our guards about it. What it comes to stands in the book. This file and what it imports are the
 * only ones that load the framework.
 *
 * @throws whatever is a bug of ours
 */
export async function agentLoop(book: RunBook): Promise<void> {
  const { task } = book;
  const offered = [
    ...task.tools.map(({ name, description, input }) => ({ name, description, schema: formOf(input) })),
    {
      name: GIVE_ANSWER,
      description: 'Gives your answer and ends the task. Call it alone.',
      schema: formOf(task.answer),
    },
  ];
  book.toolText = JSON.stringify(offered);
  const wire = watchWire(task.limits.idleMs);
  const agent = createAgent({
    model: openModel(book.settings, { model: book.model, maxOutputTokens: 1, fetch: wire.fetch, onPiece: () => {} }),
    // A plain string: parts are not understood everywhere.
    systemPrompt: new SystemMessage(task.instructions),
    // They are run by the guard; the framework's own way has other ideas of errors.
    tools: offered.map((form) => tool(() => '', form)),
    middleware: [endWithAnswer(book), budget(book, wire), repairReply(book), callModel(book, wire), safeTools(book)],
  });
  try {
    await agent.invoke(
      { messages: [new HumanMessage(task.context)] },
      { signal: book.signal, recursionLimit: RECURSION_LIMIT },
    );
  } catch (error) {
    if (book.failure === null && !book.signal.aborted) throw rootOf(error);
  }
}

/** JSON Schema of an input, the same for every run. */
function formOf(schema: z.ZodObject): Record<string, unknown> {
  const { $schema: _, ...form } = z.toJSONSchema(schema, { io: 'input' });
  return form;
}

function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error && !(root instanceof RunEnded)) root = root.cause;
  return root;
}
