import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Feedback } from '../cases/kept-cases/kept-cases.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { EscalationWay } from './escalation.ts';

/** What a rule may do: hand over by itself, show the button with emphasis, or nothing. */
export const RULE_EFFECTS = ['automatic', 'suggest', 'never'] as const;
export type RuleEffect = (typeof RULE_EFFECTS)[number];

/** What each rule does. */
export interface RuleSettings {
  inconclusiveTwice: RuleEffect;
  notHelpful: RuleEffect;
  platform: RuleEffect;
  /** From so many askers of one incident on, a cause on the platform's side is handed over even where the rule only suggests. */
  platformAskers: number;
}

/**
 * Whoever asks twice or says that the answer is no help waits for somebody: handed over. A platform's cause is news for the support team, but
 * not forty times: the button, and by itself once three people are hit, which no longer is somebody's own bad luck.
 */
export const DEFAULT_RULES: RuleSettings = {
  inconclusiveTwice: 'automatic',
  notHelpful: 'automatic',
  platform: 'suggest',
  platformAskers: 3,
};

/** Asked so often without an answer: the second time it is. */
const TIMES_OPEN = 2;

/** What the rules look at. */
export interface RuleQuestion {
  diagnosis: Diagnosis;
  /** How often its case was asked and stayed open, this time included. */
  timesAskedOpen: number;
  feedback: readonly Feedback[];
  /** People who ask about its incident, the asker included. */
  askers: number;
  settings: RuleSettings;
}

/** What the rules say, with the reason for whoever reads it. */
export interface RuleAnswer {
  effect: RuleEffect;
  way: EscalationWay;
  reason: Bilingual;
}

/** Whether a case should go to the support team; null: nothing speaks for it. What is handed over comes before what is only suggested. */
export function shouldEscalate(question: RuleQuestion): RuleAnswer | null {
  const answers = [notHelpful(question), inconclusiveTwice(question), platform(question)].filter(
    (answer) => answer !== null && answer.effect !== 'never',
  );
  return answers.find((answer) => answer?.effect === 'automatic') ?? answers[0] ?? null;
}

function notHelpful({ feedback, diagnosis, settings }: RuleQuestion): RuleAnswer | null {
  const down = feedback.some((said) => !said.helpful && (said.diagnosis === null || said.diagnosis === diagnosis.id));
  if (!down) return null;
  return {
    effect: settings.notHelpful,
    way: 'not_helpful',
    reason: { en: 'The answer was marked as not helpful.', zh: '该回答被标记为没有帮助。' },
  };
}

function inconclusiveTwice({ diagnosis, timesAskedOpen, settings }: RuleQuestion): RuleAnswer | null {
  if (!isOpen(diagnosis) || timesAskedOpen < TIMES_OPEN) return null;
  return {
    effect: settings.inconclusiveTwice,
    way: 'inconclusive_twice',
    reason: {
      en: `It was asked ${timesAskedOpen} times and the cause is still open.`,
      zh: `已经问了 ${timesAskedOpen} 次，原因仍未确定。`,
    },
  };
}

/** True for an answer that proves no cause. */
export function isOpen({ outcome, rootCauses: [cause] }: Diagnosis): boolean {
  return outcome === 'needs_more' || (outcome === 'answered' && cause?.standing === 'inconclusive');
}

function platform({ diagnosis, askers, settings }: RuleQuestion): RuleAnswer | null {
  const [cause] = diagnosis.rootCauses;
  if (cause?.responsibility !== 'platform' || cause.standing !== 'confirmed') return null;
  if (diagnosis.outcome !== 'answered' || cause.code.startsWith('none.')) return null;
  const many = settings.platform === 'suggest' && askers >= settings.platformAskers;
  return {
    effect: many ? 'automatic' : settings.platform,
    way: 'platform',
    reason: many
      ? {
          en: `The cause lies with the platform (confirmed), and ${askers} people ask about it.`,
          zh: `已证实是平台侧的原因，并且有 ${askers} 人在问。`,
        }
      : { en: 'The cause lies with the platform (confirmed).', zh: '已证实是平台侧的原因。' },
  };
}
