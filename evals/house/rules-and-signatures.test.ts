import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPARISON_RULES } from '../../bot/investigation/comparison/rules/index.ts';
import { CAUSE_CODES, type CauseCode } from '../../knowledge/causes/cause-codes.ts';
import { FLUID_RULES } from '../../tools/cache/fluid-rules.ts';
import { CACHE_RULES } from '../../tools/cache/rules/index.ts';
import { KUBERNETES_RULES } from '../../tools/kubernetes/rules/index.ts';
import { ALL_CASES } from '../../tools/logs/signatures/all-cases.ts';
import { ALL_SIGNATURES } from '../../tools/logs/signatures/index.ts';
import { MEMORY_RULES } from '../../tools/memory/rules/index.ts';
import { SHUFFLE_RULES } from '../../tools/shuffle/rules/index.ts';
import { servedWell } from '../../tools/shuffle/rules/served-well.ts';
import { SPARK_RULES } from '../../tools/spark/rules/index.ts';
import { HDFS_RULES } from '../../tools/storage/hdfs-rules.ts';
import { DAMAGE_RULES } from '../../tools/storage/judge-damage.ts';
import { STORAGE_RULES } from '../../tools/storage/rules/index.ts';
import { YARN_RULES } from '../../tools/yarn/yarn-rules.ts';
import { sourceFiles } from './source-files.ts';

/** Every list of rules, with the folder its rules lie in. */
const LISTS: Readonly<
  Record<string, { folder: string; rules: readonly { id: string; codes: readonly CauseCode[] }[] }>
> = {
  spark: { folder: 'tools/spark/rules', rules: SPARK_RULES },
  yarn: { folder: 'tools/yarn/rules', rules: YARN_RULES },
  memory: { folder: 'tools/memory/rules', rules: MEMORY_RULES },
  storage: { folder: 'tools/storage/rules', rules: [...STORAGE_RULES, ...HDFS_RULES, ...DAMAGE_RULES] },
  cache: { folder: 'tools/cache/rules', rules: [...CACHE_RULES, ...FLUID_RULES] },
  // A clean bill is written last, when no other rule of the area found anything: it stands outside the list.
  shuffle: { folder: 'tools/shuffle/rules', rules: [...SHUFFLE_RULES, servedWell] },
  kubernetes: { folder: 'tools/kubernetes/rules', rules: KUBERNETES_RULES },
  comparison: { folder: 'bot/investigation/comparison/rules', rules: COMPARISON_RULES },
};
const RULES = Object.values(LISTS).flatMap(({ rules }) => rules);

/** Codes that no rule and no signature speaks for, with what does, or why nothing does yet. */
const SPOKEN_ELSEWHERE: Readonly<Partial<Record<CauseCode, string>>> = {
  'unknown.insufficient_evidence': 'the verdict itself (bot/analyst/verdict-causes.ts)',
  'workflow.version_changed': 'needs the versions of a workflow, which this version does not read',
  'workflow.backfill_order': 'needs the runs of a workflow, which this version does not read',
};

/** Files that define a rule, by what they say themselves. */
function definesRule(file: string): boolean {
  return /^export const \w+: (?:Rule<|(?:Comparison|Shuffle|Cache)Rule\b)[^\n]*=\s*\{/m.test(
    readFileSync(file, 'utf8'),
  );
}

describe.each(Object.entries(LISTS))('the rules of %s', (area, { folder, rules }) => {
  it('stand in their one list under the name of their file', () => {
    const files = sourceFiles().filter((file) => path.dirname(file) === folder && !file.endsWith('.test.ts'));
    const ids = files.filter(definesRule).map((file) => `${area}/${path.basename(file, '.ts')}`);
    expect(ids.length).toBeGreaterThan(5);
    expect(rules.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('have a test beside them', () => {
    const untested = rules.filter(({ id }) => !existsSync(path.join(folder, `${path.basename(id)}.test.ts`)));
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  it('name codes of the catalogue, each once', () => {
    for (const { id, codes } of rules) {
      expect(
        codes.filter((code) => !CAUSE_CODES.includes(code)),
        id,
      ).toEqual([]);
      expect(new Set(codes).size, id).toBe(codes.length);
    }
  });
});

describe('rules lie where their lists look', () => {
  it('and nowhere else', () => {
    const folders = new Set(Object.values(LISTS).map(({ folder }) => folder));
    const stray = sourceFiles().filter(
      (file) => !file.endsWith('.test.ts') && !folders.has(path.dirname(file)) && definesRule(file),
    );
    expect(stray).toEqual([]);
  });
});

describe('ids', () => {
  it('are unique among all rules and signatures', () => {
    const ids = [...RULES, ...ALL_SIGNATURES].map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });
});

describe('signatures', () => {
  it('have a text that they match, in the cases beside their file', () => {
    const folder = 'tools/logs/signatures';
    const matched = new Set(ALL_CASES.filter(({ code }) => code !== 'not this').map(({ id }) => id));
    expect(ALL_SIGNATURES.filter(({ id }) => !matched.has(id)).map(({ id }) => id)).toEqual([]);
    const files = sourceFiles().filter((file) => path.dirname(file) === folder && !/\.(?:test|cases)\.ts$/.test(file));
    const defining = files.filter((file) =>
      /^export const \w+_SIGNATURES: readonly Signature\[\]/m.test(readFileSync(file, 'utf8')),
    );
    expect(defining.length).toBeGreaterThan(20);
    const index = path.join(folder, 'index.ts');
    const list = readFileSync(index, 'utf8');
    const without = defining.filter((file) => file !== index && !existsSync(file.replace(/\.ts$/, '.cases.ts')));
    expect(without).toEqual([]);
    const unlisted = defining.filter((file) => file !== index && !list.includes(`'./${path.basename(file)}'`));
    expect(unlisted).toEqual([]);
  });
});

describe('every code of the catalogue', () => {
  const spoken = new Set<string | null>([
    ...RULES.flatMap(({ codes }) => codes),
    ...ALL_SIGNATURES.map(({ code }) => code),
    ...ALL_CASES.map(({ code }) => code),
  ]);

  it('is spoken for by a rule or a signature, or listed with the reason why not', () => {
    expect(CAUSE_CODES.filter((code) => !spoken.has(code) && SPOKEN_ELSEWHERE[code] === undefined)).toEqual([]);
  });

  it('is not listed as unspoken when it is spoken for', () => {
    expect(Object.keys(SPOKEN_ELSEWHERE).filter((code) => spoken.has(code))).toEqual([]);
  });
});
