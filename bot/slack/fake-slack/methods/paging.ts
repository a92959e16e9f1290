import { SlackError } from '../slack-error.ts';
import { type MethodCall, text } from './method.ts';

/** One page of a list by `limit` and `cursor` (docs.slack.dev/apis/web-api/pagination). */
export function page<T>(
  list: readonly T[],
  args: MethodCall['args'],
  usual: number,
  most: number,
): { items: T[]; hasMore: boolean; response_metadata: { next_cursor: string } } {
  const limit = text(args, 'limit') === '' ? usual : Number(text(args, 'limit'));
  if (!Number.isInteger(limit) || limit < 1) throw new SlackError('invalid_limit');
  const cursor = text(args, 'cursor');
  const from = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw new SlackError('invalid_cursor');
  const to = from + Math.min(limit, most);
  const next = to < list.length ? Buffer.from(String(to)).toString('base64url') : '';
  return { items: list.slice(from, to), hasMore: next !== '', response_metadata: { next_cursor: next } };
}
