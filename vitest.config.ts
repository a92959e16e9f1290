import { defineConfig } from 'vitest/config';

/** One project for each worker that the evals may have: vitest shares out files, and theirs is one. */
const evals = Array.from({ length: 8 }, (_, shard) => ({
  test: {
    name: `evals-${shard + 1}`,
    include: ['evals/suite/suite.eval.ts'],
    env: { WHEREFORE_EVAL_SHARD: String(shard) },
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
}));

export default defineConfig({
  test: {
    // Much of it is waiting for servers: with one worker for each core but one, a machine of two cores takes twice as long.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'tests',
          include: ['{knowledge,tools,bot,evals}/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      // Only where a plan was written: `npm run eval` names these by project.
      ...(process.env.WHEREFORE_EVAL_PLAN ? evals : []),
    ],
  },
});
