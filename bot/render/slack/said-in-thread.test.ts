import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { saidInThread } from './said-in-thread.ts';

const NEEDED = readFileSync(path.join(import.meta.dirname, '../../analyst/needed-evidence.ts'), 'utf8');

describe('what to do about missing evidence', () => {
  it('names no option of the command line in a thread, in either language', () => {
    const told = [...NEEDED.matchAll(/\b(en|zh): (['`])(.*--(?:attach|event-log|compare-with).*)\2,/g)];
    expect(told.length).toBeGreaterThanOrEqual(10);
    for (const [, language, , how = ''] of told) {
      const said = saidInThread(how, language as 'en' | 'zh');
      expect(said).not.toMatch(/--(?:attach|event-log|compare-with|from)|wherefore ask/);
      expect(said).toMatch(language === 'zh' ? /这里/ : /here/);
    }
  });

  it('leaves commands of the platform alone', () => {
    const command = 'yarn logs -applicationId application_1700000000000_0042 -log_files stderr';
    expect(saidInThread(command, 'en')).toBe(command);
  });
});
