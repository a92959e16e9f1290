import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres-fixture.ts';

describe.skipIf(!HAS_POSTGRES)('PostgreSQL that cuts connections (Debian package postgresql)', () => {
  it('costs neither the process nor a statement', async () => {
    const server = await startPostgres();
    if (server === null) throw new Error('no server');
    const admin = new pg.Client({ connectionString: server.url });
    try {
      await admin.connect();
      // Waits until they are gone: one that only ends with the commit says nothing about whether it was kept.
      const cut = () =>
        admin.query(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'wherefore'",
        );
      const database = await openDatabase({ url: server.url, folder: '' });
      await database.query('create table things (name text primary key)');
      // While nobody uses them, and in the middle of a transaction, which is done again.
      await cut();
      await database.query("insert into things values ('idle')");
      let tries = 0;
      await database.transaction(async (tx) => {
        tries += 1;
        await tx.query("insert into things values ('cut')");
        if (tries === 1) await cut();
        await tx.query("insert into things values ('after')");
      });
      expect(tries).toBe(2);
      expect(await database.query('select name from things order by name')).toEqual([
        { name: 'after' },
        { name: 'cut' },
        { name: 'idle' },
      ]);
      await database.close();
    } finally {
      await admin.end().catch(() => undefined);
      await server.stop();
    }
  });
});

describe('an address', () => {
  it('is not told with its password when nobody answers there', async () => {
    const opening = openDatabase({ url: 'postgres://u:geheim@127.0.0.1:1/d', folder: '', waitMs: 100 });
    await expect(opening).rejects.toThrow(/cannot be used \(ECONNREFUSED\)/);
    await expect(opening).rejects.not.toThrow('geheim');
  });
});
