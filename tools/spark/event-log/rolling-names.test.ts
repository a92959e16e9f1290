import { describe, expect, it } from 'vitest';
import { isStatusMarker, orderParts, rollingName } from './rolling-names.ts';

describe('rollingName', () => {
  it.each([
    ['events_1_application_1_2_1', { index: 1, application: 'application_1_2_1', compacted: false }],
    ['events_12_local-1623876083964.zstd', { index: 12, application: 'local-1623876083964', compacted: false }],
    ['events_3_app-1.lz4.compact', { index: 3, application: 'app-1', compacted: true }],
    ['events_3_app-1.compact', { index: 3, application: 'app-1', compacted: true }],
    ['application_1_2', null],
    ['events_x_app', null],
    ['eventlog', null],
  ])('reads %s', (name, expected) => {
    expect(rollingName(name)).toEqual(expected);
  });

  it('knows the marker', () => {
    expect(isStatusMarker('appstatus_application_1_2.inprogress')).toBe(true);
    expect(isStatusMarker('events_1_a')).toBe(false);
  });
});

describe('orderParts', () => {
  const parts = (...names: string[]) =>
    names.map((part) => ({ name: rollingName(part) ?? { index: 0, application: '', compacted: false }, part }));

  it('orders by number, not by name, and names the gaps', () => {
    expect(orderParts(parts('events_10_a', 'events_2_a', 'events_1_a'))).toEqual({
      inOrder: ['events_1_a', 'events_2_a', 'events_10_a'],
      missing: [3, 4, 5, 6, 7, 8, 9],
      compacted: false,
    });
  });

  it('lets the latest compacted part stand for all up to it', () => {
    const given = parts('events_1_a', 'events_2_a.compact', 'events_4_a.compact', 'events_4_a', 'events_5_a');
    expect(orderParts(given)).toEqual({ inOrder: ['events_4_a.compact', 'events_5_a'], missing: [], compacted: true });
  });
});
