import { describe, expect, it } from 'vitest';
import { type ChannelPolicies, policyOf, readChannelPolicies } from './channel-policy.ts';

const read = (written: string) => readChannelPolicies(written);

describe('readChannelPolicies', () => {
  it('reads a list', () => {
    const policies = read('C0123ABCD=off, C0456EFGH=auto:B0123ABCD|grafana, *=mention') as ChannelPolicies;
    expect(policyOf(policies, 'C0123ABCD').answers).toBe('off');
    expect(policyOf(policies, 'C0456EFGH')).toEqual({ answers: 'auto', bots: ['B0123ABCD', 'grafana'] });
    expect(policyOf(policies, 'C0999ZZZZ').answers).toBe('mention');
    expect(policyOf(policies, 'constructor').answers).toBe('mention');
  });

  it.each([
    ['C0123ABCD=auto', 'has to name bots'],
    ['C0123ABCD=off:B0123ABCD', 'bots go with auto'],
    ['C0123ABCD=loud', 'has to be mention, auto or off'],
    ['#general=off', 'is no id of a channel'],
    ['C0123ABCD=off=on', 'is not like'],
    ['C0123ABCD=off, C0123ABCD=mention', 'stands twice'],
    ['nowhere.yaml', 'does not exist'],
  ])('says what is wrong with %s', (written, what) => {
    const answer = read(written);
    expect('problems' in answer ? answer.problems.join('; ') : '').toContain(what);
  });
});
