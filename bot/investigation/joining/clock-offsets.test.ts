import { describe, expect, it } from 'vitest';
import type { TextRecord } from '../../../tools/evidence/text-record.ts';
import type { LogFacts, Milestone } from '../../../tools/logs/log-facts.ts';
import { emptyYarnFacts } from '../../../tools/yarn/facts.ts';
import { clockOffsets } from './clock-offsets.ts';
import { evidenceFixture, FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import { setClocksOfFindings, toldOffsets } from './set-clocks.ts';

const APPLICATION = { applicationId: 'application_1700000000000_0042' };
const HOUR_MS = 3_600_000;

function log(
  writer: LogFacts['writer'],
  host: string,
  milestones: readonly Omit<Milestone, 'values' | 'record'>[],
): LogFacts {
  return {
    source: `hosts/${host}/x.log`,
    fromLine: 1,
    toLine: 9,
    writer,
    keys: { ...APPLICATION, host },
    firstAt: null,
    lastAt: null,
    recordCount: 0,
    records: [],
    tail: [],
    milestones: milestones.map((one) => ({ ...one, values: {}, record: {} as TextRecord })),
    skipped: [],
  };
}

const registered = (executorId: string, at: number) => ({
  kind: 'executor_registered' as const,
  keys: { ...APPLICATION, executorId },
  at,
});
const started = (number: number, at: number) => ({
  kind: 'container_started' as const,
  keys: { containerId: `container_1700000000000_0042_01_00000${number}` },
  at,
});
const asked = (number: number, at: number) => ({ ...started(number, at), kind: 'container_allocated' as const });

const DRIVER = log('spark_driver', 'n1', [
  registered('1', FIXTURE_AT),
  registered('2', FIXTURE_AT + 500),
  asked(2, FIXTURE_AT - 9_000),
  asked(3, FIXTURE_AT - 9_000),
]);
const offsetsOf = (...logs: LogFacts[]) => [...clockOffsets([DRIVER, ...logs], emptyYarnFacts())];

describe('clockOffsets', () => {
  it('sees hosts in step where only seconds of registering and minutes of localising lie between', () => {
    expect(
      offsetsOf(
        log('spark_executor', 'n2', [registered('1', FIXTURE_AT + 1_200)]),
        log('node_manager', 'n3', [started(3, FIXTURE_AT + 100_000)]),
      ),
    ).toEqual([]);
  });

  it('finds the one host whose clock is off, ahead or behind, by executors and by containers', () => {
    const n2 = log('spark_executor', 'n2', [registered('1', FIXTURE_AT + 3 * HOUR_MS)]);
    const n3 = log('spark_executor', 'n3', [registered('2', FIXTURE_AT + 700)]);
    expect(offsetsOf(n2, n3)).toEqual([['n2', 3 * HOUR_MS]]);
    const late = log('node_manager', 'n2', [started(2, FIXTURE_AT - 9_000 - 60_000)]);
    expect(offsetsOf(late, n3)).toEqual([['n2', -60_000]]);
  });

  it('takes what most hosts agree on for the time: the driver’s own clock may be the one that is off', () => {
    const others = ['2', '3'].map((id) =>
      log('spark_executor', `n${id}`, [registered(id === '2' ? '1' : '2', FIXTURE_AT - 3 * HOUR_MS)]),
    );
    const [[host, ahead] = ['', 0], ...rest] = offsetsOf(...others);
    expect(rest).toEqual([]);
    expect(host).toBe('n1');
    expect(Math.abs(ahead - 3 * HOUR_MS)).toBeLessThan(1_000);
  });

  it('says nothing of hosts that share no event, and nothing of one host', () => {
    expect(offsetsOf(log('spark_executor', 'n2', [registered('9', FIXTURE_AT + HOUR_MS)]))).toEqual([]);
    expect(offsetsOf(log('spark_executor', 'n1', [registered('1', FIXTURE_AT + HOUR_MS)]))).toEqual([]);
  });
});

describe('findings of a host whose clock is off', () => {
  const offsets = new Map([['n2', 3 * HOUR_MS]]);
  const exited = findingFixture({
    symptom: 'container_exited',
    at: FIXTURE_AT + 3 * HOUR_MS,
    keys: { host: 'n2', containerId: 'c1' },
    evidence: [evidenceFixture({ source: 'hosts/n2/nm.log', provenance: 'node_manager' })],
  });
  const killed = (at: number) =>
    findingFixture({
      area: 'memory',
      symptom: 'process_killed',
      at,
      keys: { host: 'n2', containerId: 'c1' },
      evidence: [evidenceFixture({ source: 'hosts/n2/dmesg.txt', provenance: 'kernel' })],
    });

  it('are set to the others’ clock; those of other hosts stay', () => {
    const other = { ...exited, evidence: [evidenceFixture({ source: 'hosts/n1/nm.log' })] };
    expect(setClocksOfFindings([exited, other], offsets, []).map(({ at }) => at)).toEqual([FIXTURE_AT, other.at]);
  });

  it('go by the log that they stand in, not by whom they speak of nor where it was collected', () => {
    const piece = evidenceFixture({ source: 'hosts/gw/collected.txt', fromLine: 5, toLine: 5 });
    const told = { ...exited, evidence: [piece] };
    const part = (host: string) => ({ ...log('spark_driver', host, []), source: 'hosts/gw/collected.txt' });
    expect(setClocksOfFindings([told], offsets, [part('n2')])[0]?.at).toBe(FIXTURE_AT);
    expect(setClocksOfFindings([told], offsets, [part('n1')])[0]?.at).toBe(told.at);
  });

  it('of the kernel only where its clock is off with the logs', () => {
    expect(setClocksOfFindings([exited, killed(FIXTURE_AT)], offsets, [])[1]?.at).toBe(FIXTURE_AT);
    expect(setClocksOfFindings([exited, killed(FIXTURE_AT + 3 * HOUR_MS)], offsets, [])[1]?.at).toBe(FIXTURE_AT);
  });

  it('are told', () => {
    const [told] = toldOffsets(new Map([['n2', -60_000]]));
    expect(told?.en).toContain('n2 is 1 min behind the others');
    expect(told?.zh).toContain('慢');
  });
});
