import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { madeUpResult } from '../report/suite-result-fixture.ts';
import { readBaseline } from './baseline.ts';
import { baselineOf } from './baseline-of.ts';
import { baselineText, writeBaseline } from './write-baseline.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => rmSync(path.join(folder, 'baseline.json'), { force: true }));

const RESULT = madeUpResult([
  {
    askId: 'b-2-join/asked-1',
    given: 'kernel.global_oom',
    broken: ['evidence-validity'],
    values: { chain: 1 / 3, speed: 0.1 },
  },
  { askId: 'a-1-load/renamed', form: 'renamed' },
  { askId: 'a-1-load/asked-1', variant: 'scripted', status: 'crashed' },
  { askId: 'a-1-load/asked-1', variant: 'live', attempt: 2 },
]);

describe('a baseline', () => {
  it('is sorted, with one short line for each ask of a deterministic variant', () => {
    expect(baselineText(baselineOf(RESULT, null))).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "product": { "version": "0.1.0", "commit": "8dcde1b0c5d1" },
        "scorers": [ "cause", "evidence-validity", "chain" ],
        "cleanRuns": {},
        "entries": {
          "a-1-load/asked-1 scripted": { "first": null, "standing": null, "outcome": "crashed", "right": false, "asked": "cbc73c", "below": { "cause": 0 } },
          "a-1-load/renamed rules": { "first": "kernel.memcg_oom", "standing": "confirmed", "outcome": "answered", "right": true },
          "b-2-join/asked-1 rules": { "first": "kernel.global_oom", "standing": "confirmed", "outcome": "answered", "right": false, "asked": "afd5cf", "broken": [ "evidence-validity" ], "below": { "cause": 0, "chain": 0.33, "evidence-validity": 0 } }
        }
      }
      "
    `);
  });

  it('is read as it was written', () => {
    const file = path.join(folder, 'baseline.json');
    const baseline = { ...baselineOf(RESULT, null), cleanRuns: { 'b-2-join': [1, 7] } };
    writeBaseline(baseline, file);
    expect(readBaseline(file)).toEqual(baseline);
    expect(readFileSync(file, 'utf8')).toBe(baselineText(baseline));
  });

  it('that is absent is null, and one that is damaged is an error, not an empty one', () => {
    const file = path.join(folder, 'baseline.json');
    expect(readBaseline(file)).toBeNull();
    writeFileSync(file, '{"schemaVersion": 1, "entries": {');
    expect(() => readBaseline(file)).toThrow('baseline.json');
    writeFileSync(file, JSON.stringify({ ...baselineOf(RESULT, null), more: 1 }));
    expect(() => readBaseline(file)).toThrow('more');
  });

  it('of a part takes the place of that part alone; of everything also of what is no longer put', () => {
    const former = baselineOf(RESULT, null);
    const part = madeUpResult([{ askId: 'a-1-load/renamed', form: 'renamed', standing: 'likely' }], {
      filter: 'id a-1',
    });
    expect(Object.keys(baselineOf(part, former).entries).sort()).toEqual([
      'a-1-load/asked-1 scripted',
      'a-1-load/renamed rules',
      'b-2-join/asked-1 rules',
    ]);
    expect(baselineOf(part, former).entries['a-1-load/renamed rules']?.standing).toBe('likely');
    const all = baselineOf({ ...part, filter: null }, former).entries;
    expect(Object.keys(all).sort()).toEqual(['a-1-load/asked-1 scripted', 'a-1-load/renamed rules']);
  });

  it('of a part is refused when it was scored by other scorers: what is not written would be 1', () => {
    const former = { ...baselineOf(RESULT, null), scorers: ['cause'] };
    const part = madeUpResult([{ askId: 'a-1-load/renamed', form: 'renamed' }], { filter: 'id a-1' });
    expect(() => baselineOf(part, former)).toThrow('scorers');
    expect(baselineOf(madeUpResult([{}], { variants: ['rules', 'scripted'] }), former).scorers).toContain('chain');
  });

  it('is not made of what was not run', () => {
    expect(() => baselineOf(madeUpResult([{ status: 'not_run' }]), null)).toThrow('not run');
    expect(() => baselineOf(madeUpResult([{ variant: 'live' }]), null)).toThrow('no deterministic variant');
  });
});
