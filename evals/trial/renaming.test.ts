import { describe, expect, it } from 'vitest';
import { renamingOf } from './renaming.ts';

const TEXT = [
  '{"App Name":"dwd_user_join","id":"application_1795259698281_0005","user":"etl","queue":"ads"}',
  '2026-11-21 11:29:18,527 WARN container on bd-node12 by user etl in /srv/logs/dwd_user_join_20261120.log',
  '[ 5455.355290] Memory cgroup out of memory: Killed process 11781 (java)',
].join('\n');

const renaming = (seed: number) =>
  renamingOf({
    seed,
    hosts: ['bd-node12'],
    question: 'why did video-cover-retrain2 fail, and dwd_user_join?',
    texts: [TEXT],
  });

describe('renamingOf', () => {
  it('gives runs, hosts, owners, folders and times other names, and leaves what the platform says', () => {
    const text = renaming(1).text(TEXT);
    for (const gone of [
      'dwd_user_join',
      'bd-node12',
      '"etl"',
      '"ads"',
      '2026-11-21',
      '1795259698281',
      '/srv/',
      '20261120',
    ])
      expect(text).not.toContain(gone);
    for (const stays of ['Killed process 11781 (java)', 'WARN container on', '_0005', '11:29:18,527'])
      expect(text).toContain(stays);
    expect(text.split('\n')).toHaveLength(3);
  });

  it('is the same for the same seed and another for another', () => {
    expect(renaming(1).text(TEXT)).toBe(renaming(1).text(TEXT));
    expect(renaming(1).text(TEXT)).not.toBe(renaming(2).text(TEXT));
  });

  it('renames a job with hyphens that only the question names', () => {
    expect(renaming(1).text('video-cover-retrain2: epoch 1')).not.toContain('video-cover-retrain2');
    expect(renaming(1).text('spark-submit read-only')).toBe('spark-submit read-only');
  });
});
