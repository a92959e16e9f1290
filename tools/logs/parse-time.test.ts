import { describe, expect, it } from 'vitest';
import { parseTime } from './parse-time.ts';

const utc = (iso: string) => Date.parse(iso);

describe('parseTime', () => {
  it.each([
    ['26/11/21 10:26:18', '2026-11-21T10:26:18Z'],
    ['26/11/21 10:26:18.007', '2026-11-21T10:26:18.007Z'],
    ['2026-11-21 10:26:18,387', '2026-11-21T10:26:18.387Z'],
    ['2026-11-21T10:26:18.387123456Z', '2026-11-21T10:26:18.387Z'],
    ['2026-11-21T10:26:18+08:00', '2026-11-21T02:26:18Z'],
    ['2026-11-21 10:26:18 -0530', '2026-11-21T15:56:18Z'],
    ['2026/11/21 10:26:18', '2026-11-21T10:26:18Z'],
    ['2026-11-21 10:26:18 CEST', '2026-11-21T08:26:18Z'],
    ['2026-11-21 10:26:18 CST', '2026-11-21T10:26:18Z'],
    ['2026-11-21 10:26:18 INFO', '2026-11-21T10:26:18Z'],
    ['20261121T102618Z', '2026-11-21T10:26:18Z'],
    ['21/Nov/2026:10:26:18 +0000', '2026-11-21T10:26:18Z'],
    ['Nov 21, 2026 10:26:18 PM', '2026-11-21T22:26:18Z'],
    ['Sat Nov 21 10:26:18 2026', '2026-11-21T10:26:18Z'],
    ['1795255102', '2026-11-21T09:58:22Z'],
    ['1795255102123', '2026-11-21T09:58:22.123Z'],
  ])('reads %s', (text, iso) => {
    expect(parseTime(text, 0)?.at).toBe(utc(iso));
  });

  it.each(['2026-13-21 10:26:18', '26/11/41 10:26:18', 'Foo 21 10:26:18', '10.1.2.3', '2026', '', '1-2-3'])(
    'reads no time in %s',
    (text) => {
      expect(parseTime(text, 0)?.at ?? null).toBeNull();
    },
  );

  it('leaves a time open whose day nothing tells', () => {
    expect(parseTime('10:26:18.123 x', 0)).toEqual({ at: null, end: 12, kind: 'clock' });
    expect(parseTime('Nov 21 10:26:18 host', 0)).toMatchObject({ at: null, kind: 'syslog' });
    const context = { referenceMs: utc('2026-11-21T12:00:00Z'), zoneOffsetMinutes: 480 };
    expect(parseTime('Nov 21 18:26:18 host', 0, context)?.at).toBe(utc('2026-11-21T10:26:18Z'));
  });
});
