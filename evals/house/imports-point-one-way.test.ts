import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports-of.ts';
import { sourceFiles } from './source-files.ts';

/** Storeys of the house, lowest first: a file may import from its own storey and those below. */
const STOREYS = ['knowledge', 'tools', 'bot', 'evals'];

/** Rooms of tools that areas share, with why they are no area of their own. */
const SHARED_ROOMS: Readonly<Record<string, string>> = {
  evidence: 'the words in which every area speaks: findings, quotes, records',
  host: 'what a host tells of itself (kernel log, processes): memory and storage judge it',
  kubernetes:
    'what a cluster tells of pods and nodes: a cache or a shuffle service may run in them; it judges placement only',
  metrics: 'numbers that services publish, without a judgement: each area asks for its own by name',
  platform: 'how files and answers are reached: no area knows where they come from',
};

/** Tests, and what is built for tests alone: it may read a recording through another area. */
function isReadByTestsOnly(file: string): boolean {
  return /\.test\.ts$|\/fixtures\/|fixture\.ts$/.test(file);
}

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
    // An area judges one engine or service. The other rooms of tools are shared, each with the reason in SHARED_ROOMS.
    const areas = ['spark', 'yarn', 'memory', 'storage', 'shuffle', 'cache', 'logs', 'runbooks'];
    const areaOf = (file: string) => {
      const [storey, room] = file.split(path.sep);
      return storey === 'tools' && room && areas.includes(room) ? room : null;
    };
    const crossings = files
      .filter((file) => areaOf(file) !== null && !isReadByTestsOnly(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => areaOf(target) !== null && areaOf(target) !== areaOf(file))
          .map((target) => `${file} → ${target}`),
      );
    expect(crossings).toEqual([]);
    const rooms = new Set(files.filter((file) => storeyOf(file) === 1).map((file) => file.split(path.sep)[1] ?? ''));
    expect([...rooms].filter((room) => !areas.includes(room) && SHARED_ROOMS[room] === undefined)).toEqual([]);
    expect(Object.keys(SHARED_ROOMS).filter((room) => !rooms.has(room) || areas.includes(room))).toEqual([]);
  });

  it('a shared room of tools knows no area', () => {
    const areas = new Set([...Object.keys(SHARED_ROOMS)]);
    const upward = files
      .filter((file) => storeyOf(file) === 1 && areas.has(file.split(path.sep)[1] ?? '') && !isReadByTestsOnly(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => storeyOf(target) === 1 && !areas.has(target.split(path.sep)[1] ?? ''))
          .map((target) => `${file} → ${target}`),
      );
    expect(upward).toEqual([]);
  });
});
