import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Database } from './database.ts';
import { type DatabaseSettings, openDatabase } from './open-database.ts';
import { type RunningPostgres, startPostgres } from './postgres-fixture.ts';

/** An empty store for one test. */
export interface TestStore {
  settings: DatabaseSettings;
  /** Another connection to it, as another process would have. */
  open(): Promise<Database>;
  discard(): Promise<void>;
}

/** Makes empty stores of one kind. */
export interface StoreMaker {
  make(): Promise<TestStore>;
  stop(): Promise<void>;
}

/** Stores of SQLite, a folder each, or of one PostgreSQL server, a schema each. */
export async function openStoreMaker(kind: Database['kind']): Promise<StoreMaker> {
  if (kind === 'sqlite')
    return { make: async () => ofSettings({ url: null, folder: await temporary() }), async stop() {} };
  const server = await startPostgres();
  if (server === null) throw new Error('there is no PostgreSQL server on this machine');
  let made = 0;
  return {
    make: async () => ofSettings({ url: await schemaOf(server, `s${++made}`), folder: '' }),
    stop: () => server.stop(),
  };
}

function ofSettings(settings: DatabaseSettings): TestStore {
  const opened: Database[] = [];
  return {
    settings,
    async open() {
      const database = await openDatabase(settings);
      opened.push(database);
      return database;
    },
    async discard() {
      for (const database of opened.splice(0)) await database.close();
      if (settings.url === null) await rm(settings.folder, { recursive: true, force: true });
    },
  };
}

const temporary = () => mkdtemp(path.join(tmpdir(), 'wherefore-store-'));

async function schemaOf(server: RunningPostgres, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create schema ${name}`);
  await client.end();
  return `${server.url}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
}
