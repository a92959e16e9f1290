import type { Incoming } from './incoming.ts';

/** A question as it arrives; what a test is about is given. */
export function incomingOf(given: Partial<Incoming> & { key: string; threadTs?: string | null }): Incoming {
  const { threadTs = `1700000000.${given.key.padStart(6, '0').slice(-6)}`, ...rest } = given;
  return {
    way: 'mention',
    place: { team: 'T1', channel: 'C1', threadTs },
    user: 'U1',
    sentAtMs: 1_700_000_000_000,
    order: '1700000000.000100',
    text: 'why did it fail?',
    files: [],
    action: null,
    ...rest,
  };
}
