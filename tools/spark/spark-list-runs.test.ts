import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { tinyLog } from './fixtures/tiny-log.ts';
import { SPARK_LIST_RUNS } from './spark-list-runs.ts';

let folder: string;
let platform: Platform;
const signal = new AbortController().signal;

/** The tiny log as another application, `hours` later. */
function logOf(name: string, number: number, hours: number): string {
  const lines = tinyLog().map((line) =>
    line
      .replaceAll('"tiny"', JSON.stringify(name))
      .replace(/(?<!_)17000000\d{5}/g, (time) => String(Number(time) + hours * 3_600_000))
      .replaceAll('application_1700000000000_0001', `application_1700000000000_000${number}`),
  );
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-list-runs-'));
  mkdirSync(path.join(folder, 'hdfs/history'), { recursive: true });
  writeFileSync(path.join(folder, 'hdfs/history/a'), logOf('Etl_Orders_20260101', 1, 0));
  writeFileSync(path.join(folder, 'hdfs/history/b'), logOf('etl_orders_20260102', 2, 24));
  writeFileSync(path.join(folder, 'hdfs/history/c'), logOf('report', 3, 48));
  writeFileSync(path.join(folder, 'hdfs/history/notes.txt'), 'no event log');
  platform = await openCapture(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ids(input: Parameters<typeof SPARK_LIST_RUNS.run>[0]): Promise<(string | null)[] | string> {
  const outcome = await SPARK_LIST_RUNS.run(input, { platform, signal });
  return outcome.outcome === 'ok' ? outcome.value.facts.map(({ applicationId }) => applicationId) : outcome.outcome;
}

const ID = 'application_1700000000000_000';

test('every run, newest first; by part of the name in any case; by id; by time', async () => {
  expect(await ids({ limit: 50 })).toEqual([`${ID}3`, `${ID}2`, `${ID}1`]);
  expect(await ids({ name: 'ETL_orders', limit: 50 })).toEqual([`${ID}2`, `${ID}1`]);
  expect(await ids({ applicationId: `${ID}1`, limit: 50 })).toEqual([`${ID}1`]);
  const window = { from: '2023-11-15T12:00:00Z', to: '2023-11-16T12:00:00Z' };
  expect(await ids({ window, limit: 50 })).toEqual([`${ID}2`]);
});

test('what the limit leaves out is told', async () => {
  const outcome = await SPARK_LIST_RUNS.run({ limit: 1 }, { platform, signal });
  expect(outcome).toMatchObject({ outcome: 'ok', notes: [{ en: '2 older runs are left out' }] });
});

test('nothing that fits, and nothing at all, are no data', async () => {
  expect(await ids({ name: 'unknown', limit: 50 })).toBe('no_data');
  const empty = mkdtempSync(path.join(tmpdir(), 'wherefore-list-none-'));
  mkdirSync(path.join(empty, 'hdfs'));
  const outcome = await SPARK_LIST_RUNS.run({ limit: 5 }, { platform: await openCapture(empty), signal });
  rmSync(empty, { recursive: true });
  expect(outcome.outcome).toBe('no_data');
});

test('the input is checked: ids by pattern, times with a zone, a default limit', () => {
  expect(SPARK_LIST_RUNS.input.safeParse({ applicationId: '../x' }).success).toBe(false);
  expect(SPARK_LIST_RUNS.input.safeParse({ window: { from: '2026-01-01', to: '2026-01-02' } }).success).toBe(false);
  expect(SPARK_LIST_RUNS.input.parse({})).toEqual({ limit: 50 });
});
