import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeStores } from './describe-stores.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openDatabase } from './open-database.ts';

describeStores('a database', (store) => {
  const things = async () => {
    const database = await store().open();
    await database.query('create table things (name text primary key, size bigint)');
    return database;
  };

  it('gives back what was put in: text, large numbers, nothing', async () => {
    const database = await things();
    const values = ['漏 \u{1f600} \'"; drop table things', 1_700_000_000_000_123, null];
    await database.query('insert into things values ($1, $2), ($3, $4)', [values[0] ?? '', values[1] ?? 0, 'b', null]);
    expect(await database.query('select name, size, null as none from things order by size')).toEqual(
      expect.arrayContaining([
        { name: values[0], size: values[1], none: null },
        { name: 'b', size: null, none: null },
      ]),
    );
    expect(await database.query('select count(*) as n, sum(size) as total from things')).toEqual([
      { n: 2, total: values[1] },
    ]);
  });

  it('takes a placeholder twice and in any order, and a text with NUL', async () => {
    const database = await things();
    await database.query('insert into things values ($2, $1)', [7, 'a\0b']);
    const rows = await database.query('select name from things where size = $1 or size = $2 or size = $1', [7, 8]);
    expect(rows).toEqual([{ name: 'a\u{fffd}b' }]);
  });

  it('keeps all of a transaction or nothing', async () => {
    const database = await things();
    const failing = database.transaction(async (tx) => {
      await tx.query("insert into things values ('a', 1)");
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await database.transaction((tx) => tx.query("insert into things values ('b', 1)"));
    expect(await database.query('select name from things')).toEqual([{ name: 'b' }]);
  });

  it('works on after a statement that failed', async () => {
    const database = await things();
    await expect(database.transaction((tx) => tx.query('select nothing from nowhere'))).rejects.toThrow();
    await expect(database.query('insert into nowhere values (1)')).rejects.toThrow();
    expect(await database.query('select count(*) as n from things')).toEqual([{ n: 0 }]);
  });

  it('runs exclusive transactions of two connections one after another', async () => {
    const [one, two] = [await things(), await store().open()];
    await one.query("insert into things values ('counter', 0)");
    const increment = (database: typeof one) =>
      database.transaction(async (tx) => {
        const [row] = await tx.query("select size from things where name = 'counter'");
        await new Promise((resolve) => setImmediate(resolve));
        await tx.query("update things set size = $1 where name = 'counter'", [Number(row?.size) + 1]);
      }, 'count');
    await Promise.all(Array.from({ length: 40 }, (_, at) => increment(at % 2 === 0 ? one : two)));
    expect(await two.query('select size from things')).toEqual([{ size: 40 }]);
  });

  it('refuses what would wait for itself, and works on', async () => {
    const database = await things();
    await expect(database.transaction(() => database.query('select 1 as one'))).rejects.toThrow('go through it');
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is opened by two at once, each migration applied once', async () => {
    await Promise.all([store().open(), store().open(), store().open()]);
    const database = await store().open();
    const rows = await database.query('select id from migrations order by id');
    expect(rows.map(({ id }) => id)).toEqual(MIGRATIONS.map(({ id }) => id));
  });

  it('undoes a migration that fails in the middle', async () => {
    const database = await store().open();
    const broken = [...MIGRATIONS, { id: '999-broken', sql: ['create table half (id text)', 'create nonsense'] }];
    await expect(migrate(database, broken)).rejects.toThrow();
    await expect(database.query('select * from half')).rejects.toThrow();
    await migrate(database, [...MIGRATIONS, { id: '999-mended', sql: ['create table half (id text)'] }]);
    expect(await database.query('select * from half')).toEqual([]);
  });

  it('of a newer version is left alone', async () => {
    const database = await store().open();
    await migrate(database, [...MIGRATIONS, { id: '999-later', sql: [] }]);
    await expect(openDatabase(store().settings)).rejects.toThrow(/newer version of Wherefore \(it holds 999-later\)/);
  });
});

describe('openDatabase', () => {
  it('makes folder and files for their owner only', async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'wherefore-store-')), 'state');
    const database = await openDatabase({ url: null, folder });
    await database.query("insert into served_users values ('u', 1)");
    for (const name of ['', 'wherefore.sqlite', 'wherefore.sqlite-wal'])
      expect((await stat(path.join(folder, name))).mode & 0o077, name).toBe(0);
    await database.close();
    await expect(database.query('select 1')).rejects.toThrow('the database is closed');
    await rm(path.dirname(folder), { recursive: true });
  });

  it('says what is wrong, without a password', async () => {
    await expect(openDatabase({ url: 'mysql://u:geheim@h/d', folder: '' })).rejects.toThrow(
      'has to begin with postgres://',
    );
    await expect(openDatabase({ url: null, folder: '/dev/null/here' })).rejects.toThrow(/cannot be opened \(ENOTDIR\)/);
  });
});
