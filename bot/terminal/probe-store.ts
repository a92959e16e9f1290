import { plural } from '../../tools/evidence/spoken-figures.ts';
import { DatabaseError } from '../cases/database/database.ts';
import { lookAtDatabase, sqliteFile } from '../cases/database/look-at-database.ts';
import type { DatabaseSettings } from '../cases/database/open-database.ts';
import { visibleText } from '../render/visible-text.ts';
import type { Check } from './probe-services.ts';

/** How long a server that does not answer is asked again. */
const WAIT_MS = 1_000;

/** The store of the bot: reachable, its tables up to date; it is neither made nor changed. */
export async function probeStore(settings: DatabaseSettings): Promise<Check> {
  const name = 'slack store';
  const where = settings.url === null ? sqliteFile(settings.folder) : 'PostgreSQL';
  try {
    const { isNew, toCome, cases } = await lookAtDatabase({ ...settings, waitMs: WAIT_MS });
    const state = isNew
      ? 'nothing there yet: the first start makes it'
      : [
          ...(cases === null ? [] : [plural(cases, 'case')]),
          toCome === 0 ? 'tables up to date' : `${plural(toCome, 'migration')} at the next start`,
        ].join(', ');
    return { name, ok: true, detail: visibleText(`${where}: ${state}`) };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const setting = settings.url === null ? 'WHEREFORE_CASES' : 'DATABASE_URL';
    return { name, ok: false, detail: visibleText(`${setting}: ${error.message}`) };
  }
}
