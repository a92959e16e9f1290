import type { Bilingual } from '../../../../knowledge/bilingual.ts';
import type { RunChange, RunComparison } from '../run-comparison.ts';

/** Another script, class or argument than in any earlier run. */
export function programChanges(comparison: RunComparison): RunChange[] {
  return comparison.changes.filter(({ what }) => what === 'code');
}

/** The first of them as the end of a sentence; empty without any. */
export function told(changed: readonly RunChange[]): Bilingual {
  const [first] = changed;
  if (!first) return { en: '', zh: '' };
  const values = `${first.name}: ${first.from ?? '–'} → ${first.to ?? '–'}`;
  return { en: `; the program changed: ${values}`, zh: `；程序有变化：${values}` };
}

/** The first of them as values of a finding. */
export function programValues(changed: readonly RunChange[]): Record<string, string | null> {
  const [first] = changed;
  return first ? { changed: first.name, from: first.from, to: first.to } : {};
}
