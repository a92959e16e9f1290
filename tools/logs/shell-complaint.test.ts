import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLog } from './read-log.ts';
import { shellComplaint } from './shell-complaint.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function complaintOf(text: string) {
  const realPath = path.join(folder, 'x.log');
  writeFileSync(realPath, text);
  const logs = await readLog(
    {
      source: 'hosts/h/x.log',
      realPath,
      origin: 'host',
      host: 'h',
      path: '/x.log',
      storedBytes: Buffer.byteLength(text),
      wrapping: 'none',
    },
    { literals: [] },
  );
  return logs.flatMap((log) => shellComplaint(log) ?? []);
}

// Cut from a real spark-shell (Spark 3.5.6, local mode, `--conf spark.eventLog.enabled=true`) that ended with exit code 0.
const GREETING = `Setting default log level to "WARN".
To adjust logging level use sc.setLogLevel(newLevel). For SparkR, use setLogLevel(newLevel).
26/11/21 16:29:48 WARN NativeCodeLoader: Unable to load native-hadoop library for your platform... using builtin-java classes where applicable
Spark context available as 'sc' (master = local[2], app id = local-1795278596863).
Spark session available as 'spark'.
`;
const ERROR = `org.apache.spark.SparkException: Task not serializable
  at org.apache.spark.util.ClosureCleaner$.ensureSerializable(ClosureCleaner.scala:444)
Caused by: java.io.NotSerializableException: Conn
`;

describe('shellComplaint', () => {
  it('is the exception that the shell printed, cited at its own line', async () => {
    const [finding, ...others] = await complaintOf(`${GREETING}${ERROR}scala> :quit\n`);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'inferred', code: 'code.user_code', values: { final: 'maybe' } });
    expect(finding?.statement.en).toContain('org.apache.spark.SparkException: Task not serializable');
    expect(finding?.evidence[0]).toMatchObject({ fromLine: 6, toLine: 6, provenance: 'user_process' });
  });

  it('is nothing in a shell without an error, and nothing in a program that is no shell', async () => {
    expect(await complaintOf(`${GREETING}scala> :quit\n`)).toEqual([]);
    expect(await complaintOf(`${GREETING.split('\n').slice(0, 3).join('\n')}\n${ERROR}`)).toEqual([]);
  });
});
