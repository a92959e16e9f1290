import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingOf } from '../../knowledge/causes/settings.ts';
import { leaksOfCapture, leaksOfQuestions, NOTES } from './leaks-of.ts';
import { readScenarios } from './read-scenarios.ts';
import { storedFiles } from './stored-files.ts';

const scenarios = readScenarios();
const ids = new Set(scenarios.map(({ id }) => id));
const captureOf = (folder: string) => path.join(folder, 'capture');

/** Real settings that no remedy of the catalogue names, as they stand in captures or in the documentation of Spark 3.5 and Hadoop 3.3. */
const OTHER_SETTINGS = new RegExp(
  [
    'spark\\.driver\\.defaultJavaOptions',
    'spark\\.cores\\.max',
    'spark\\.sql\\.(?:legacy\\.)?parquet\\.int96RebaseModeInWrite',
    'spark\\.sql\\.parquet\\.outputTimestampType',
    'yarn\\.scheduler\\.capacity\\.[\\w.]+\\.(?:(?:maximum|default)-application-lifetime|state)',
  ]
    .map((key) => `^${key}$`)
    .join('|'),
);

describe('the scenarios', () => {
  it('are as many as promised, with as many ways to ask', () => {
    const recorded = scenarios.filter(({ provenance }) => provenance.kind !== 'derived');
    expect(recorded.length).toBeGreaterThanOrEqual(100);
    expect(scenarios.flatMap(({ questions }) => questions).length).toBeGreaterThanOrEqual(250);
  });

  it('stay small: the whole folder under 60 MB, as a file system with blocks of 4 KB counts it', () => {
    const block = (bytes: number) => Math.ceil(bytes / 4096) * 4096;
    let bytes = 0;
    for (const { folder } of scenarios) {
      const files = storedFiles(captureOf(folder));
      const folders = new Set(files.flatMap(({ name }) => parentsOf(name)));
      bytes += files.reduce((sum, { storedBytes }) => sum + block(storedBytes), 0) + folders.size * 4096;
    }
    expect(bytes / 1e6).toBeLessThan(60);
  });

  it.each(scenarios)('$id: every line of evidence is there', async ({ folder, expected, questions }) => {
    const files = new Map(storedFiles(captureOf(folder)).map((file) => [file.source, file]));
    for (const { attach } of questions) {
      const handedIn = attach.length > 0 ? storedFiles(path.join(folder, 'attachments')) : [];
      attach.forEach((name, at) => {
        const file = handedIn.find((one) => one.name === name);
        if (file) files.set(`attach:${at + 1}`, file);
      });
    }
    for (const { source, lines } of expected.evidence.flatMap(({ places }) => places)) {
      const text = (await files.get(source)?.read())?.toString('utf8');
      expect(text, source).toBeDefined();
      const cited = text?.split('\n').slice(lines[0] - 1, lines[1]) ?? [];
      expect(cited.length, `${source} has no lines ${lines.join('-')}`).toBe(lines[1] - lines[0] + 1);
      expect(cited.join('').trim(), `${source}:${lines.join('-')} is empty`).not.toBe('');
    }
  });

  it.each(scenarios)('$id: settings, twins, origins and handed-in files exist; codes do not contradict', (scenario) => {
    const { expected, questions, twinOf, provenance, folder, gate, gateBecause, tags } = scenario;
    // A key with a slip of the pen would never be met.
    const keys = [...expected.settings.required.flat(), ...expected.settings.forbidden];
    expect(keys.filter((key) => settingOf(key) === undefined && !OTHER_SETTINGS.test(key))).toEqual([]);
    expect([twinOf, provenance.from].filter((id) => id !== undefined && !ids.has(id))).toEqual([]);
    const attached = questions.flatMap(({ attach }) => attach);
    expect(attached.filter((name) => !existsSync(path.join(folder, 'attachments', name)))).toEqual([]);
    const right = [...expected.causes, ...expected.alsoRight];
    expect(right.filter((code) => expected.forbidden.includes(code))).toEqual([]);
    expect(new Set(right).size).toBe(right.length);
    expect(gateBecause === undefined).toBe(gate === 'always');
    expect(tags.includes('chinese')).toBe(questions.some(({ language }) => language !== 'en'));
    expect(provenance.kind === 'lab').toBe(provenance.command !== undefined);
    expect(provenance.kind === 'derived').toBe(provenance.from !== undefined && provenance.change !== undefined);
    if (expected.window)
      expect(Date.parse(expected.window.to)).toBeGreaterThanOrEqual(Date.parse(expected.window.from));
  });
});

describe('nothing leaks the answer', () => {
  it.each(scenarios)('$id: not the questions', (scenario) => {
    expect(leaksOfQuestions(scenario)).toEqual([]);
  });

  it.each(scenarios)('$id: not its id, not the names of its files, not their content', async (scenario) => {
    expect(await leaksOfCapture(scenario)).toEqual([]);
  });

  it.each(scenarios)('$id: no mark of a candidate that nobody reviewed', ({ folder }) => {
    expect(readFileSync(path.join(folder, 'scenario.yaml'), 'utf8')).not.toContain('# REVIEW:');
  });

  it('knows a leak when it sees one', () => {
    expect(NOTES.test('{"truth":{"code":"kernel.memcg_oom"}}')).toBe(true);
    expect(NOTES.test('org.apache.spark.scheduler.TaskSetManager')).toBe(false);
  });
});

describe('captures', () => {
  it('are packed, and hold nothing of the machine they were packed on', { timeout: 60_000 }, async () => {
    const everywhere = ['/', '/home', '/root', '/srv', '/opt', tmpdir()];
    const own = [path.dirname(process.cwd()), process.cwd()].filter((folder) => !everywhere.includes(folder));
    const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const machine = new RegExp(`(?<![\\w/.-])(?:${own.map((folder) => literally(`${folder}/`)).join('|')})`);
    const wrong: string[] = [];
    for (const { id, folder } of scenarios) {
      for (const file of storedFiles(captureOf(folder))) {
        const isPlain = file.name === file.source && !/\.(?:zstd|lz4|snappy|lzf|zip)$/.test(file.name);
        if (isPlain && file.storedBytes >= 1024 && file.name !== 'http/index.tsv')
          wrong.push(`${id}/${file.name} is not packed`);
        const text = (await file.read()).toString('latin1');
        if (machine.test(text)) wrong.push(`${id}/${file.name} names this machine`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

function parentsOf(name: string): string[] {
  const parts = path.dirname(name).split(path.sep);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
