import { describe, expect, it } from 'vitest';
import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import { crossLayerChain, lastLinkOf } from './last-link-of.ts';

type Piece = readonly [area: string, provenance: Provenance];

/** A diagnosis of which only the first cause, its chain and the evidence are looked at; one piece for each link. */
function diagnosed(code: string, standing: RootCause['standing'], pieces: readonly Piece[]): Diagnosis {
  const evidence = pieces.map(([area, provenance], at) => ({ id: `e${at + 1}`, area, provenance }));
  const chain = evidence.map(({ id }) => ({ statement: id, at: null, component: null, evidence: [id] }));
  return { rootCauses: [{ code, standing, chain }], evidence } as unknown as Diagnosis;
}

describe('lastLinkOf', () => {
  it('holds the writer of the last link against the catalogue', () => {
    const engine: Piece = ['logs', 'engine'];
    const proven = diagnosed('kernel.memcg_oom', 'confirmed', [engine, ['memory', 'kernel']]);
    expect(lastLinkOf(proven)).toEqual({ writers: ['kernel'], allowed: true });
    // The kernel's line stands above, and a program's word at the end: no proof.
    const broken = diagnosed('kernel.memcg_oom', 'confirmed', [
      ['memory', 'kernel'],
      ['logs', 'user_process'],
    ]);
    expect(lastLinkOf(broken)).toEqual({ writers: ['user_process'], allowed: false });
    expect(lastLinkOf(diagnosed('kernel.memcg_oom', 'confirmed', []))).toEqual({ writers: [], allowed: false });
  });

  it('takes pasted words only where the catalogue lists complete statements', () => {
    const pasted = (code: string) => lastLinkOf(diagnosed(code, 'confirmed', [['logs', 'asker']]))?.allowed;
    expect(pasted('storage.hdfs_quota')).toBe(true);
    expect(pasted('skew.join_key')).toBe(false);
  });

  it('asks nothing where no cause is claimed', () => {
    expect(lastLinkOf(diagnosed('none.healthy', 'confirmed', [['spark', 'engine']]))).toBeNull();
    expect(lastLinkOf(diagnosed('kernel.memcg_oom', 'inconclusive', [['logs', 'engine']]))).toBeNull();
  });
});

describe('crossLayerChain', () => {
  it('tells a chain over several areas in one line, symptom first', () => {
    const chain = crossLayerChain(
      diagnosed('kernel.memcg_oom', 'confirmed', [
        ['yarn', 'resource_manager'],
        ['logs', 'engine'],
        ['logs', 'engine'],
        ['memory', 'kernel'],
      ]),
    );
    expect(chain).toBe('yarn › logs › memory (resource_manager › kernel)');
  });

  it('leaves out what one area and one writer tell', () => {
    const spark: Piece = ['spark', 'engine'];
    expect(crossLayerChain(diagnosed('skew.join_key', 'confirmed', [spark, spark]))).toBeNull();
    expect(
      crossLayerChain(diagnosed('storage.slow_disk', 'confirmed', [['logs', 'user_process'], spark])),
    ).not.toBeNull();
  });
});
