import { describe, expect, it } from 'vitest';
import { groupEventLogs } from './group-event-logs.ts';
import type { EventLogHead } from './sniff-event-log.ts';

function head(applicationId: string | null, hasStart = true): EventLogHead {
  return {
    applicationId,
    applicationName: null,
    attempt: null,
    user: null,
    startedAt: null,
    sparkVersion: null,
    hasStart,
    firstEventAt: null,
    packed: false,
  };
}

function groups(files: Readonly<Record<string, EventLogHead | null>>) {
  const stored = Object.entries(files).map(([storedPath, one]) => ({ item: storedPath, storedPath, head: one }));
  return groupEventLogs(stored).map(({ parts, inProgress, head: one }) => ({
    parts,
    inProgress,
    id: one.applicationId,
  }));
}

describe('groupEventLogs', () => {
  it('puts rolling parts together with their own marker', () => {
    expect(
      groups({
        '/h/eventlog_v2_a/appstatus_a.inprogress': null,
        '/h/eventlog_v2_a/events_2_a.zstd': head(null, false),
        '/h/eventlog_v2_a/events_1_a.zstd': head('a'),
        '/h/eventlog_v2_b/appstatus_b': null,
        '/h/eventlog_v2_b/events_1_b': head('b'),
      }),
    ).toEqual([
      {
        parts: [
          '/h/eventlog_v2_a/events_1_a.zstd',
          '/h/eventlog_v2_a/events_2_a.zstd',
          '/h/eventlog_v2_a/appstatus_a.inprogress',
        ],
        inProgress: true,
        id: 'a',
      },
      { parts: ['/h/eventlog_v2_b/events_1_b', '/h/eventlog_v2_b/appstatus_b'], inProgress: false, id: 'b' },
    ]);
  });

  it('keeps two applications in one folder apart, and takes attempts for logs of their own', () => {
    const found = groups({
      '/h/application_1_1_1': head('application_1_1'),
      '/h/application_1_1_2': head('application_1_1'),
      '/h/app-2.inprogress': head('app-2'),
      '/h/events_1_x': head('x'),
      '/h/events_1_y': head('y'),
    });
    expect(found.map(({ parts, inProgress }) => [...parts, inProgress])).toEqual([
      ['/h/application_1_1_1', false],
      ['/h/application_1_1_2', false],
      ['/h/app-2.inprogress', true],
      ['/h/events_1_x', false],
      ['/h/events_1_y', false],
    ]);
  });

  it('takes dated parts for one log only when the first starts and the others go on', () => {
    const names = ['/d/eventlog', '/d/eventlog-2021-06-15--15-00', '/d/eventlog-2021-06-15--14-00'];
    const [last = '', second = '', first = ''] = names;
    expect(groups({ [last]: head(null, false), [second]: head(null, false), [first]: head('a') })).toEqual([
      { parts: [first, second, last], inProgress: false, id: 'a' },
    ]);
    expect(groups({ [last]: head('b'), [second]: head('a') })).toHaveLength(2);
  });
});
