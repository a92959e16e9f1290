import { describe, expect, it } from 'vitest';
import { casePages } from './case-pages.ts';

const PAGE = { caseId: 'case_0123456789', diagnosis: 'inv_1', user: 'T1 U1' };
const query = (address: string) => new URL(address).searchParams;

describe('addresses of case pages', () => {
  it('are read back by who shares the secret, for ten minutes', () => {
    let now = 1_000;
    const one = casePages('https://why.example.com/', 'a secret', () => now);
    const other = casePages('https://why.example.com', 'a secret', () => now);
    const address = one.addressOf(PAGE);
    expect(address).toMatch(/^https:\/\/why\.example\.com\/case\?/);
    expect(other.read(query(address))).toEqual(PAGE);
    now += 10 * 60_000 + 1;
    expect(one.read(query(address))).toBeNull();
  });

  it('are nothing when changed, made up, or signed by another', () => {
    const pages = casePages('https://why.example.com', 'a secret');
    const changed = query(pages.addressOf(PAGE));
    changed.set('case', 'case_9999999999');
    expect(pages.read(changed)).toBeNull();
    const longer = query(pages.addressOf(PAGE));
    longer.set('until', '99999999999999');
    expect(pages.read(longer)).toBeNull();
    const another = query(pages.addressOf(PAGE));
    another.set('for', 'T1 U2');
    expect(pages.read(another)).toBeNull();
    expect(pages.read(new URLSearchParams())).toBeNull();
    expect(pages.read(query(casePages('https://why.example.com', 'another').addressOf(PAGE)))).toBeNull();
  });

  it('are another one each time', () => {
    const pages = casePages('https://why.example.com', 'a secret', () => 5);
    expect(pages.addressOf(PAGE)).not.toBe(pages.addressOf(PAGE));
  });
});
