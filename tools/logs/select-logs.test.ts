import { describe, expect, it } from 'vitest';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { Writer } from '../evidence/text-record.ts';
import { selectLogs } from './select-logs.ts';
import type { SurveyedFile } from './survey-logs.ts';

let count = 0;
function log(writer: Writer, host: string, keys: JoinKeys = {}, storedBytes = 10): SurveyedFile {
  count += 1;
  const file = {
    source: `${count}`,
    realPath: '/x',
    origin: 'host',
    host,
    path: '/x',
    storedBytes,
    wrapping: 'none',
  } as const;
  return { file, as: { is: 'log', writer, provenance: 'engine', keys, aggregated: false } };
}

describe('selectLogs', () => {
  const files = [
    log('spark_driver', 'gw', { applicationId: 'a1' }),
    log('spark_executor', 'h1', { applicationId: 'a2' }),
    log('node_manager', 'h1'),
    log('node_manager', 'h2'),
    log('resource_manager', 'm1'),
    log('user_program', 'gw'),
  ];
  const chosen = (scope: Parameters<typeof selectLogs>[1]) =>
    selectLogs(files, scope).read.map(({ file }) => files.findIndex((each) => each.file === file));

  it('takes everything when nothing is asked for', () => {
    expect(chosen({}).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('takes the application, the daemons of its hosts, the services of the cluster, and the few that name nobody', () => {
    expect(chosen({ applicationIds: ['a1'], hosts: ['h2'] }).sort()).toEqual([0, 3, 4, 5]);
    expect(selectLogs(files, { applicationIds: ['a1'], hosts: ['h2'] })).toMatchObject({
      otherApplications: 1,
      otherHosts: 1,
      unknownOwner: 0,
    });
  });

  it('leaves nameless logs where there are many or large ones', () => {
    const many = Array.from({ length: 501 }, () => log('user_program', 'gw'));
    expect(selectLogs(many, { applicationIds: ['a1'] })).toMatchObject({ read: [], unknownOwner: 501 });
    expect(selectLogs([log('unknown', 'gw', {}, 8 * 2 ** 30)], { applicationIds: ['a1'] })).toMatchObject({
      read: [],
      unknownOwner: 1,
    });
  });

  it('bounds an unasked-for reading', () => {
    const huge = Array.from({ length: 5 }, () => log('spark_driver', 'gw', { applicationId: 'a' }, 10 * 2 ** 30));
    expect(selectLogs(huge, {})).toMatchObject({ tooMany: 2 });
  });
});
