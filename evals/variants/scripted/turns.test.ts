import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScenarios } from '../../scenario/read-scenarios.ts';
import { readTurns, scriptedScenarios, type Turns } from './turns.ts';

const WRITTEN = scriptedScenarios().map((id) => ({ id, turns: readTurns(id) as Turns }));
const scenarios = new Map(readScenarios().map((scenario) => [scenario.id, scenario]));

describe('the turns that were written down', () => {
  it('are of at least 20 incidents of every family', () => {
    expect(WRITTEN.length).toBeGreaterThanOrEqual(20);
    const families = new Set(WRITTEN.map(({ id }) => id.split('-')[0]));
    for (const family of [
      'cache',
      'celeborn',
      'derived',
      'flow',
      'hdfs',
      'host',
      'local',
      'slow',
      'standalone',
      'yarn',
    ])
      expect(families).toContain(family);
  });

  it('are of scenarios and questions that exist, in both languages', () => {
    const languages = WRITTEN.map(({ id, turns }) => scenarios.get(id)?.questions[turns.question - 1]?.language);
    expect(languages).not.toContain(undefined);
    for (const language of ['en', 'zh'])
      expect(languages.filter((one) => one === language).length).toBeGreaterThanOrEqual(5);
  });

  it('end in every behaviour that a scenario may expect of a model’s answer', () => {
    const behaviours = new Set(WRITTEN.map(({ id }) => scenarios.get(id)?.expected.behaviour));
    for (const behaviour of ['answer', 'needs_more', 'healthy', 'still_running'])
      expect(behaviours).toContain(behaviour);
  });

  it('use every kind of turn, end with and without the model, and try something different each', () => {
    const kinds = new Set(WRITTEN.flatMap(({ turns }) => turns.turns.flatMap((turn) => Object.keys(turn))));
    for (const kind of ['answer', 'calls', 'say', 'refuse', 'empty', 'fail', 'cut', 'stall', 'babble'])
      expect(kinds).toContain(kind);
    for (const author of ['agent', 'analyst'])
      expect(WRITTEN.filter(({ turns }) => turns.expects.author === author).length).toBeGreaterThanOrEqual(5);
    expect(new Set(WRITTEN.map(({ turns }) => turns.about)).size).toBe(WRITTEN.length);
  });

  it('expect something that can fail beside who answered', () => {
    const idle = WRITTEN.filter(({ turns: { expects } }) => expects.says.length + expects.neverSays.length === 0);
    expect(idle.map(({ id }) => id)).toEqual([]);
  });
});

describe('readTurns', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wherefore-turns-'));
    writeFileSync(
      path.join(folder, 'a.yaml'),
      'about: x\nwrittenBy: y\nturns: [{ shout: hello }]\nexpects: { author: agent }\n',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives null where none were written, and names the file and what is wrong in it', () => {
    expect(readTurns('b', folder)).toBeNull();
    expect(() => readTurns('a', folder)).toThrow(/a\.yaml[\s\S]*expects\.requests/);
    expect(scriptedScenarios(folder)).toEqual(['a']);
  });
});
