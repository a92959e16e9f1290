import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type IndexFixture, idsFor, indexFixture } from './index-fixture.ts';
import { NoIndexError } from './index-location.ts';
import { updateIndex } from './index-writer.ts';
import { openIndex } from './open-index.ts';
import { countAll } from './term-counts.ts';

const DOCUMENTS = 12;
const KILLS = 10;
/** Kills in the first build; the others in changes and rebuilds, in turn. */
const FIRST_BUILDS = 3;

let fixture: IndexFixture;
beforeEach(() => {
  fixture = indexFixture({ waitMs: 0 });
});
afterEach(() => fixture.clean());

/** Every document anew; edition 7 has other words and another number of sections than edition 8. */
const sectionsOf = (edition: number) => 2 + (edition % 3);
function writeEdition(edition: number): void {
  const section = (at: number) => `## Part ${at}\n\nedition${edition} says something about part ${at}.\n`;
  const text = Array.from({ length: sectionsOf(edition) }, (_, at) => section(at)).join('\n');
  fixture.write(Object.fromEntries(Array.from({ length: DOCUMENTS }, (_, at) => [`d${at}.md`, `# D${at}\n\n${text}`])));
}

type Moment = { after: 'begun' | 'writing'; share: number };
/** How long a whole run takes here and now, and its writing alone: tells where "the middle" is. */
interface Run {
  wholeMs: number;
  writingMs: number;
  ended: boolean;
}

/** Starts a writer and kills it at a moment; without one it runs to its end. */
async function run(rebuild: boolean, killAt?: { moment: Moment; usual: Run }): Promise<Run> {
  const child = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, 'update-index-child.ts'),
      fixture.options.location.uri,
      fixture.docs,
      rebuild ? 'rebuild' : '',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const at: Record<string, number> = {};
  child.stdout.on('data', (piece: Buffer) => {
    for (const word of piece.toString().trim().split('\n')) {
      at[word] ??= performance.now();
      if (!killAt || word !== killAt.moment.after) continue;
      const { moment, usual } = killAt;
      const lengthMs = moment.after === 'writing' ? usual.writingMs : usual.wholeMs;
      setTimeout(() => child.kill('SIGKILL'), moment.share * lengthMs);
    }
  });
  await closed;
  const end = performance.now();
  return {
    wholeMs: end - (at.begun ?? end),
    writingMs: end - (at.writing ?? end),
    ended: at.done !== undefined,
  };
}

/** The one edition that the index answers from; null: there is no index. Fails when it holds parts of two. */
async function editionOfIndex(): Promise<number | null> {
  let index: Awaited<ReturnType<typeof openIndex>>;
  try {
    index = await openIndex(fixture.options.location);
  } catch (error) {
    if (error instanceof NoIndexError) return null;
    throw error;
  }
  const rows = await index.table.query().select(['id', 'text']).toArray();
  const editions = new Set(rows.map(({ text }) => Number(/edition(\d+)/.exec(String(text))?.[1])));
  expect([...editions]).toHaveLength(1);
  const [edition = 0] = editions;
  expect(rows).toHaveLength(DOCUMENTS * sectionsOf(edition));
  // Full-text search tells the same as the rows.
  expect(await idsFor(index, `edition${edition}`)).toEqual(rows.map(({ id }) => String(id)).sort());
  index.close();
  return edition;
}

it(`a writer killed ${KILLS} times at random moments leaves the old index or the new one`, {
  timeout: 300_000,
}, async () => {
  writeEdition(0);
  const usual = await run(false);
  expect(await editionOfIndex()).toBe(0);
  fixture.clean();
  fixture = indexFixture({ waitMs: 0 });

  const told: string[] = [];
  let before: number | null = null;
  for (let edition = 1; edition <= KILLS; edition++) {
    const rebuild = edition > FIRST_BUILDS && edition % 2 === 0;
    // Every other kill while tables are written and swapped, which is the shorter part of a run.
    const moment: Moment = { after: edition % 4 < 2 ? 'begun' : 'writing', share: Math.random() };
    writeEdition(edition);
    const { ended } = await run(rebuild, { moment, usual });
    const after: number | null = await editionOfIndex();
    told.push(
      `${rebuild ? 'rebuild' : 'update'} killed at ${moment.share} after ${moment.after}: ${before} → ${after}`,
    );
    expect([before, edition], told.join('\n')).toContain(after);
    if (ended) expect(after, told.join('\n')).toBe(edition);
    before = after;
    if (edition === FIRST_BUILDS && before === null) {
      await updateIndex(fixture.options);
      before = edition;
    }
  }
  if (process.env.WHEREFORE_SHOW_KILLS) process.stderr.write(`${told.join('\n')}\n`);
  // No lock is left and nothing has to be cleared up: the next writer ends what the others began.
  writeEdition(KILLS + 1);
  await updateIndex(fixture.options);
  expect(await editionOfIndex()).toBe(KILLS + 1);
  const index = await openIndex(fixture.options.location);
  expect([...(await index.termFrequencies())].sort()).toEqual([...(await countAll(index.table))].sort());
  index.close();
});
