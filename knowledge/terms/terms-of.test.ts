import { describe, expect, it } from 'vitest';
import { termsOf } from './terms-of.ts';

describe('termsOf', () => {
  it('gives an identifier whole, by its parts and by the words inside them', () => {
    expect(termsOf('spark.executor.memoryOverhead')).toEqual([
      'spark.executor.memoryoverhead',
      'spark',
      'executor',
      'memoryoverhead',
      'memory',
      'overhead',
    ]);
    expect(termsOf('OutOfMemoryError')).toEqual(['outofmemoryerror', 'out', 'of', 'memory', 'error']);
  });

  it('gives Han characters in pairs, a lone one alone', () => {
    expect(termsOf('内存溢出')).toEqual(['内存', '存溢', '溢出']);
    expect(termsOf('慢 了')).toEqual(['慢', '了']);
    expect(termsOf('executor挂了')).toEqual(['executor', '挂了']);
  });

  it('takes endings off, so that one word is one term', () => {
    for (const [first, ...others] of [
      ['fail', 'failed', 'fails', 'failing'],
      ['kill', 'killed', 'kills', 'killing'],
      ['queue', 'queues', 'queued'],
      ['retry', 'retries'],
      ['spill', 'spilled', 'spilling'],
      ['stop', 'stopped', 'stopping', 'stops'],
      ['lose', 'losing', 'loses'],
      ['disk', 'disks'],
    ] as const) {
      for (const other of others) expect(termsOf(other)).toEqual(termsOf(first));
    }
  });

  it('leaves short words, codes and names alone', () => {
    expect(termsOf('exit 137 gas class kerberos')).toEqual(['exit', '137', 'gas', 'class', 'kerbero']);
    expect(termsOf('S3')).toEqual(['s3']);
  });

  it('cuts what is longer than the index keeps', () => {
    expect(termsOf('x'.repeat(300))).toEqual(['x'.repeat(40)]);
  });

  it('reads full-width letters and numbers as the usual ones', () => {
    expect(termsOf('ＯＯＭ１３７')).toEqual(['oom137']);
  });
});
