import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { HAS_POSTGRES } from './postgres-fixture.ts';
import { openStoreMaker, type StoreMaker, type TestStore } from './stores-fixture.ts';

/** Runs the same tests on an empty store of each kind; PostgreSQL is skipped by name where its server is not installed. */
export function describeStores(title: string, tests: (store: () => TestStore) => void): void {
  describe(`${title}, SQLite`, () => onStore('sqlite', tests));
  describe.skipIf(!HAS_POSTGRES)(`${title}, PostgreSQL (Debian package postgresql)`, () => onStore('postgres', tests));
}

function onStore(kind: 'sqlite' | 'postgres', tests: (store: () => TestStore) => void): void {
  let maker: StoreMaker | null = null;
  let store: TestStore | null = null;
  beforeAll(async () => {
    maker = await openStoreMaker(kind);
  });
  afterAll(async () => maker?.stop());
  beforeEach(async () => {
    store = (await maker?.make()) ?? null;
  });
  afterEach(async () => store?.discard());
  tests(() => {
    if (store === null) throw new Error('a store is there within a test only');
    return store;
  });
}
