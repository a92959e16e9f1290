import { expect, it } from 'vitest';
import { askedCard } from './asked-card.ts';
import { expectSound } from './card-schema-fixture.ts';
import { SLACK_HOSTILE } from './huge-diagnosis-fixture.ts';

const shown = (asked: string, language: 'en' | 'zh' = 'en') =>
  JSON.stringify(askedCard({ user: 'U012AB3CD', asked, language }).blocks);

it('tells who asks and what, in both languages', () => {
  expect(shown('why did etl_daily fail?')).toMatch(/<@U012AB3CD> asks:.*why did etl_daily fail\?/);
  expect(shown('etl_daily 为什么失败？', 'zh')).toMatch(/<@U012AB3CD> 问：.*etl_daily 为什么失败？/);
});

it('keeps what was asked harmless and short, whatever it is', () => {
  for (const asked of [SLACK_HOSTILE, SLACK_HOSTILE.repeat(50), '', '\n\n', '`'.repeat(5_000), '长'.repeat(5_000)])
    expectSound(askedCard({ user: 'U012AB3CD', asked, language: 'en' }), ['U012AB3CD']);
  expect(shown('x'.repeat(5_000)).length).toBeLessThan(1_000);
});

it('calls nobody where the asker is no person', () => {
  expectSound(askedCard({ user: '<!channel>', asked: 'why?', language: 'zh' }));
});
