import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../bot/conversation/conversation.ts';
import { answerCard } from '../../bot/render/slack/answer-card.ts';
import { expectSound } from '../../bot/render/slack/card-schema-fixture.ts';
import { evidenceCard } from '../../bot/render/slack/evidence-card.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { previewPage } from './preview-blocks.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const DEMO = path.resolve(import.meta.dirname, '../../bot/demo');
/** Recordings of each outcome; the first question is the asker's own (`incident.json`), follow-ups are typed for this test. */
const CASES: [name: string, folder: string, said: string[]][] = [
  [
    'a confirmed failure',
    path.join(DEMO, 'failed-run'),
    ['why did item_vector_backfill fail? bad node?', 'what if I double the memory?', 'e11'],
  ],
  ['a slow run in Chinese', path.join(DEMO, 'slow-run'), ['dwd_order_user_wide 今天为什么慢？', '时间去哪了？']],
  ['too many to choose from', path.join(DEMO, 'failed-run'), ['why did it fail?']],
  ['a remote shuffle', capture('celeborn-002-worker-killed-stage-rerun'), []],
  ['a healthy run', capture('slow-019-shop-exposure-healthy'), []],
  ['a run that goes on', capture('slow-023-ctr-feature-still-running'), []],
  ['a task of a workflow', capture('flow-116-airflow-sigkill-unknown-killer'), []],
];

function capture(name: string): string {
  return path.join(SHARED, 'captures', name, 'capture');
}

describe.each(CASES)('the cards of %s', (_, folder, said) => {
  it.skipIf(!existsSync(folder))('are taken by Slack and drawn', { timeout: 30_000 }, async () => {
    const platform = await openCapture(folder);
    const conversation = new Conversation({
      openPlatform: async () => platform,
      language: 'auto',
      model: null,
    });
    const asked =
      said.length > 0 ? said : [JSON.parse(readFileSync(path.join(folder, '../incident.json'), 'utf8')).question];
    for (const message of asked) {
      const turn = await conversation.say(message);
      const card = answerCard({
        turn,
        diagnosisOf: (id, language) => conversation.diagnosis(id, language),
        evidence: conversation.evidence(),
        caseId: conversation.thread.id,
        charts: [],
        pageUrl: null,
        incident: null,
        notes: [],
      });
      expectSound(card);
      const text = JSON.stringify(card.blocks);
      expect(text).not.toContain('did not fit');
      expect(text).not.toMatch(/--attach|--event-log/);
      const page = previewPage([{ card }]);
      expect(page).toContain('class="button');
      for (const { diagnosis: id, language } of turn.replies) {
        const diagnosis = id === null ? null : conversation.diagnosis(id, language);
        if (!diagnosis) continue;
        expect(text).toContain(conversation.thread.id);
        expect(text).toContain(diagnosis.id);
        if (diagnosis.evidence.length > 0) expectSound(evidenceCard({ diagnosis, caseId: conversation.thread.id }));
      }
    }
    await conversation.close();
  });
});
