import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { shortEventName } from '../../tools/spark/event-log/event-name.ts';

/** How far ids are moved from one copy to the next: more than any single log has. */
const STRIDE = 1_000_000;
/** Events that stand once in a log, in its first copy. */
const ONCE = new Set([
  'SparkListenerLogStart',
  'SparkListenerApplicationStart',
  'SparkListenerEnvironmentUpdate',
  'SparkListenerResourceProfileAdded',
  'SparkListenerBlockManagerAdded',
  'SparkListenerExecutorAdded',
]);

/**
 * Writes a log of at least `bytes` bytes by repeating the lines of a real one: stages, tasks, jobs and SQL executions get
 * new ids in each copy, the application starts and ends once. Returns the bytes written.
 */
export async function repeatEventLog(lines: readonly string[], path: string, bytes: number): Promise<number> {
  const out = createWriteStream(path, { highWaterMark: 4 << 20 });
  const end = lines.filter((line) => nameOf(line) === 'SparkListenerApplicationEnd');
  let written = 0;
  const put = async (line: string) => {
    written += Buffer.byteLength(line) + 1;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  };
  for (let copy = 0; written < bytes; copy += 1) {
    for (const line of lines) {
      const name = nameOf(line);
      if (name === 'SparkListenerApplicationEnd' || (copy > 0 && ONCE.has(name))) continue;
      await put(copy === 0 ? line : moved(line, name, copy * STRIDE));
    }
  }
  for (const line of end) await put(line);
  out.end();
  await once(out, 'close');
  return written;
}

function nameOf(line: string): string {
  return shortEventName(/^\{"Event":"([^"]{1,200})"/.exec(line)?.[1] ?? '');
}

function moved(line: string, name: string, by: number): string {
  const move = (text: string) =>
    text.replace(
      /"(Stage ID|Task ID|Job ID|executionId|rootExecutionId)":(\d+)/g,
      (_, key, id) => `"${key}":${Number(id) + by}`,
    );
  // The ids of a task stand before its accumulators; those are most of the line and have keys of their own.
  if (name === 'SparkListenerTaskEnd' || name === 'SparkListenerTaskStart') {
    const cut = line.indexOf('"Accumulables":[');
    return cut < 0 ? move(line) : move(line.slice(0, cut)) + line.slice(cut);
  }
  return move(line)
    .replace(
      /"(Stage IDs)":\[([\d,]*)\]/g,
      (_, key, ids: string) =>
        `"${key}":[${ids
          .split(',')
          .filter(Boolean)
          .map((id) => Number(id) + by)}]`,
    )
    .replace(/"spark\.sql\.execution\.id":"(\d+)"/g, (_, id) => `"spark.sql.execution.id":"${Number(id) + by}"`);
}
