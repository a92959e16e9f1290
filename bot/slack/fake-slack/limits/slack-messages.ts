import type { z } from 'zod';

/** One issue in Slack's words; seen in github.com/yonicd/slackreprex/issues/3 and github.com/adobe/spacecat-api-service/issues/176. */
function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `must be less than ${Number(issue.maximum) + 1} characters`
        : `no more than ${issue.maximum} items allowed`;
    case 'too_small':
      return issue.origin === 'string'
        ? `must be more than ${Number(issue.minimum) - 1} characters`
        : `no fewer than ${issue.minimum} items allowed`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'unsupported type';
    case 'invalid_type':
      return issue.input === undefined
        ? `missing required field: ${String(issue.path.at(-1))}`
        : `must provide an ${issue.expected}`;
    default:
      return issue.message;
  }
}

/** All issues as `response_metadata.messages` carries them, with the place as a JSON pointer below `root`. */
export function slackMessages(error: z.ZodError, root: string): string[] {
  return error.issues.map(
    (issue) => `[ERROR] ${inWords(issue)} [json-pointer:${[root, ...issue.path.map(String)].join('/')}]`,
  );
}
