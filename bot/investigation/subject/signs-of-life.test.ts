import { describe, expect, it } from 'vitest';
import type { TextRecord } from '../../../tools/evidence/text-record.ts';
import { emptyProcess, type ProcessFacts, readProcessFile } from '../../../tools/host/process-facts.ts';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import { signsOfLife } from './signs-of-life.ts';

const NOW = Date.UTC(2026, 10, 21, 11, 14, 24);
const RUN = { id: 'application_1700000000000_0133' };
const CONTAINER = 'container_e12_1700000000000_0133_01_000002';

const last: TextRecord = {
  area: 'spark',
  writer: 'user_program',
  provenance: 'user_process',
  keys: { containerId: CONTAINER },
  at: NOW,
  level: 'info',
  logger: 'UserGraphJoin',
  thread: '',
  message: 'hash relation: 160 MB in memory',
  text: 'hash relation: 160 MB in memory',
  exceptions: [],
  quote: { source: 'stderr', fromLine: 9, toLine: 9, excerpt: 'hash relation: 160 MB in memory' },
  count: 1,
  lastAt: NOW,
  order: 9,
};

function log(lastAt: number): LogFacts {
  return {
    source: 'stderr',
    fromLine: 1,
    toLine: 9,
    writer: 'user_program',
    keys: { containerId: CONTAINER },
    firstAt: NOW - 36_000,
    lastAt,
    recordCount: 9,
    records: [],
    tail: [last],
    milestones: [],
    skipped: [],
  };
}

function process(state: string, at: number | null, source: string): ProcessFacts {
  const facts = emptyProcess(31414, at);
  readProcessFile(facts, 'status', `Name:\tjava\nUmask:\t0022\nState:\t${state}\nPid:\t31414\n`, source);
  readProcessFile(facts, 'cgroup', `4:memory:/hadoop-yarn/${CONTAINER}\n`, `${source}/cgroup`);
  return facts;
}

describe('signsOfLife', () => {
  it('cites the state of the process, as it was seen last, beside the last line of its log', () => {
    const first = {
      logs: [log(NOW)],
      hosts: [{ processes: [process('R (running)', NOW - 8_000, 'earlier'), process('S (sleeping)', null, 'end')] }],
    };
    expect(signsOfLife(RUN, first, NOW)).toMatchObject([
      { source: 'stderr', fromLine: 9 },
      { source: 'end', fromLine: 3, toLine: 3, excerpt: 'State:\tS (sleeping)', provenance: 'kernel' },
    ]);
  });

  it('says nothing of a process that has ended, of a log that no longer grows, of another run', () => {
    const zombie = { logs: [log(NOW)], hosts: [{ processes: [process('Z (zombie)', null, 'end')] }] };
    expect(signsOfLife(RUN, zombie, NOW)).toEqual([]);
    const silent = { logs: [log(NOW - 600_000)], hosts: [{ processes: [process('S (sleeping)', null, 'end')] }] };
    expect(signsOfLife(RUN, silent, NOW)).toEqual([]);
    const living = { logs: [log(NOW)], hosts: [{ processes: [process('S (sleeping)', null, 'end')] }] };
    expect(signsOfLife({ id: 'application_1700000000000_0134' }, living, NOW)).toEqual([]);
  });
});
