import { createMiddleware } from 'langchain';
import type { RunBook } from '../run-book.ts';
import { schemaProblems } from './schema-problems.ts';

/** The tool by which a model gives its answer. Its name is fixed: it stands in instructions and in servers' caches. */
export const GIVE_ANSWER = 'give_answer';

/** How often an answer is sent back to be mended. */
const MAX_REPAIRS = 1;
const MAX_PROBLEMS = 8;
const MAX_PROBLEM_CHARS = 300;

/** Ends the loop when there is an answer, or a reason why there is none. */
export function endWithAnswer(book: RunBook) {
  return createMiddleware({
    name: 'end-with-answer',
    beforeModel: {
      canJumpTo: ['end'],
      hook: () => (book.answer !== null || book.failure !== null ? { jumpTo: 'end' as const } : undefined),
    },
  });
}

/**
 * Takes an answer, or says what is wrong with it: by form first, then by what the task's own check says. After one repair the run has failed.
 *
 * @param input null: what was given is no JSON object
 * @returns the tool's result, that the model sees
 */
export function judgeAnswer(book: RunBook, input: unknown): string {
  // Whatever comes next, the looking is over.
  book.lastWord = true;
  const problems = input === null ? [notJson(book)] : problemsOf(book, input);
  if (problems.length === 0) return 'Accepted.';
  if (book.repairs >= MAX_REPAIRS || book.answered >= book.task.limits.modelCalls) {
    book.failure ??= 'nonsense';
    return 'Not accepted.';
  }
  book.repairs += 1;
  const told = problems.slice(0, MAX_PROBLEMS).map((problem) => `- ${problem.slice(0, MAX_PROBLEM_CHARS)}`);
  const more = problems.length > MAX_PROBLEMS ? [`- and ${problems.length - MAX_PROBLEMS} more of the kind`] : [];
  return ['Not accepted:', ...told, ...more, `Mend this and call ${GIVE_ANSWER} once more.`].join('\n');
}

function problemsOf(book: RunBook, input: unknown): readonly string[] {
  const parsed = book.task.answer.safeParse(input);
  if (!parsed.success) return schemaProblems(parsed.error);
  const problems = book.task.check(parsed.data);
  if (problems.length === 0) book.answer = { value: parsed.data };
  return problems;
}

function notJson(book: RunBook): string {
  if (book.spoken.finishReason === 'length') return 'it was cut off: it is longer than is left; say it shorter';
  return `it was no call of ${GIVE_ANSWER} with a JSON object`;
}
