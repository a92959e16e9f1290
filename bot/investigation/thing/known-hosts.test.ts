import { describe, expect, it } from 'vitest';
import { hostMeant, isOneHost } from './known-hosts.ts';

const KNOWN = ['bd-node11', 'bd-node12', 'gw1.prod.example', 'a-node7', 'b-node7'];

describe('the host that is meant', () => {
  it.each([
    ['bd-node12', 'bd-node12'],
    ['BD-NODE12', 'bd-node12'],
    ['gw1', 'gw1.prod.example'],
    ['node11', 'bd-node11'],
  ])('%s is %s', (said, host) => {
    expect(hostMeant(said, KNOWN)).toBe(host);
  });

  it('is none where two end so, or a name only begins so', () => {
    expect(hostMeant('node7', KNOWN)).toBeNull();
    expect(hostMeant('bd-node1', KNOWN)).toBeNull();
    expect(hostMeant('ode12', KNOWN)).toBeNull();
  });

  it('may be told with or without its domain', () => {
    expect(isOneHost('n7', 'n7.prod.example')).toBe(true);
    expect(isOneHost('n7', 'n70.prod.example')).toBe(false);
  });
});
