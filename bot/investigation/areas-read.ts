import type { Area } from '../../tools/evidence/area.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { FirstLook } from './first-look.ts';
import type { Investigation } from './investigation.ts';

/** Areas looked at: what was handed in counts, where the platform has nothing of the area. */
export function areasRead(first: FirstLook, run: SparkRun | null): Pick<Investigation, 'checked' | 'notChecked'> {
  const handedIn = new Set<Area>();
  if (run) handedIn.add('spark');
  if (first.attached.some(({ records }) => records.length > 0)) handedIn.add('logs');
  return {
    checked: [...new Set([...first.checked, ...handedIn])],
    notChecked: first.notChecked.filter(({ area }) => !handedIn.has(area)),
  };
}
