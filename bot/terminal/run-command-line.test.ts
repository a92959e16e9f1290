import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answered } from './terminal-fixture.ts';

const ERROR = z.strictObject({ error: z.strictObject({ code: z.string().min(3), message: z.string().min(3) }) });
const DEMO = path.join(import.meta.dirname, '..', 'demo', 'failed-run');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'command-line-'));
  writeFileSync(path.join(folder, 'empty'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Command lines that cannot be used, with what the error has to name. */
const UNUSABLE: readonly { argv: string[]; code: string; names: string[] }[] = [
  { argv: ['ask', 'why', '--frm', 'x'], code: 'unusable_flag', names: ['--frm'] },
  { argv: ['ask', 'why', '--from', '/no/such/folder'], code: 'unusable_path', names: ['/no/such/folder'] },
  { argv: ['ask', 'why', '--attach', '/no/such/file'], code: 'unusable_path', names: ['/no/such/file'] },
  { argv: ['ask', 'why', '--event-log', '/no/such/log'], code: 'unusable_path', names: ['/no/such/log'] },
  {
    argv: ['ask', 'why', '--compare-with', '/no/such/run'],
    code: 'unusable_path',
    names: ['--compare-with', '/no/such/run'],
  },
  { argv: ['ask', 'why', '--html', '/no/such/folder/x.html'], code: 'unusable_path', names: ['/no/such/folder'] },
  { argv: ['ask', 'why', '--lang', 'fr'], code: 'unusable_flag', names: ['--lang', 'fr'] },
  { argv: ['ask', 'why', '--at', 'yesterday'], code: 'unusable_flag', names: ['--at', 'yesterday'] },
  { argv: ['ask'], code: 'unusable_input', names: ['question'] },
  { argv: ['ask', '   '], code: 'unusable_input', names: ['question'] },
  { argv: ['ask', 'why', '--from'], code: 'unusable_flag', names: ['--from'] },
  { argv: ['nonsense'], code: 'unusable_flag', names: ['nonsense'] },
  { argv: ['causes', '--lang', 'fr'], code: 'unusable_flag', names: ['fr'] },
  { argv: ['causes', '--nonsense'], code: 'unusable_flag', names: ['--nonsense'] },
  { argv: ['doctor', '--nonsense'], code: 'unusable_flag', names: ['--nonsense'] },
  { argv: ['demo', '--nonsense'], code: 'unusable_flag', names: ['--nonsense'] },
  { argv: ['slack', '--nonsense'], code: 'unusable_flag', names: ['--nonsense'] },
  { argv: ['mcp', '--nonsense'], code: 'unusable_flag', names: ['--nonsense'] },
];

describe.each(UNUSABLE)('$argv', ({ argv, code, names }) => {
  it('ends with 2 and says why on standard error, nothing on standard output', async () => {
    const { exitCode, out, err } = await answered(argv);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    for (const name of names) expect(err).toContain(name);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('has one JSON document with --json, and nothing else', async () => {
    const { exitCode, out, err } = await answered([...argv, '--json']);
    // A flag without its value takes what stands behind it: then --json is that value, and no flag.
    if (argv.at(-1) === '--from') return;
    expect(exitCode).toBe(2);
    const document = ERROR.parse(JSON.parse(out));
    expect(err).toBe('');
    for (const name of names) expect(document.error.message).toContain(name);
    if (argv[0] !== 'demo') expect(document.error.code).toBe(code);
  });
});

describe('everything wrong', () => {
  const wrong = [
    'ask',
    'why',
    '--from',
    '/no/such/a',
    '--attach',
    '/no/such/b',
    '--event-log',
    '/no/such/c',
    '--lang',
    'fr',
  ];
  const more = ['--at', 'soon', '--html', '/no/such/d/x', '--compare-with', '/no/such/e', '--frm'];
  const environment = { WHEREFORE_YARN_RM_URL: 'not a url', WHEREFORE_HTTP_TIMEOUT_MS: '-5', WHEREFORE_LANG: 'de' };
  const names = ['/no/such/a', '/no/such/b', '/no/such/c', '/no/such/d', '/no/such/e', 'fr', 'soon', '--frm'];

  it('is named at once, a line for each', async () => {
    const { exitCode, err } = await answered([...wrong, ...more], { environment });
    expect(exitCode).toBe(2);
    for (const name of [...names, ...Object.keys(environment)]) expect(err).toContain(name);
    expect(
      err
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('wherefore: ')),
    ).toBe(true);
    expect(err.trimEnd().split('\n').length).toBeGreaterThanOrEqual(names.length);
  });

  it('is named in one JSON document', async () => {
    const { out } = await answered([...wrong, ...more, '--json'], { environment });
    const { error } = ERROR.parse(JSON.parse(out));
    for (const name of [...names, ...Object.keys(environment)]) expect(error.message).toContain(name);
  });

  it('in the settings is named by doctor too, exit code 2', async () => {
    const { exitCode, err } = await answered(['doctor'], { environment });
    expect(exitCode).toBe(2);
    for (const name of Object.keys(environment)) expect(err).toContain(name);
  });
});

describe('hostile names', () => {
  it('are made visible before they reach the screen', async () => {
    const { err } = await answered(['ask', 'why', '--attach', '/no/\u001b[31msuch\u202e']);
    expect(err).not.toMatch(/[\u001b\u202e]/);
    expect(err).toContain('\\u001b');
  });
});

describe('what is fine', () => {
  it('ends with 0: help, version, causes', async () => {
    for (const argv of [['--help'], ['ask', '--help'], ['--version'], ['causes'], ['causes', '--json']]) {
      const { exitCode, out, err } = await answered(argv);
      expect([argv, exitCode, err]).toEqual([argv, 0, '']);
      expect(out.length).toBeGreaterThan(4);
    }
  });

  it('ends with 0 for an unknown id and for an empty log: an outcome is no error', async () => {
    for (const argv of [
      ['ask', 'why did application_1700000000000_9999 fail?', '--from', DEMO, '--json'],
      ['ask', 'why?', '--attach', path.join(folder, 'empty'), '--json'],
      ['ask', 'why?', '--event-log', path.join(folder, 'empty'), '--json'],
    ]) {
      const { exitCode, out } = await answered(argv);
      expect(exitCode).toBe(0);
      expect(JSON.parse(out).outcome).toBe('needs_more');
    }
  });

  it('every command of --help exists, and every command of the design is among them', async () => {
    const { out } = await answered(['--help']);
    for (const command of [
      'ask',
      'chat',
      'slack',
      'index',
      'search',
      'mcp',
      'eval',
      'capture',
      'node',
      'causes',
      'doctor',
    ])
      expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  });
});

describe('an error of ours', () => {
  it('ends with 1, in one line or one document, without a stack trace', async () => {
    const broken = () => {
      throw new TypeError('x is not a function\n    at somewhere (file.ts:1:1)');
    };
    const environment = new Proxy({}, { ownKeys: broken, get: broken });
    const plain = await answered(['doctor'], { environment });
    expect(plain.exitCode).toBe(1);
    expect(plain.err).toMatch(/^wherefore: an error of ours: TypeError: x is not a function\n$/);
    const json = await answered(['doctor', '--json'], { environment });
    expect(json.exitCode).toBe(1);
    expect(ERROR.parse(JSON.parse(json.out)).error.code).toBe('internal');
    expect(json.err).toBe('');
  });
});
