import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoCase, type DemoName, demoCase } from '../fixtures/demo-case.ts';
import { unknownFigures } from './check-figures.ts';
import { knownFigures } from './known-figures.ts';

const cases = new Map<DemoName, DemoCase>();

beforeAll(async () => {
  for (const name of ['failed-run', 'slow-run'] as const) cases.set(name, await demoCase(name));
});

const unknown = (name: DemoName, text: string) => {
  const { investigation, book } = cases.get(name) as DemoCase;
  return unknownFigures(text, knownFigures(investigation, book));
};

describe('what an investigation knows', () => {
  it('is the evidence, what was computed, the ledger, the comparison, the settings and the times', () => {
    expect(unknown('failed-run', 'its limit of 768 MiB; 785 MiB held; pid 11781; exit code 137')).toEqual([]);
    expect(unknown('failed-run', 'spark.executor.memoryOverhead 256m → 512m')).toEqual([]);
    expect(unknown('failed-run', 'failed at 11:29:22 UTC after 12 min 22 s')).toEqual([]);
    expect(unknown('failed-run', 'waited 457.5 s for executors')).toEqual([]);
    expect(unknown('slow-run', '3 min 3 s, usually 1 min 11 s; 113.1 s longer; 502,083 of 1,000,000 rows')).toEqual([]);
    expect(unknown('slow-run', 'from 20.2 MiB to 17.2 MiB of input; the replay is off by 0.2 %')).toEqual([]);
  });

  it('is not what another run measured', () => {
    expect(unknown('slow-run', 'its limit of 768 MiB')).toEqual(['768 MiB']);
    expect(unknown('failed-run', '502,083 rows, 3 min 3 s')).toEqual(['502,083', '3 min 3 s']);
  });

  it.each(['failed-run', 'slow-run'] as const)('of %s leaves next to no invented figure standing', (name) => {
    const { investigation, book } = cases.get(name) as DemoCase;
    const known = knownFigures(investigation, book);
    const standing = (make: (at: number) => string) => {
      const tried = Array.from({ length: 400 }, (_, at) => make(at));
      return tried.filter((text) => unknownFigures(text, known).length === 0).length / tried.length;
    };
    expect(standing((at) => `${(11 + at * 0.17).toFixed(1)} GiB`)).toBeLessThan(0.02);
    expect(standing((at) => `${11 + (at % 59)} min ${(at * 7) % 60} s`)).toBeLessThan(0.02);
    expect(standing((at) => `${1_013 + at * 7} MiB`)).toBeLessThan(0.02);
    expect(standing((at) => `${(10_000 + at * 37).toLocaleString('en-US')} rows`)).toBeLessThan(0.02);
    expect(standing((at) => `${100 + at * 2} tasks`)).toBeLessThan(0.1);
    expect(standing((at) => `${(11 + at * 0.2).toFixed(1)} %`)).toBeLessThan(0.1);
    expect(standing((at) => `at ${11 + (at % 12)}:${10 + (at % 49)}:${10 + (at % 47)}`)).toBeLessThan(0.02);
  });
});
