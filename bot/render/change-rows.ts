import type { Language } from '../../knowledge/bilingual.ts';
import { bytes, count } from '../../tools/evidence/spoken-figures.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';

type Change = NonNullable<Diagnosis['comparison']>['changes'][number];

/** Endings of a change's name that are words, in Chinese. */
const WORDS_ZH: readonly (readonly [RegExp, string])[] = [
  [/^input rows$/, '输入行数'],
  [/^input bytes$/, '输入大小'],
  [/ rows$/, ' 行数'],
  [/ bytes$/, ' 大小'],
  [/ files$/, ' 文件数'],
  [/^slots on average$/, '平均槽位数'],
  [/^slots at most$/, '最多槽位数'],
  [/^first executor after$/, '首个执行器等待'],
  [/^program$/, '程序'],
  [/^main class$/, '主类'],
  [/^argument /, '参数 '],
  [/^Spark version$/, 'Spark 版本'],
  [/^Java version$/, 'Java 版本'],
  [/^Scala version$/, 'Scala 版本'],
];

/** What differs from the runs compared with, one line each: `ods.db/ad_click_log rows 400,000 → 1,240,000`. */
export function changeRows(diagnosis: Diagnosis): string[] {
  const { language } = diagnosis.question;
  return (diagnosis.comparison?.changes ?? []).map((change) => {
    const name = spokenName(change.name, language);
    if (change.from === null && change.to === null) return name;
    return `${name} ${figure(change, change.from)} → ${figure(change, change.to)}`;
  });
}

function spokenName(name: string, language: Language): string {
  const table = name.replace(/^[a-z][a-z0-9+.-]{0,10}:\/{0,3}(?:[^/\s]{0,200}\/){0,40}([^/\s]+\/[^/\s]+)(?= )/, '$1');
  if (language === 'en') return table;
  return WORDS_ZH.reduce((text, [ending, word]) => text.replace(ending, word), table);
}

/** Counts with separators, bytes in the unit a person reads. */
function figure({ name, what }: Change, value: string | null): string {
  if (value === null) return '–';
  if (what !== 'input' || !/^\d{1,15}$/.test(value)) return value;
  if (!name.endsWith('bytes')) return count(Number(value));
  return bytes(Number(value));
}
