import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../bot/settings.ts';
import { answered } from '../../bot/terminal/terminal-fixture.ts';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bot/demo/README.md'];
const read = (file: string) => readFileSync(file, 'utf8');
const PACKAGE = JSON.parse(read('package.json'));

/** Commands and flags that `wherefore --help`, and the help of one command, show. */
const helpOf = async (...argv: string[]) => (await answered([...argv, '--help'])).out;

describe.each(DOCUMENTS)('%s', (file) => {
  const text = read(file);

  it('names only scripts that exist', () => {
    const scripts = [...text.matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(scripts.filter((script) => PACKAGE.scripts[script] === undefined)).toEqual([]);
  });

  it('names only commands and flags that exist', async () => {
    const help = await helpOf();
    const commands = [...text.matchAll(/\bwherefore ([a-z]+)\b(?! reads| answers)/g)].map((match) => match[1] ?? '');
    const known = commands.filter((command) => new RegExp(`^ {2}${command}\\b`, 'm').test(help));
    const spoken = new Set(['reads', 'answers', 'is', 'needs', 'will']);
    expect(commands.filter((command) => !known.includes(command) && !spoken.has(command))).toEqual([]);
    const ask = (
      await Promise.all(
        ['ask', 'chat', 'draft', 'index', 'mcp', 'search', 'slack', 'cases delete', 'cases forget'].map((name) =>
          helpOf(...name.split(' ')),
        ),
      )
    ).join('\n');
    const flags = [...text.matchAll(/(?<=[`\s])--[a-z][a-z-]+/g)].map((match) => match[0]);
    expect(flags.filter((flag) => !ask.includes(`${flag} `) && !ask.includes(`${flag}\n`))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const paths = [...text.matchAll(/`((?:bot|tools|knowledge|evals|\.ci)\/[\w./-]*[\w/])`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(paths.filter((named) => !existsSync(named))).toEqual([]);
  });

  it('has a command beside every measured figure', () => {
    // A section that tells a measurement (a time, a size, a share, a score) says how to print it.
    const measured = /\b\d[\d.,]*\s?(?:%|ms|s|seconds|min|minutes|MB|GB|MiB|GiB|MB\/s)(?![\w-])|\b\d+\/\d+\b/;
    const sections = text.split(/^(?=#)/m).filter((section) => measured.test(section));
    expect(
      sections.filter((section) => !/npm (?:run [\w:-]+|test)|npx vitest run|wherefore [a-z]+/.test(section)),
    ).toEqual([]);
  });
});

describe('README.md', () => {
  it('shows the two commands a newcomer needs, and nothing that has to be configured first', () => {
    expect(read('README.md')).toMatch(/npm ci && npm run demo/);
    expect(read('README.md')).toMatch(/npm ci && npm test/);
  });
});

describe('evals/README.md', () => {
  const text = read('evals/README.md');

  it('names only scripts, flags and files that exist', () => {
    const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(scripts.length).toBeGreaterThan(5);
    expect(scripts.filter((script) => PACKAGE.scripts[script] === undefined)).toEqual([]);
    const commands = ['evals/suite/main.ts', 'evals/candidates/main.ts', 'evals/judge/main.ts'];
    const mains = [...commands, 'bot/terminal/capture-command.ts'].map(read).join('');
    const flags = [...text.matchAll(/(?<=[`\s])--[a-z][a-z-]+/g)].map((match) => match[0]);
    expect(flags.filter((flag) => !mains.includes(flag))).toEqual([]);
    const paths = [...text.matchAll(/(?<![\w/])(evals\/[\w./-]*\w\.ts|evals\/[a-z]+)(?![\w/$])/g)].map(
      (match) => match[1] ?? '',
    );
    expect(paths.filter((named) => !existsSync(named))).toEqual([]);
  });
});

describe('.env.example', () => {
  it('has a comment for each setting', () => {
    const lines = read('.env.example').split('\n');
    for (const name of SETTING_NAMES) {
      const at = lines.findIndex((line) => line.startsWith(`${name}=`));
      expect(lines[at - 1], name).toMatch(/^# \S/);
    }
  });
});
