import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openKeptCases } from '../kept-cases/open-kept-cases.ts';
import { DatabaseError } from './database.ts';
import { describeStores } from './describe-stores.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { MIGRATIONS } from './migrations/index.ts';

const KEPT = { id: 'case_1', threadId: null, text: '{}', about: [], turns: {} };

describeStores('a look at a database', (store) => {
  it('does not make what is not there', async () => {
    const { settings } = store();
    expect(await lookAtDatabase(settings)).toMatchObject({ isNew: true, toCome: MIGRATIONS.length, cases: null });
    if (settings.url === null) expect(existsSync(path.join(settings.folder, 'wherefore.sqlite'))).toBe(false);
    expect(await lookAtDatabase(settings)).toMatchObject({ isNew: true });
  });

  it('counts what is kept, and what the next start will apply', async () => {
    const database = await store().open();
    await openKeptCases(database).keep(KEPT);
    expect(await lookAtDatabase(store().settings)).toEqual({ kind: database.kind, isNew: false, toCome: 0, cases: 1 });
    await database.query('delete from migrations where id = $1', [MIGRATIONS.at(-1)?.id ?? '']);
    expect(await lookAtDatabase(store().settings)).toMatchObject({ isNew: false, toCome: 1 });
  });

  it('refuses what a newer version wrote', async () => {
    const database = await store().open();
    await database.query("insert into migrations (id, applied_at_ms) values ('999-new', 1)");
    await expect(lookAtDatabase(store().settings)).rejects.toThrow(/newer version of Wherefore \(999-new\)/);
  });
});

it('tells of a server that is not there, without its password', async () => {
  const url = 'postgres://me:hunter22secret@127.0.0.1:1/db';
  const error = await lookAtDatabase({ url, folder: '', waitMs: 0 }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseError);
  expect((error as Error).message).toContain('ECONNREFUSED');
  expect((error as Error).message).not.toContain('hunter22');
});
