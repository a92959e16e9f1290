import { describe, expect, it } from 'vitest';
import { isForVersions } from './version-range.ts';

const SPARK = JSON.stringify({ spark: '2.4–3.5', hadoop: '3.0+', celeborn: '0.5' });

describe('isForVersions', () => {
  it.for([
    ['2.4.8', true],
    ['3.5.6', true],
    ['4.0.1', false],
    ['2.3.0', false],
  ] as const)('a range holds its ends with all their patches: %s is %s', ([version, served]) => {
    expect(isForVersions(SPARK, { spark: version })).toBe(served);
  });

  it('reads "and later", and one version alone', () => {
    expect(isForVersions(SPARK, { hadoop: '3.3.6' })).toBe(true);
    expect(isForVersions(SPARK, { hadoop: '2.10.1' })).toBe(false);
    expect(isForVersions(SPARK, { celeborn: '0.5.4' })).toBe(true);
    expect(isForVersions(SPARK, { celeborn: '0.6.0' })).toBe(false);
  });

  it('keeps out nothing by an engine that the document does not speak of', () => {
    expect(isForVersions(SPARK, { flink: '1.18' })).toBe(true);
    expect(isForVersions('{}', { spark: '3.5.1' })).toBe(true);
    expect(isForVersions(SPARK, undefined)).toBe(true);
  });

  it('is not fooled by names of the language', () => {
    expect(isForVersions(SPARK, { constructor: '1' })).toBe(true);
  });
});
