import { expect, it } from 'vitest';
import { expectSound } from './card-schema-fixture.ts';
import { pageCard } from './page-card.ts';

const PAGE = 'https://why.example.com/case?case=case_0123456789&inv=inv_1&until=1&salt=s&sign=x';

it('gives the address of the page, and says how long it is good for', () => {
  const card = pageCard({ url: PAGE, language: 'en' });
  expectSound(card);
  expect(JSON.stringify(card.blocks)).toContain(
    '<https://why.example.com/case?case=case_0123456789&amp;inv=inv_1&amp;until=1&amp;salt=s&amp;sign=x|Open the case page>',
  );
  expect(JSON.stringify(card.blocks)).toContain('ten minutes');
  expect(JSON.stringify(pageCard({ url: PAGE, language: 'zh' }).blocks)).toMatch(/打开案例页面.*十分钟内有效/);
});

it('does not show the address in the notification: a lock screen is read by others', () => {
  expect(pageCard({ url: PAGE, language: 'en' }).text).not.toContain('sign=');
});

it('links only to the web', () => {
  const card = pageCard({ url: 'javascript:alert(1)', language: 'en' });
  expectSound(card);
  expect(JSON.stringify(card.blocks)).not.toContain('javascript');
});
