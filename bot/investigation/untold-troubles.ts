import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Platform } from '../../tools/platform/platform.ts';

/**
 * One sentence for each service that did not answer as it should and that no area has named: an area knows better what it misses,
 * and nothing is told twice.
 */
export function untoldTroubles(platform: Platform, told: readonly Bilingual[]): Bilingual[] {
  const troubles = platform.troubles?.() ?? [];
  return troubles.filter(({ service }) => !told.some(({ en }) => names(en, service))).map(({ note }) => note);
}

/** `yarn-nm@node1` names neither `yarn-nm` nor `yarn-nm@node11`. */
function names(sentence: string, service: string): boolean {
  for (let at = sentence.indexOf(service); at !== -1; at = sentence.indexOf(service, at + 1)) {
    const around = `${sentence[at - 1] ?? ' '}${sentence[at + service.length] ?? ' '}`;
    if (!/[\w@-]/.test(around)) return true;
  }
  return false;
}
