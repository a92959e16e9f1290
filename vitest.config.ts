import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{knowledge,tools,bot,evals}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Much of it is waiting for servers: with one worker for each core but one, a machine of two cores takes twice as long.
    maxWorkers: '100%',
  },
});
