import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports-of.ts';
import { sourceFiles } from './source-files.ts';

/** Storeys of the house, lowest first: a file may import from its own storey and those below. */
const STOREYS = ['knowledge', 'tools', 'bot', 'evals'];

function storeyOf(file: string): number {
  return STOREYS.indexOf(file.split(path.sep)[0] ?? '');
}

describe('the house', () => {
  const files = sourceFiles();

  it('has files on every storey', () => {
    for (const storey of STOREYS) expect(files.some((file) => file.startsWith(storey + path.sep))).toBe(true);
  });

  it('imports point one way: evals → bot → tools → knowledge', () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => storeyOf(target) > storeyOf(file))
        .map((target) => `${file} → ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('has no drawers instead of rooms', () => {
    const drawers = files.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|core|misc|lib)(?:\/|\.ts$)/.test(file));
    expect(drawers).toEqual([]);
  });

  it('an area of tools does not know another area', () => {
    const areas = ['spark', 'yarn', 'memory', 'storage', 'shuffle', 'cache', 'logs', 'metrics', 'runbooks'];
    const areaOf = (file: string) => {
      const [storey, room] = file.split(path.sep);
      return storey === 'tools' && room && areas.includes(room) ? room : null;
    };
    const crossings = files
      .filter((file) => areaOf(file) !== null && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => areaOf(target) !== null && areaOf(target) !== areaOf(file))
          .map((target) => `${file} → ${target}`),
      );
    expect(crossings).toEqual([]);
  });
});
