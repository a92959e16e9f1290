import { describe, expect, it } from 'vitest';
import { smallDiagnosis } from '../escalation/escalation-fixture.ts';
import { hostileDiagnosis } from '../render/hostile-diagnosis-fixture.ts';
import { drawPage } from './draw-page.ts';
import { facesOf, keptCaseText } from './kept-case-fixture.ts';

const ID = 'case_0123456789';
const SMALL = smallDiagnosis({ id: 'inv_1', question: 'why did etl_daily fail?' });

describe('the page of a kept case', () => {
  it('shows the diagnosis, the conversation after it and what people thought', async () => {
    const page = await drawPage({
      kept: keptCaseText(ID, facesOf(SMALL), { followUps: ['谁负责？'] }),
      diagnosis: 'inv_1',
      language: 'en',
      feedback: [{ helpful: false, reason: 'it was another disk' }],
    });
    for (const part of ['job of app_1', 'The disk of node2', '谁负责？', 'it was another disk'])
      expect(page).toContain(part);
    expect(page).toMatch(/<html[^>]* lang="en"/);
  });

  it('is in the language that is wanted', async () => {
    const faces = { en: SMALL, zh: smallDiagnosis({ id: 'inv_1', language: 'zh', question: '为什么失败？' }) };
    const page = await drawPage({ kept: keptCaseText(ID, faces), diagnosis: 'inv_1', language: 'zh', feedback: [] });
    expect(page).toContain('node2 的磁盘出现读写错误');
    expect(page).toMatch(/<html[^>]* lang="zh/);
  });

  it('carries nothing that acts, whatever the case holds', async () => {
    const faces = { en: hostileDiagnosis('en'), zh: hostileDiagnosis('zh') };
    const page = await drawPage({
      kept: keptCaseText(ID, faces, { followUps: ['<script>alert(3)</script>'] }),
      diagnosis: faces.en.id,
      language: 'en',
      feedback: [{ helpful: true, reason: '<img src=x onerror=alert(4)>' }],
    });
    expect(page).not.toMatch(/<script|<img [^>]*onerror/i);
  });

  it.each([
    ['a diagnosis that the case does not hold', keptCaseText(ID, facesOf(SMALL)), 'inv_other'],
    ['something that is no case', '{"a":1}', 'inv_1'],
  ])('is refused for %s', async (_, kept, diagnosis) => {
    await expect(drawPage({ kept, diagnosis, language: 'en', feedback: [] })).rejects.toThrow(/no such|not a case/);
  });
});
