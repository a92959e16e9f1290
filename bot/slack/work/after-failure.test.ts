import { describe, expect, it } from 'vitest';
import { CannotPost, SlackRefusal } from '../outlet/slack-refusal.ts';
import { afterFailure, againIn } from './after-failure.ts';

const desk = { log: () => undefined, meter: { firstCard() {}, final() {}, broke() {} } };
const ends = (error: unknown, attempts: number) =>
  Array.from({ length: attempts }, (_, at) => afterFailure(error, { attempt: at + 1 }, desk));

describe('what becomes of work that broke', () => {
  it('is tried again, later each time, and given up in the end', () => {
    const all = ends(new Error('broken'), 8);
    expect(all.slice(0, 7).every((end) => 'againInMs' in end)).toBe(true);
    expect(all[7]).toEqual({ finish: 'ignored' });
    expect(againIn(1)).toBe(1_500);
    expect(againIn(1_000)).toBe(60_000);
  });

  it('ends sooner where nothing can be posted', () => {
    expect(ends(new CannotPost('conversations.open', 'user_not_found'), 3)[2]).toEqual({ finish: 'ignored' });
  });

  it('is never given up while Slack does not take the app at all', () => {
    const refused = new SlackRefusal('chat.postMessage', 'token_revoked');
    expect(afterFailure(refused, { attempt: 10_000 }, desk)).toEqual({ againInMs: 60_000 });
  });
});
