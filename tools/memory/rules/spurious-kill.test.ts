import { describe, expect, it } from 'vitest';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { spuriousKill } from './spurious-kill.ts';

/** Composed: a host-wide kill with its memory zones (reference C1). */
function hostKill(spec: { order: number; freeKb: number; mask?: string; zone?: string }): string {
  const kill = composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'], order: spec.order });
  const zone = `[  100.100000] Node 0 ${spec.zone ?? 'Normal'} free:${spec.freeKb}kB min:45168kB low:56460kB high:67752kB managed:16430084kB`;
  const [head = '', ...rest] = kill.split('\n');
  return [head.replace('0xcc0', spec.mask ?? '0xcc0'), zone, ...rest].join('\n');
}

describe('memory/spurious-kill', () => {
  it('sees fragmentation: contiguous pages asked for while much is free', () => {
    const [finding] = spuriousKill.apply(hostFacts({ log: hostKill({ order: 3, freeKb: 4_000_000 }) }));
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'kernel.spurious_oom',
      values: { order: 3, contiguousPages: 8, freeBytes: 4_000_000 * 1024 },
    });
  });

  it('sees a request for the low zone while another has room', () => {
    const log = hostKill({ order: 0, freeKb: 4_000_000, mask: '0xcc1' });
    expect(spuriousKill.apply(hostFacts({ log }))[0]).toMatchObject({ kind: 'observed', values: { zone: 'DMA' } });
  });

  it('sees a group killed far below its limit', () => {
    const log = composedKill({
      full: '/a',
      task: '/a',
      victim: [9, 1000, 0, 'java'],
      usageKb: 300_000,
      limitKb: 1_000_000,
    });
    expect(spuriousKill.apply(hostFacts({ log }))[0]).toMatchObject({
      kind: 'observed',
      values: { usageBytes: 300_000 * 1024 },
    });
  });

  it('only suspects a contiguous request without the zones', () => {
    const log = composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'], order: 2 });
    expect(spuriousKill.apply(hostFacts({ log }))[0]).toMatchObject({ kind: 'inferred', weight: 0.6 });
  });

  it('is silent when memory was used up, whatever the order', () => {
    for (const log of [
      hostKill({ order: 3, freeKb: 45_000 }),
      hostKill({ order: 0, freeKb: 45_000 }),
      composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'] }),
      fixtureLog('own-limit.dmesg.txt'),
    ]) {
      expect(spuriousKill.apply(hostFacts({ log }))).toEqual([]);
    }
  });

  it('is not deceived by the reserve of a low zone', () => {
    const full = hostKill({ order: 3, freeKb: 45_000 });
    const withReserve = full.replace(
      'Node 0 Normal',
      'Node 0 DMA32 free:1900000kB min:4168kB low:5460kB high:6752kB managed:2000000kB\n[  100.110000] Node 0 Normal',
    );
    expect(spuriousKill.apply(hostFacts({ log: withReserve }))).toEqual([]);
    const small = hostKill({ order: 3, freeKb: 1_900_000, zone: 'DMA32' });
    expect(spuriousKill.apply(hostFacts({ log: small }))).toHaveLength(1);
  });

  it('is silent for a group whose swap limit was reached instead', () => {
    const log = composedKill({
      full: '/a',
      task: '/a',
      victim: [9, 1000, 0, 'java'],
      usageKb: 300_000,
      limitKb: 1_000_000,
    }).replace(
      '[ 100.200000] Tasks',
      '[ 100.150000] memory+swap: usage 1000000kB, limit 1000000kB, failcnt 5\n[ 100.200000] Tasks',
    );
    expect(spuriousKill.apply(hostFacts({ log }))).toEqual([]);
  });

  it('says nothing without a kernel log', () => {
    expect(spuriousKill.apply(hostFacts({}))).toEqual([]);
  });
});
