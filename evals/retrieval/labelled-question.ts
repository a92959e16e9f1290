import { z } from 'zod';

/**
 * One labelled question. `symptom`: what somebody sees or pastes; `how_to`: what somebody wants to do; `paraphrase`: said
 * without the words that the runbooks use; `none`: nothing written answers it.
 */
export const LABELLED_QUESTION = z.strictObject({
  id: z.string().regex(/^r\d{3}$/),
  text: z.string().min(3),
  language: z.enum(['en', 'zh', 'mixed']),
  kind: z.enum(['symptom', 'how_to', 'paraphrase', 'none']),
  /** Sections that answer it, as `runbook#anchor`; any of them is a hit. Empty for `none`. */
  sections: z.array(z.string().regex(/^[a-z0-9-]+#\S+$/)),
});

export type LabelledQuestion = z.infer<typeof LABELLED_QUESTION>;
export type QuestionKind = LabelledQuestion['kind'];
