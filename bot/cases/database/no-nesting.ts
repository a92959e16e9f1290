import { AsyncLocalStorage } from 'node:async_hooks';

/** Refuses a statement on the database from inside its own transaction, which would wait for itself for ever. */
export interface NoNesting {
  /** Runs work as the inside of a transaction. */
  inside<Result>(work: () => Promise<Result>): Promise<Result>;
  /** @throws Error inside a transaction that is not over */
  assertOutside(): void;
}

export function openNoNesting(): NoNesting {
  const held = new AsyncLocalStorage<{ open: boolean }>();
  return {
    async inside(work) {
      const mark = { open: true };
      try {
        return await held.run(mark, work);
      } finally {
        mark.open = false;
      }
    },
    assertOutside() {
      if (held.getStore()?.open)
        throw new Error('inside a transaction statements go through it, not through the database');
    },
  };
}
