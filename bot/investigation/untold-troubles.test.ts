import { describe, expect, it } from 'vitest';
import type { Platform } from '../../tools/platform/platform.ts';
import { untoldTroubles } from './untold-troubles.ts';

const note = (en: string) => ({ en, zh: en });
const platform = {
  troubles: () => [
    { service: 'yarn-nm@node1', note: note('yarn-nm@node1 refused the connection') },
    { service: 'prometheus', note: note('prometheus answered /api with status 500') },
  ],
} as unknown as Platform;

describe('untoldTroubles', () => {
  it('are those of services that nobody has named', () => {
    const told = [note('no answer of yarn-nm@node11'), note('prometheus answered 500')];
    expect(untoldTroubles(platform, told).map(({ en }) => en)).toEqual(['yarn-nm@node1 refused the connection']);
    expect(untoldTroubles(platform, [note('x (yarn-nm@node1), prometheus: y')])).toEqual([]);
  });

  it('are none of a capture', () => {
    expect(untoldTroubles({} as Platform, [])).toEqual([]);
  });
});
