import type { Language } from '../../../knowledge/bilingual.ts';

const HAN = /\p{Script=Han}/gu;
const OTHER_SCRIPT =
  /[\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Greek}]/gu;
/** Latin words of prose; names with dots, dashes, digits or capitals inside are of no language. */
const WORD = /(?<![\w.\-/])[A-Za-zÀ-ÿ][a-zà-ÿ']{1,20}(?![\w/-]|\.\w)/g;

const FUNCTION_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    'the of and to in is was it that for on with as its by were are not had has from at which this be no so because an a'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les des du une est et dans pour que qui par sur pas avec son sa était cette ce ont été aux'.split(' '),
  ),
  de: new Set(
    'der die das und ist war nicht ein eine den dem mit von zu auf für wurde weil sich bei durch als auch'.split(' '),
  ),
  es: new Set('el la los las de que y en un una por con para no es fue su se del al porque más'.split(' ')),
  pt: new Set('o os as de que e em um uma por com para não foi seu se do da no na porque mais'.split(' ')),
  it: new Set('il lo gli di che e un una per con non è stato del della nel perché si sono'.split(' ')),
};

/** A few letters say nothing about the language. */
const TOO_SHORT = 24;
/** Names and settings stand in Latin letters within Chinese sentences. */
const HAN_SHARE = 0.15;
const FOREIGN_SHARE = 0.05;

/** True when a text is written in the asker's language, names aside. */
export function isInLanguage(text: string, language: Language): boolean {
  const han = text.match(HAN)?.length ?? 0;
  const words = text.match(WORD) ?? [];
  const latin = words.join('').length;
  const others = text.match(OTHER_SCRIPT)?.length ?? 0;
  const letters = han * 2 + latin + others;
  if (others > 2 && others / letters > FOREIGN_SHARE) return false;
  if (letters < TOO_SHORT) return language === 'zh' ? latin < TOO_SHORT || han > 0 : han <= 2;
  if (language === 'zh') return (han * 2) / letters >= HAN_SHARE && han >= 4;
  return (han * 2) / letters <= FOREIGN_SHARE && isEnglish(words);
}

function isEnglish(words: readonly string[]): boolean {
  const count = (language: string) => words.filter((word) => FUNCTION_WORDS[language]?.has(word.toLowerCase())).length;
  const english = count('en');
  return ['fr', 'de', 'es', 'pt', 'it'].every((other) => count(other) <= english || count(other) < 3);
}
