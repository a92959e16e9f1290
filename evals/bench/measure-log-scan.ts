import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { TextRecord } from '../../tools/evidence/text-record.ts';
import { matchSignatures } from '../../tools/logs/match-signatures.ts';
import { readLog } from '../../tools/logs/read-log.ts';
import { SIGNATURES } from '../../tools/logs/signatures/index.ts';

/** What one pass over a log in a process of its own took. */
export interface ScanMeasured {
  ms: number;
  bytes: number;
  peakMb: number;
  /** Codes the pass found. */
  codes: string[];
}

// Run as a child process: `measure-log-scan.ts plain|ours|naive <path> [bytes]`; prints one JSON line.
const [, , reader = '', path = '', limit] = process.argv;
const bytes = Math.min(statSync(path).size, Number(limit ?? Number.POSITIVE_INFINITY));
const start = performance.now();
const codes = reader === 'plain' ? await plainRead() : reader === 'ours' ? await ours() : await naive();
const measured: ScanMeasured = {
  ms: performance.now() - start,
  bytes,
  peakMb: process.resourceUsage().maxRSS / 1024,
  codes: [...new Set(codes)].sort(),
};
console.log(JSON.stringify(measured));

/** One plain read of the file as Node gives it out, nothing done with it. */
async function plainRead(): Promise<string[]> {
  let read = 0;
  for await (const chunk of createReadStream(path)) read += (chunk as Buffer).length;
  if (read !== statSync(path).size) throw new Error('the file was not read whole');
  return [];
}

async function ours(): Promise<string[]> {
  const literals = SIGNATURES.flatMap((signature) => signature.literals);
  const file = {
    source: 'bench.log',
    realPath: path,
    origin: 'host',
    host: 'bench',
    path: '/bench.log',
    storedBytes: statSync(path).size,
    wrapping: 'none',
  } as const;
  const logs = await readLog(file, { literals });
  return matchSignatures(logs.flatMap((log) => log.records)).flatMap((finding) => finding.code ?? []);
}

/** A loop that tries each signature on each line. */
async function naive(): Promise<string[]> {
  const found: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path, { end: bytes - 1 }) })) {
    const record = lineRecord(line);
    for (const signature of SIGNATURES) {
      const match = signature.match(record);
      const code = match ? (match.code ?? signature.code) : null;
      if (code) found.push(code);
    }
  }
  return found;
}

function lineRecord(line: string): TextRecord {
  return {
    area: 'logs',
    writer: 'spark_driver',
    provenance: 'engine',
    keys: {},
    at: null,
    level: 'error',
    logger: '',
    thread: '',
    message: line,
    text: line,
    exceptions: [],
    quote: { source: 'bench.log', fromLine: 1, toLine: 1, excerpt: '' },
    count: 1,
    lastAt: null,
    order: 1,
  };
}
