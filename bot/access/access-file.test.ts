import path from 'node:path';
import { expect, it } from 'vitest';
import { readAccess, readAccessFile } from './access-file.ts';

it('names all mistakes at once', () => {
  const wrong = `
users: {someone: {platform: [a]}}
rules: [{who: {user: a}, sees: all}, {who: {group: x}, sees: {}}]
unknownOwner: maybe
colour: red
`;
  const message = (() => {
    try {
      readAccess(wrong);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  })();
  for (const part of ['users.someone', 'rules.0.sees', 'rules.1.sees', 'unknownOwner', 'colour'])
    expect(message).toContain(part);
});

it('takes a name that nothing defines for a mistake', () => {
  expect(() =>
    readAccess('rules: [{who: {group: nobody}, sees: {projects: [nothing]}}]\nplatformTeam: [core]'),
  ).toThrow(/no group nobody.*no project nothing.*no group core/);
  expect(() => readAccess('rules: [{who: {group: constructor}, sees: {projects: [toString]}}]')).toThrow(
    /no project toString/,
  );
});

it('changes its version with every change, and refuses what is no YAML', () => {
  const [one, other] = [readAccess('rules: []'), readAccess('rules: []\nunknownOwner: show')];
  expect(one.version).not.toBe(other.version);
  expect(one.unknownOwner).toBe('hide');
  expect(() => readAccess('a: [')).toThrow(/no YAML/);
});

it('reads the example that is given', async () => {
  const { rules, projects, channels } = await readAccessFile(path.join(import.meta.dirname, 'access.example.yaml'));
  expect(rules).toHaveLength(6);
  expect(Object.keys(projects)).toEqual(['ads', 'ltv']);
  expect(channels.C012ADSOPS?.safeFor).toEqual({ queues: [], projects: ['ads'] });
});
