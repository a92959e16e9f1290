import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachedFrom } from './imports-of.ts';
import { sourceFiles } from './source-files.ts';
import { STARTED, TESTED_AS_A_WHOLE, TESTED_FROM, TESTED_FROM_ABOVE } from './tested-as-a-whole.ts';

/** A file of this many lines is not read in one sitting any more. */
const MAX_LINES = 400;

const FILES = sourceFiles();
const TESTS = FILES.filter((file) => file.endsWith('.test.ts'));
/** Sources: no tests, nothing that only tests read. */
const SOURCES = FILES.filter((file) => !/\.(?:test|cases|d)\.ts$|\/fixtures\/|fixture\.ts$|\/recorded\//.test(file));

/** Interfaces, types and nothing that runs. */
function isTypesOnly(file: string): boolean {
  return !/^(?:export )?(?:async )?(?:function|const|class|let|await|for|if|process|console)\b/m.test(
    readFileSync(file, 'utf8'),
  );
}

const hasTestBeside = (file: string) => existsSync(file.replace(/\.ts$/, '.test.ts'));
const isStarted = (file: string) => Object.keys(STARTED).some((started) => file.startsWith(started));

const reachedBy = new Map<string, ReadonlySet<string>>();
/** What tests of one folder reach, worked out once for each folder. */
function reachedFromRoom(room: string): ReadonlySet<string> {
  const known = reachedBy.get(room) ?? reachedFrom(TESTS.filter((test) => path.dirname(test) === room));
  reachedBy.set(room, known);
  return known;
}

describe('every source file', () => {
  it(`has at most ${MAX_LINES} lines`, () => {
    const long = SOURCES.filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > MAX_LINES);
    expect(long).toEqual([]);
  });

  it('has its test beside it, or is listed with where it is tested and why', () => {
    const untested = SOURCES.filter((file) => {
      if (hasTestBeside(file) || isTypesOnly(file) || isStarted(file)) return false;
      if (TESTED_FROM[file] !== undefined || TESTED_FROM_ABOVE[path.dirname(file)] !== undefined) return false;
      return TESTED_AS_A_WHOLE[path.dirname(file)] === undefined;
    });
    expect(untested).toEqual([]);
  });

  it('of a room tested as a whole is reached from a test of that room', () => {
    const unreached = SOURCES.filter((file) => {
      const room = path.dirname(file);
      if (TESTED_AS_A_WHOLE[room] === undefined || TESTED_FROM[file] !== undefined || isStarted(file)) return false;
      if (TESTED_FROM_ABOVE[room] !== undefined || hasTestBeside(file) || isTypesOnly(file)) return false;
      return !reachedFromRoom(room).has(file);
    });
    expect(unreached).toEqual([]);
  });

  it('that is tested from another room is reached from the test named', () => {
    const unreached = Object.entries(TESTED_FROM).filter(([file, test]) => !reachedFrom([test]).has(file));
    const above = Object.entries(TESTED_FROM_ABOVE).flatMap(([room, test]) => {
      const reached = reachedFrom([test]);
      return SOURCES.filter(
        (file) => path.dirname(file) === room && !isTypesOnly(file) && !hasTestBeside(file) && !reached.has(file),
      );
    });
    expect([...unreached, ...above]).toEqual([]);
  });
});

describe('the lists of exceptions', () => {
  it('name only what exists and needs them', () => {
    const rooms = new Set(SOURCES.map((file) => path.dirname(file)));
    expect(Object.keys(TESTED_AS_A_WHOLE).filter((room) => !rooms.has(room))).toEqual([]);
    expect(Object.keys(TESTED_FROM_ABOVE).filter((room) => !rooms.has(room))).toEqual([]);
    expect(Object.keys(TESTED_FROM).filter((file) => !SOURCES.includes(file) || hasTestBeside(file))).toEqual([]);
    expect(Object.keys(STARTED).filter((started) => !SOURCES.some((file) => file.startsWith(started)))).toEqual([]);
    for (const why of [TESTED_AS_A_WHOLE, STARTED].flatMap((list) => Object.values(list)))
      expect(why.length).toBeGreaterThan(10);
  });
});

describe('every test', () => {
  it('belongs to a file or is named for what it tests as a whole', () => {
    const orphans = TESTS.filter((test) => {
      const name = path.basename(test, '.test.ts').split('.')[0] ?? '';
      return !existsSync(path.join(path.dirname(test), `${name}.ts`)) && reachedFrom([test]).size === 0;
    });
    expect(orphans).toEqual([]);
  });

  it('can fail: it expects something', () => {
    expect(TESTS.filter((test) => !/\bexpect(?:Type)?\b/.test(readFileSync(test, 'utf8')))).toEqual([]);
  });

  it('is not left out or run alone for good', () => {
    const marked = TESTS.filter((test) =>
      /\b(?:it|test|describe)\.(?:only|todo|fails)\b|\bx(?:it|describe)\(/.test(readFileSync(test, 'utf8')),
    );
    expect(marked).toEqual([]);
  });
});
