import type { z } from 'zod';

const MAX_PROBLEMS = 5;

/** What is wrong with an input, for a model: where and what. Never the stack or a path of this machine, which a thrown error would bring along. */
export function schemaProblems(error: z.ZodError): string[] {
  return error.issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
    const place = path.map(String).join('.').slice(0, 120);
    return `${place === '' ? '' : `${place}: `}${message.slice(0, 200)}`;
  });
}
