import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{knowledge,tools,bot,evals}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
