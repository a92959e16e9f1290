import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';
import { type SourceLiteral, stringLiterals } from './string-literals.ts';

/** Han characters, and the punctuation that goes with them. */
const CHINESE = '[\\u3400-\\u9fff（）“”、。，：；？！]';
const HAN = /[\u3400-\u9fff]/;
const HALF_WIDTH = new RegExp(
  `${CHINESE} ?[,;?!]|${CHINESE}:|[,;:?!]${CHINESE}|${CHINESE} ?\\(|\\)${CHINESE}|\\([\\u3400-\\u9fff]`,
);
/** The source of a regular expression is no sentence. */
const PATTERN = /\(\?[:!<=]/;

const FULL_WIDTH = /[（），：；？！]/;

/** What is wrong in a Chinese sentence's punctuation, in a piece that a Chinese sentence puts in, or in an English one. */
function isWrong(literal: SourceLiteral): boolean {
  const { text, within } = literal;
  if (PATTERN.test(text)) return false;
  if (HAN.test(text)) return HALF_WIDTH.test(text);
  if (isInChinese(within)) return /^[,;:()](?:\u25a1|\w|$)/.test(text);
  return FULL_WIDTH.test(text) && (isEnglish(text) || (isEnglish(within?.text ?? '') && /[（）]/.test(text)));
}

/** Two words in a row. */
function isEnglish(text: string): boolean {
  return /[A-Za-z]{2} [a-z]{2}/.test(text);
}

function isInChinese(literal: SourceLiteral | null): boolean {
  return literal !== null && (HAN.test(literal.text) || isInChinese(literal.within));
}

function wrongIn(source: string): string[] {
  return stringLiterals(source)
    .filter(isWrong)
    .map(({ line, text }) => `${line}: ${text}`);
}

describe('stringLiterals', () => {
  it('reads strings and templates, and passes over comments and regular expressions', () => {
    const source = [
      "const a = 'one'; // 'not this'",
      '/* "nor this" */ const b = `two #{`three #{c}`} four`;',
      String.raw`const d = /[/'"]/.test("five\"s") ? x / y : 'six';`,
    ]
      .join('\n')
      .replaceAll('#', '$');
    expect(stringLiterals(source).map(({ line, text }) => [line, text])).toEqual([
      [1, 'one'],
      [2, 'two \u25a1 four'],
      [2, 'three \u25a1'],
      [3, String.raw`five\"s`],
      [3, 'six'],
    ]);
    expect(stringLiterals(source)[2]?.within?.text).toBe('two \u25a1 four');
  });
});

describe('Chinese sentences', () => {
  const inTemplates = (source: string) => wrongIn(source.replaceAll('#', '$'));

  it('are told apart from English ones, comments and patterns', () => {
    expect(wrongIn("x = '结束:失败'; y = '结束，失败（退出码 1）'; z = 'a, b (c)'; v = '为什么?'")).toEqual([
      '1: 结束:失败',
      '1: 为什么?',
    ]);
    expect(wrongIn("// '结束:失败'\nconst p = /结束:失败/; q = '(?:时:分)'; r = '；'")).toEqual([]);
    expect(wrongIn("x = 'it failed （137）'")).toEqual(['1: it failed （137）']);
  });

  it('are looked at with what they put in', () => {
    expect(inTemplates('x = `失败(#{n})`; y = `失败（#{n}）`')).toEqual(['1: 失败(\u25a1)']);
    expect(inTemplates("x = `失败#{a ? `:#{a}` : ''}`; y = `失败#{a ? `：#{a}` : ''}，#{h}:#{p}`")).toEqual([
      '1: :\u25a1',
    ]);
    expect(inTemplates("x = `it failed#{a ? '）' : ''}`; y = `失败#{a ? ')' : ''}`")).toEqual(['1: ）', '1: )']);
  });

  it('have full-width punctuation everywhere in knowledge, tools and bot', () => {
    const wrong = sourceFiles()
      .filter((file) => /^(?:knowledge|tools|bot)\b/.test(file) && !/\.(?:test|cases)\.ts$/.test(file))
      .flatMap((file) => wrongIn(readFileSync(file, 'utf8')).map((where) => `${file}:${where}`));
    expect(wrong).toEqual([]);
  });
});
