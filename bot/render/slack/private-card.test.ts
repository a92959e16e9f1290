import { expect, it } from 'vitest';
import { expectSound } from './card-schema-fixture.ts';
import { privateCard } from './private-card.ts';

it('tells the asker that the answer is theirs alone, and nothing of what it is about', () => {
  const [en, zh] = (['en', 'zh'] as const).map((language) => privateCard({ user: 'U012AB3CD', language }));
  expect(JSON.stringify(en?.blocks)).toContain('<@U012AB3CD> Not everybody here may see this job');
  expect(JSON.stringify(zh?.blocks)).toContain('<@U012AB3CD> 这里不是每个人都有权查看这个作业');
  for (const card of [en, zh]) if (card) expectSound(card, ['U012AB3CD']);
});

it('calls nobody by an id that is none', () => {
  expectSound(privateCard({ user: '<!here>', language: 'en' }));
});
