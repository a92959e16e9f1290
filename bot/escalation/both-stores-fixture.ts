import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { Database } from '../cases/database/database.ts';
import { HAS_POSTGRES } from '../cases/database/postgres-fixture.ts';
import { openStoreMaker, type StoreMaker, type TestStore } from '../cases/database/stores-fixture.ts';
import { type EscalationBench, escalationBench } from './escalation-fixture.ts';

/** What one test works with, anew for each. */
export interface OnStore {
  bench: EscalationBench;
  database: Database;
  store: TestStore;
  /** Keys of the cards in the support channel. */
  supportCards(): string[];
  /** The text of the first of them. */
  onlyCard(): string;
}

const KINDS = [
  { kind: 'sqlite', missing: false },
  { kind: 'postgres', missing: !HAS_POSTGRES },
] as const;

/** Runs tests of hand-offs on SQLite and on PostgreSQL; without the package postgresql the latter are skipped by name. */
export function onBothStores(title: string, tests: (on: OnStore) => void): void {
  describe.each(KINDS)(`${title} on $kind (postgres needs the package postgresql)`, ({ kind, missing }) => {
    describe.skipIf(missing)('', () => {
      let maker: StoreMaker;
      const on: Partial<OnStore> = {
        supportCards: () => [...(on.bench?.outlet.posts.keys() ?? [])].filter((key) => key.startsWith('handoff/')),
        onlyCard: () => on.bench?.shown(on.supportCards?.()[0] ?? '') ?? '',
      };
      beforeAll(async () => {
        maker = await openStoreMaker(kind);
      });
      afterAll(() => maker.stop());
      beforeEach(async () => {
        on.store = await maker.make();
        on.database = await on.store.open();
        on.bench = await escalationBench(on.database);
      });
      afterEach(async () => {
        await on.bench?.close();
        await on.store?.discard();
      });
      tests(on as OnStore);
    });
  });
}
