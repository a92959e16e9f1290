import { describe, expect, it } from 'vitest';
import { buildJob } from './fixtures/build-job.ts';
import { sameValue } from './same-value.ts';
import { settingChanges } from './setting-changes.ts';

type Properties = Record<string, string>;

function changes(slow: Properties, ...usual: Properties[]) {
  return settingChanges(
    buildJob({ spark: slow }).run,
    usual.map((spark) => buildJob({ spark }).run),
  ).map(({ name, from, to, worsens }) => ({ name, from, to, worsens }));
}

describe('settingChanges', () => {
  it('names what differs, from and to, and whether it can make a run slower', () => {
    expect(changes({ 'spark.executor.memory': '512m' }, { 'spark.executor.memory': '1200m' })).toEqual([
      { name: 'spark.executor.memory', from: '1200m', to: '512m', worsens: true },
    ]);
    expect(changes({ 'spark.executor.memory': '2g' }, { 'spark.executor.memory': '1g' })[0]?.worsens).toBe(false);
  });

  it('takes equal values in other words for no change', () => {
    const now = {
      'spark.executor.memory': '1024m',
      'spark.network.timeout': '2min',
      'spark.speculation': 'TRUE',
      'spark.memory.fraction': '0.60',
      'spark.executor.extraJavaOptions': '-Xss4m -Dlog.dir=/logs/application_1700000000000_0002',
    };
    const before = {
      'spark.executor.memory': '1g',
      'spark.network.timeout': '120s',
      'spark.speculation': 'true',
      'spark.memory.fraction': '0.6',
      'spark.executor.extraJavaOptions': '-Dlog.dir=/logs/application_1700000000000_0001 -Xss4m',
    };
    expect(changes(now, before)).toEqual([]);
  });

  it('takes an empty value for one that is not set', () => {
    expect(changes({}, { 'spark.submit.pyFiles': '', 'spark.jars': ' ' })).toEqual([]);
    expect(changes({ 'spark.jars': '', 'spark.executor.memory': '' }, { 'spark.executor.memory': '1g' })).toEqual([]);
    expect(changes({ 'spark.jars': 'udf-2.jar' }, { 'spark.jars': '' })).toMatchObject([
      { name: 'spark.jars', from: null, to: 'udf-2.jar' },
    ]);
  });

  it('passes over what changes with every run', () => {
    const noise = (i: number): Properties => ({
      'spark.app.id': `app-${i}`,
      'spark.app.startTime': String(1_700_000_000_000 + i),
      'spark.driver.port': String(40_000 + i),
      'spark.driver.host': `gw${i}`,
      'spark.eventLog.dir': `hdfs:///logs/${i}`,
      'spark.yarn.app.container.log.dir': `/logs/${i}`,
      'spark.kubernetes.executor.podNamePrefix': `p-${i}`,
      'spark.app.initial.jar.urls': `spark://gw:${i}/jars/a.jar`,
    });
    expect(changes(noise(1), noise(2))).toEqual([]);
  });

  it('takes the default for a key that is absent', () => {
    expect(changes({ 'spark.sql.adaptive.enabled': 'false' }, {})).toEqual([
      { name: 'spark.sql.adaptive.enabled', from: 'default (true)', to: 'false', worsens: true },
    ]);
    expect(changes({ 'spark.sql.adaptive.enabled': 'true' }, {})).toEqual([]);
    expect(changes({ 'spark.sql.autoBroadcastJoinThreshold': '10m' }, {})).toEqual([]);
  });

  it('is a change only against the whole history', () => {
    const small = { 'spark.executor.memory': '512m' };
    const big = { 'spark.executor.memory': '1g' };
    expect(changes(small, big, small)).toEqual([]);
    expect(changes(small, big, big)).toHaveLength(1);
  });

  it('masks secrets in values', () => {
    const [change] = changes(
      { 'spark.hadoop.fs.s3a.secret.key': 'abcdef0123456789' },
      { 'spark.hadoop.fs.s3a.secret.key': 'zyxwvut987654321' },
    );
    expect(change?.to).not.toContain('abcdef');
  });

  it('stands hostile keys', () => {
    expect(changes({ ['__proto__']: 'x', 'spark.constructor': '1' }, {})).toEqual([
      { name: 'spark.constructor', from: null, to: '1', worsens: false },
    ]);
  });
});

describe('sameValue', () => {
  it.each([
    ['spark.executor.memory', '1024', '1g', true],
    ['spark.shuffle.file.buffer', '32', '32k', true],
    ['spark.locality.wait', '3', '3s', true],
    ['spark.jars', '/a.jar,/b.jar', '/b.jar,/a.jar', true],
    ['spark.local.dir', '/tmp/x1', '/tmp/y2', true],
    ['spark.local.dir', '/disk1', '/disk2', false],
    ['spark.executor.memory', '1g', '2g', false],
    ['spark.x.date', '2026-11-19', '2026-11-20', true],
  ])('%s: %s and %s', (key, a, b, same) => {
    expect(sameValue(key, a, b)).toBe(same);
  });
});
