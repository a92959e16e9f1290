import type { Language } from '../../knowledge/bilingual.ts';
import type { ThreadMessage } from '../agent/case-file.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Thread } from './thread.ts';

/** What was said and answered last is given to a model, cut by the case file. */
const THREAD_FOR_MODEL = 8;

/** The last turns of a conversation as a model gets them: data. */
export function messagesOf(
  { turns }: Pick<Thread, 'turns'>,
  diagnosisOf: (id: string, language: Language) => Diagnosis | null,
): ThreadMessage[] {
  const messages = turns.flatMap(({ said, replies }): ThreadMessage[] => [
    { from: 'asker', text: said },
    {
      from: 'answer',
      text: replies
        .map(({ text, diagnosis, language }) => {
          const summary = diagnosis === null ? '' : (diagnosisOf(diagnosis, language)?.summary ?? '');
          return [text, summary].filter((part) => part !== '').join('\n');
        })
        .join('\n'),
    },
  ]);
  return messages.slice(-THREAD_FOR_MODEL);
}
