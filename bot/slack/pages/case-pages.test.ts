import { describe, expect, it } from 'vitest';
import { casePages } from './case-pages.ts';

const query = (address: string) => new URL(address).searchParams;

describe('addresses of case pages', () => {
  it('are read back by who shares the secret, for ten minutes', () => {
    let now = 1_000;
    const one = casePages('https://why.example.com/', 'a secret', () => now);
    const other = casePages('https://why.example.com', 'a secret', () => now);
    const address = one.addressOf('case_0123456789', 'inv_1');
    expect(address).toMatch(/^https:\/\/why\.example\.com\/case\?/);
    expect(other.read(query(address))).toEqual({ caseId: 'case_0123456789', diagnosis: 'inv_1' });
    now += 10 * 60_000 + 1;
    expect(one.read(query(address))).toBeNull();
  });

  it('are nothing when changed, made up, or signed by another', () => {
    const pages = casePages('https://why.example.com', 'a secret');
    const changed = query(pages.addressOf('case_0123456789', 'inv_1'));
    changed.set('case', 'case_9999999999');
    expect(pages.read(changed)).toBeNull();
    const longer = query(pages.addressOf('case_0123456789', 'inv_1'));
    longer.set('until', '99999999999999');
    expect(pages.read(longer)).toBeNull();
    expect(pages.read(new URLSearchParams())).toBeNull();
    expect(pages.read(query(casePages('https://why.example.com', 'another').addressOf('c', 'd')))).toBeNull();
  });

  it('are another one each time', () => {
    const pages = casePages('https://why.example.com', 'a secret', () => 5);
    expect(pages.addressOf('c', 'd')).not.toBe(pages.addressOf('c', 'd'));
  });
});
