import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { Quote } from '../evidence/quote.ts';
import { groupKeys } from '../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { OomKill } from '../host/kernel-facts.ts';
import { quoteReading, type Reading } from '../host/readings.ts';

/** Quotes of kernel text as evidence, each line once, with the provenance the text is worth. */
export function kernelEvidence(
  facts: HostMemoryFacts,
  quotes: readonly (Quote | null | undefined)[],
  at: number | null,
  provenance: Provenance = facts.kernelProvenance,
): Evidence[] {
  const seen = new Set<string>();
  return quotes.flatMap((quote): Evidence[] => {
    if (!quote) return [];
    const key = `${quote.source} ${quote.fromLine}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...quote, area: 'memory', provenance, at }];
  });
}

/** Readings of kernel files as evidence. */
export function readingEvidence(readings: readonly (Reading | null | undefined)[], at: number | null): Evidence[] {
  return readings.flatMap((reading): Evidence[] =>
    reading ? [{ ...quoteReading(reading), area: 'memory', provenance: 'kernel', at }] : [],
  );
}

/** Keys of a kill: process, host, and what the victim's group says. */
export function killKeys(facts: HostMemoryFacts, kill: OomKill, victimGroup: string | null): JoinKeys {
  const host = kill.host ?? facts.host;
  return {
    ...(host === null ? {} : { host }),
    pid: kill.pid,
    ...(victimGroup === null ? {} : groupKeys(victimGroup)),
  };
}

/** Keys of a group of a host. */
export function hostGroupKeys(facts: HostMemoryFacts, path: string): JoinKeys {
  return { ...(facts.host === null ? {} : { host: facts.host }), ...groupKeys(path) };
}

/** Sets the kind of complete statement on findings from a whole report: header or decision line, and the kill itself. */
export function wholeReport(kill: OomKill): { completeStatement?: string } {
  const decided =
    kill.quotes.constraint ?? kill.quotes.group ?? (kill.ownReport ? kill.report?.invoker?.quote : undefined);
  return decided && kill.quotes.killed ? { completeStatement: 'kernel_oom_report' } : {};
}

/** One code spoken against, with its reason. */
export function against(code: CauseCode, en: string, zh: string): { code: CauseCode; why: Bilingual } {
  return { code, why: { en, zh } };
}

/** The last parts of a group's path, enough to know it by. */
export function shortGroup(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.at(-1) ?? '/';
  return /^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : name.length > 90 ? `${name.slice(0, 90)}…` : name;
}

/** A process as a person reads it: `java (pid 22224)`. */
export function processWords(kill: { comm: string; pid: number }): string {
  const name = [...kill.comm].filter((letter) => letter >= ' ' && letter !== '\u007f').join('');
  return `${name || '?'} (pid ${kill.pid})`;
}
