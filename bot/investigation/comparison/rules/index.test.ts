import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isCauseCode } from '../../../../knowledge/causes/cause-codes.ts';
import { bookTime } from '../../ledger/book-time.ts';
import { randomRun } from '../../ledger/fixtures/random-run.ts';
import { comparedRuns, compareRuns } from '../compare-runs.ts';
import { COMPARISON_RULES, judgeComparison } from './index.ts';

const here = dirname(fileURLToPath(import.meta.url));

describe('COMPARISON_RULES', () => {
  it('holds every rule of the folder, each with its test and with codes of the catalogue', () => {
    const files = readdirSync(here);
    const ruled = COMPARISON_RULES.map((rule) => rule.id.replace('comparison/', ''));
    expect(new Set(ruled).size).toBe(ruled.length);
    for (const name of ruled) {
      expect(files, name).toContain(`${name}.ts`);
      expect(files, name).toContain(`${name}.test.ts`);
    }
    for (const rule of COMPARISON_RULES) expect(rule.codes.every(isCauseCode), rule.id).toBe(true);
    const others = ['account-name.ts', 'comparison-rule.ts', 'program-changes.ts', 'stage-evidence.ts', 'index.ts'];
    const rules = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !others.includes(file));
    expect(rules.map((file) => file.replace('.ts', '')).sort()).toEqual([...ruled].sort());
  });

  it('judges any two runs without a figure that is no number, and never above one', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const slow = randomRun(seed);
      const baselines = [randomRun(seed + 5000), randomRun(seed + 6000)].map((run) => ({ run, ledger: bookTime(run) }));
      const ledger = bookTime(slow);
      const findings = judgeComparison(compareRuns(slow, ledger, baselines), comparedRuns(slow, ledger, baselines));
      for (const finding of findings) {
        expect(finding.weight, `seed ${seed} ${finding.rule}`).toBeLessThanOrEqual(1);
        expect(finding.weight).toBeGreaterThanOrEqual(0);
        expect(finding.statement.en).not.toMatch(/NaN|Infinity|undefined/);
        expect(finding.statement.zh).not.toMatch(/NaN|Infinity|undefined/);
      }
    }
  });
});
