import type { Reporter, TestCase } from 'vitest/node';

/** One line of progress for each hundredth of the way, on the error stream; trials that fail are named as soon as they do. */
export function progressReporter(all: number, write: (line: string) => void): Reporter {
  let made = 0;
  let failed = 0;
  let told = -1;
  const started = Date.now();
  return {
    onTestCaseResult(test: TestCase) {
      if (test.name === NOTHING_TO_DO) return;
      const { state, errors } = test.result();
      made += 1;
      if (state === 'failed') {
        failed += 1;
        const [first] = errors ?? [];
        write(`FAILED ${test.name}: ${(first?.message ?? '').split('\n')[0]}`);
      }
      const percent = Math.min(100, Math.floor((100 * made) / Math.max(1, all)));
      if (percent < told + STEP_PERCENT && made < all) return;
      told = percent;
      const seconds = Math.round((Date.now() - started) / 1000);
      write(`${made} of ${all} trials, ${failed} failed, ${seconds} s`);
    },
  };
}

/** The test of a worker whose part has no trial. */
export const NOTHING_TO_DO = 'has nothing of this part';
/** A log that nobody watches gets ten lines. */
const STEP_PERCENT = 10;
