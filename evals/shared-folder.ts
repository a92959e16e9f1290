import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of recorded incidents that is not part of the repository: `WHEREFORE_SHARED`, else `shared` beside the checkout.
 * Null where it is absent: what needs it is skipped, by name.
 */
export function sharedFolder(): string | null {
  const named = process.env.WHEREFORE_SHARED;
  const folder = named !== undefined && named !== '' ? named : path.join(import.meta.dirname, '..', '..', 'shared');
  return existsSync(path.join(folder, 'captures')) ? path.resolve(folder) : null;
}
