import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';
import { stringLiterals } from './string-literals.ts';

/** What the product counts; nouns that are verbs as well (`hosts`, `runs`) are looked at where they stand alone. */
const NOUNS = [
  'answers',
  'applications',
  'attempts',
  'containers',
  'events',
  'executors',
  'executions',
  'failures',
  'files',
  'folders',
  'hosts',
  'intervals',
  'jobs',
  'kinds',
  'lines',
  'links',
  'logs',
  'nodes',
  'partitions',
  'processes',
  'queries',
  'records',
  'requests',
  'slots',
  'stages',
  'tasks',
  'texts',
  'threads',
  'vcores',
  'workers',
].join('|');
const ADJECTIVES = 'broken|control|earlier|further|kernel|more|older|other|preempted|symbolic|task|tiny|unknown';
/** `the service answers nothing` is a verb. */
const BARE_PLURAL = new RegExp(`\\u25a1 (?:(?:${ADJECTIVES}) )?(?:${NOUNS})\\b(?! nothing\\b)`);
/** The same for those who would rather not decide. */
const EITHER_WAY = /\u25a1 (?:[a-z]+ )?[a-z]+\(s\)/;
/** Two and more by what they say: several runs that could be meant. */
const ALWAYS_MANY = /^Of the \u25a1 runs|^\u25a1 processes \u25a1$/;

function barePlurals(source: string): string[] {
  return stringLiterals(source)
    .filter(({ text }) => (BARE_PLURAL.test(text) || EITHER_WAY.test(text)) && !ALWAYS_MANY.test(text))
    .map(({ line, text }) => `${line}: ${text}`);
}

describe('English sentences', () => {
  it('that count with a bare plural are told', () => {
    const bare = [
      'x = `#{n} files were left out`',
      'x = `of #{n} other host(s)`',
      'x = `#{a} lost #{n} task attempts`',
    ];
    for (const source of bare) expect(barePlurals(source.replaceAll('#', '$'))).toHaveLength(1);
    const sound = [
      "x = `#{plural(n, 'file')} left out`",
      'x = `#{host} has no such files`',
      "x = 'two files'",
      'x = `#{service} answers nothing`',
    ];
    for (const source of sound) expect(barePlurals(source.replaceAll('#', '$'))).toEqual([]);
  });

  it('count with `plural` everywhere in tools and bot, so that one is never many', () => {
    const bare = sourceFiles()
      .filter((file) => /^(?:tools|bot)\b/.test(file) && !/\.(?:test|cases)\.ts$|\/fixtures\//.test(file))
      .flatMap((file) => barePlurals(readFileSync(file, 'utf8')).map((where) => `${file}:${where}`));
    expect(bare).toEqual([]);
  });
});
