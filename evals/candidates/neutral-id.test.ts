import { describe, expect, it } from 'vitest';
import { neutralId } from './neutral-id.ts';

describe('neutralId', () => {
  it.each([
    ['ads_click_features_20261121', 'case-0a1b-ads-click-features'],
    ['oom_bad_disk_test', 'case-0a1b-test'],
    ['skew', 'case-0a1b-job'],
    [null, 'case-0a1b-job'],
    ['每日报表', 'case-0a1b-job'],
  ])('of %s is %s: nothing that tells a cause, and a form that the reader takes', (job, id) => {
    expect(neutralId('case_0a1b', job)).toBe(id);
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
  });
});
