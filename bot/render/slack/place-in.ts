import type { Language } from '../../../knowledge/bilingual.ts';

/** The lines of a source in the language of the answer: `line 3` as `第 3 行`. */
export function placeIn(where: string, language: Language): string {
  return language === 'zh' ? where.replace(/\blines? (\d[\d, -]*)$/, '第 $1 行') : where;
}
