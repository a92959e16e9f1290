import { expect, it } from 'vitest';
import { expectSound } from '../../render/slack/card-schema-fixture.ts';
import { SLACK_HOSTILE } from '../../render/slack/huge-diagnosis-fixture.ts';
import type { StepState } from '../outlet/progress.ts';
import { drawProgress } from './draw-progress.ts';

const step = (title: string, state: StepState) => ({ id: title, title, state });

it('draws each step with its state, in both languages, and a way to stop', () => {
  const steps = [
    step('YARN', 'complete'),
    step('logs', 'in_progress'),
    step('disks', 'pending'),
    step('cache', 'error'),
  ];
  for (const language of ['en', 'zh'] as const) {
    const card = drawProgress('why did it fail?')(steps, [], language);
    expectSound(card);
    const shown = JSON.stringify(card.blocks);
    for (const line of ['✓.{0,4}YARN', '◌.{0,4}logs', '○.{0,4}disks', '✕.{0,4}cache'])
      expect(shown).toMatch(new RegExp(line));
    expect(shown).toContain('wherefore:cancel');
  }
});

it('is taken by Slack whatever is asked and read', () => {
  const steps = Array.from({ length: 60 }, (_, at) => step(`${at} ${SLACK_HOSTILE}`, 'in_progress'));
  expectSound(drawProgress(SLACK_HOSTILE.repeat(20))(steps, [SLACK_HOSTILE], 'en'));
});
