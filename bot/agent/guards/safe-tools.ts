import { ToolMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import type { OfferedTool } from '../agent-run.ts';
import type { RunBook } from '../run-book.ts';
import { GIVE_ANSWER, judgeAnswer } from './give-answer.ts';
import { MALFORMED } from './repair-reply.ts';
import { schemaProblems } from './schema-problems.ts';

/** About 6,000 tokens; tools cut their results themselves and say how to narrow, this is for those that forget. */
const MAX_RESULT_CHARS = 20_000;
/** Of an earlier answer given again; the whole of it stands above. */
const MAX_REPEATED_CHARS = 2_000;

/**
 * Runs the tools that a model calls, and makes a result of whatever happens: unknown names, inputs without the form, tools that throw (a bug of ours:
 * the model learns that it failed, never a stack), tools that take too long, and exact repeats, which get the earlier answer and run nothing.
 */
export function safeTools(book: RunBook) {
  const earlier = new Map<string, Promise<string>>();
  return createMiddleware({
    name: 'safe-tools',
    wrapToolCall: async ({ toolCall }) => {
      const { name, id, args } = toolCall;
      const input: Record<string, unknown> | null = Object.hasOwn(args, MALFORMED) ? null : args;
      const content = name === GIVE_ANSWER ? judgeAnswer(book, input) : await runTool(book, earlier, name, input);
      return new ToolMessage({ content, tool_call_id: id ?? '' });
    },
  });
}

async function runTool(
  book: RunBook,
  earlier: Map<string, Promise<string>>,
  name: string,
  input: Record<string, unknown> | null,
): Promise<string> {
  const note = (outcome: RunBook['calls'][number]['outcome'], given: unknown = input) =>
    book.calls.push({ tool: name.slice(0, 64), input: given, outcome });
  const tool = book.task.tools.find((one) => one.name === name);
  if (tool === undefined) {
    note('unknown');
    return `There is no such tool. There are: ${[...book.task.tools.map((one) => one.name), GIVE_ANSWER].join(', ')}`;
  }
  if (input === null) {
    note('invalid');
    return 'Not run: the arguments are no JSON object.';
  }
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) {
    note('invalid');
    return `Not run:\n${schemaProblems(parsed.error).join('\n')}`;
  }
  if (book.lastWord) {
    note('invalid', parsed.data);
    return `Not run: there is no time or money left to look at more. Call ${GIVE_ANSWER} now.`;
  }
  const key = `${name} ${inOrder(parsed.data)}`;
  const before = earlier.get(key);
  if (before !== undefined) {
    note('repeat', parsed.data);
    const answer = await before;
    const cut = answer.length > MAX_REPEATED_CHARS ? '… (whole above)' : '';
    return `Not run again: you asked exactly this before. The answer was:\n${answer.slice(0, MAX_REPEATED_CHARS)}${cut}`;
  }
  note('run', parsed.data);
  book.emit({ kind: 'tool', line: tool.progress(parsed.data) });
  const answer = answerOf(tool, parsed.data, book.looking);
  earlier.set(key, answer);
  return await answer;
}

async function answerOf(tool: OfferedTool, input: unknown, looking: AbortSignal): Promise<string> {
  try {
    const result = await Promise.race([tool.run(input, looking), ended(looking)]);
    if (result.length <= MAX_RESULT_CHARS) return result;
    const left = result.length - MAX_RESULT_CHARS;
    return `${result.slice(0, MAX_RESULT_CHARS)}\n… ${left} more characters are left out; ask for something narrower`;
  } catch {
    return looking.aborted
      ? 'It did not answer in the time there is.'
      : 'This tool failed by an error of its own; what it would have said is not known. Do not ask it the same again.';
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** JSON with keys in order: the same input, however it is written. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
