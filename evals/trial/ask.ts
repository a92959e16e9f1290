import type { Scenario } from '../scenario/scenario.ts';

/** How an incident is put: as people asked it; renamed throughout (jobs, hosts, users, queues, paths, times); with another asker's theory. */
export const FORMS = ['asked', 'renamed', 'theory'] as const;

export type Form = (typeof FORMS)[number];

/** One question that is put in an eval, before its capture is opened. */
export interface Ask {
  /** `<scenario>/asked-2`, `<scenario>/renamed`, `<scenario>/theory`: the same in every run. */
  id: string;
  scenario: Scenario;
  form: Form;
  /** What is asked; the renamed form renames it with the capture. */
  question: string;
  language: 'en' | 'zh' | 'mixed';
  /** Files beside the capture that the asker hands in. */
  attach: readonly string[];
  /** Decides the new names of the renamed form. */
  seed: number;
}
