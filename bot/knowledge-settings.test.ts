import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const knowledge = (environment: Record<string, string>) => readSettings(environment).knowledge;

describe('settings of the runbooks', () => {
  it('are folders with commas between them, named after their last part', () => {
    expect(knowledge({ WHEREFORE_RUNBOOKS: '/mnt/wiki, /srv/team docs,/opt/wiki' }).collections).toEqual([
      { name: 'wiki', folder: '/mnt/wiki' },
      { name: 'team-docs', folder: '/srv/team docs' },
      { name: 'wiki-2', folder: '/opt/wiki' },
    ]);
  });

  it('are a JSON list with addresses and readers', () => {
    const list = [{ name: 'w', folder: '/w', url: 'https://wiki.example/w', audience: ['platform'] }, '/plain'];
    expect(knowledge({ WHEREFORE_RUNBOOKS: JSON.stringify(list) }).collections).toEqual([
      list[0],
      { name: 'plain', folder: '/plain' },
    ]);
  });

  it('name where the vectors come from', () => {
    const { embeddings, index } = knowledge({
      WHEREFORE_INDEX: 's3://bucket/index',
      WHEREFORE_EMBEDDINGS_URL: 'http://127.0.0.1:8000/v1/',
      WHEREFORE_EMBEDDINGS_MODEL: 'm',
      WHEREFORE_EMBEDDINGS_DIMENSION: '384',
    });
    expect(index).toEqual({ uri: 's3://bucket/index' });
    expect(embeddings).toEqual({ url: 'http://127.0.0.1:8000/v1', model: 'm', apiKey: null, dimension: 384 });
  });

  it.each([
    [{ WHEREFORE_RUNBOOKS: '[{"name": "built-in", "folder": "/x"}]' }, [/built-in is taken/]],
    [
      { WHEREFORE_RUNBOOKS: '[{"folder": "", "urll": 1}]', WHEREFORE_INDEX: 'ftp://x' },
      [/WHEREFORE_RUNBOOKS 0/, /ftp/],
    ],
    [{ WHEREFORE_RUNBOOKS: '[x' }, [/neither a JSON list/]],
    [{ WHEREFORE_EMBEDDINGS_KEY: 'k', WHEREFORE_EMBEDDINGS_MODEL: 'm' }, [/_KEY: .*URL is not set/, /_MODEL: /]],
    [{ WHEREFORE_EMBEDDINGS_URL: 'http://e.example' }, [/_MODEL: /]],
    [{ WHEREFORE_EMBEDDINGS_URL: 'e.example', WHEREFORE_LANG: 'fr' }, [/_URL/, /WHEREFORE_LANG/]],
  ])('name every wrong one: %j', (environment, expected) => {
    const problems = () => readSettings(environment as Record<string, string>);
    expect(problems).toThrow(SettingsError);
    for (const pattern of expected) expect(problems).toThrow(pattern);
  });
});
