import { describe, expect, it } from 'vitest';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { chainLines, citationsOf, eventLines } from './chain-lines.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';

const piece = (id: string, source: string, locator: string): Diagnosis['evidence'][number] => ({
  id,
  area: 'memory',
  provenance: 'kernel',
  source,
  locator,
  at: null,
  excerpt: 'x',
});
const base: Diagnosis = {
  ...hostileDiagnosis('en'),
  evidence: [
    piece('e1', 'hosts/h1/dmesg.txt', 'line 80'),
    piece('e2', 'hosts/h1/dmesg.txt', 'lines 90-94'),
    piece('e3', 'hosts/h1/dmesg.txt', 'line 80'),
    piece('e4', 'attach:1', 'line 7'),
  ],
};
const link = (statement: string, at: string | null = null) => ({ statement, at, component: null, evidence: ['e1'] });
const cause = (...chain: RootCause['chain']): RootCause => ({
  ...(base.rootCauses[0] as RootCause),
  statement: 'The kernel killed java (pid 1)',
  chain,
});

describe('eventLines', () => {
  const events = [{ ...link('java (pid 1) was killed', '2026-11-21T11:29:22.153Z'), component: null }];

  it('tells what happened by time where that is the answer, and nothing twice where it is the proof', () => {
    expect(eventLines({ ...base, outcome: 'answered', events })).toMatchObject([
      { clock: '11:29:22', statement: 'java (pid 1) was killed', citations: [{ ids: ['e1'] }] },
    ]);
    expect(eventLines({ ...base, outcome: 'healthy', events })).toEqual([]);
    expect(eventLines({ ...base, outcome: 'answered' })).toEqual([]);
  });
});

describe('chainLines', () => {
  it('says of a link that is only inferred from what it is', () => {
    const join = (joinedOn: string) =>
      chainLines(base, cause(link('seen'), { ...link('below'), joinedOn }))[1]?.statement;
    expect(join('host (inferred)')).toBe('below (link inferred from: the same host and time)');
    expect(join('containerId, host')).toBe('below');
    const zh = { ...base, question: { ...base.question, language: 'zh' as const } };
    const [, last] = chainLines(zh, cause(link('a'), { ...link('b'), joinedOn: 'host (inferred)' }));
    expect(last?.statement).toBe('b（此环为推断，依据：同一主机、同一时间）');
  });

  it('has a line for each link, the time of day in UTC', () => {
    const lines = chainLines(
      base,
      cause(link('seen', '2026-11-21T11:29:22.153Z'), link('The kernel killed java (pid 1)')),
    );
    expect(lines.map(({ clock }) => clock)).toEqual(['11:29:22', '']);
    expect(lines[0]?.statement).toBe('seen');
    expect(lines[1]?.statement).not.toBe('');
  });

  it('shortens ids and what is longer than a person reads', () => {
    const long = `container_1700000000000_0042_01_000008 ${'word '.repeat(100)}`;
    const statement = chainLines(base, cause(link(long), link('x')))[0]?.statement ?? '';
    expect(statement).toContain('container_…_000008');
    expect(statement.length).toBeLessThan(200);
    expect(statement).toMatch(/…$/);
  });
});

describe('citationsOf', () => {
  it('has each source once with each place once', () => {
    expect(citationsOf(base, ['e4', 'e3', 'e1', 'e2'])).toEqual([
      { ids: ['e1', 'e2', 'e3'], where: 'h1 dmesg.txt, lines 80, 90-94' },
      { ids: ['e4'], where: 'attach:1, line 7' },
    ]);
  });

  it('leaves out ids without an entry', () => {
    expect(citationsOf(base, ['e99'])).toEqual([]);
  });
});
