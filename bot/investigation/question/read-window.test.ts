import { describe, expect, it } from 'vitest';
import { readWindows } from './read-window.ts';

/** Saturday, 21 November 2026, 10:30 UTC. */
const now = Date.parse('2026-11-21T10:30:00Z');
const minute = (ms: number): string => new Date(ms).toISOString().slice(5, 16);
const span = (text: string, offset = 0): string | null => {
  const { window } = readWindows(text, now, offset);
  return window && `${minute(window.from)} ${minute(window.to)}`;
};

describe('readWindows', () => {
  it.each([
    // Days.
    ['failed today', '11-21T00:00 11-21T23:59'],
    ['failed yesterday', '11-20T00:00 11-20T23:59'],
    ['the day before yesterday it failed', '11-19T00:00 11-19T23:59'],
    ['昨天失败', '11-20T00:00 11-20T23:59'],
    ['前天失败', '11-19T00:00 11-19T23:59'],
    ['大前天失败', '11-18T00:00 11-18T23:59'],
    ['on Friday it failed', '11-20T00:00 11-20T23:59'],
    ['last Saturday it failed', '11-14T00:00 11-14T23:59'],
    ['周三失败', '11-18T00:00 11-18T23:59'],
    ['上周五失败', '11-13T00:00 11-13T23:59'],
    ['last week it failed', '11-09T00:00 11-15T23:59'],
    ['上周一直失败', '11-09T00:00 11-15T23:59'],
    ['本周失败三次', '11-16T00:00 11-22T23:59'],
    ['3 days ago', '11-18T00:00 11-18T23:59'],
    ['三天前失败', '11-18T00:00 11-18T23:59'],
    ['2026-11-20 failed', '11-20T00:00 11-20T23:59'],
    ['on 20 Nov', '11-20T00:00 11-20T23:59'],
    ['on November 20th, 2026', '11-20T00:00 11-20T23:59'],
    ['11月20日失败', '11-20T00:00 11-20T23:59'],
    ['20号失败', '11-20T00:00 11-20T23:59'],
    ['20261120 failed', '11-20T00:00 11-20T23:59'],
    // The data of a day is often run on the next.
    ['ad_click for 20 Nov is red', '11-20T00:00 11-21T23:59'],
    ['for 11-20, retried twice', '11-20T00:00 11-21T23:59'],
    // Parts of days.
    ['last night it failed', '11-20T17:00 11-21T12:00'],
    ['昨晚失败', '11-20T17:00 11-21T12:00'],
    ['昨天晚上失败', '11-20T17:00 11-21T12:00'],
    ['this morning', '11-21T00:00 11-21T12:00'],
    ['今天凌晨', '11-21T00:00 11-21T07:00'],
    ['凌晨挂了', '11-21T00:00 11-21T07:00'],
    ['yesterday morning', '11-20T00:00 11-20T12:00'],
    ['昨天下午失败', '11-20T12:00 11-20T19:00'],
    ['前天凌晨失败', '11-19T00:00 11-19T07:00'],
    // Times.
    ['at 02:14', '11-21T02:04 11-21T02:24'],
    ['at 23:50 it failed', '11-20T23:40 11-21T00:00'],
    ['yesterday at 14:00', '11-20T13:50 11-20T14:10'],
    ['at 2am', '11-21T02:00 11-21T03:00'],
    ['3pm yesterday', '11-20T15:00 11-20T16:00'],
    ['昨天下午3点半', '11-20T15:20 11-20T15:40'],
    ['凌晨两点', '11-21T02:00 11-21T03:00'],
    ['早上8点15分', '11-21T08:05 11-21T08:25'],
    ['2026-11-21T09:09:36Z', '11-21T08:59 11-21T09:19'],
    ['2026-11-21 17:09:36+08:00', '11-21T08:59 11-21T09:19'],
    // Spans.
    ['since 09:02', '11-21T08:52 11-21T10:30'],
    ['从9点开始', '11-21T09:00 11-21T10:30'],
    ['since yesterday', '11-20T00:00 11-21T10:30'],
    ['between 09:00 and 10:00', '11-21T08:50 11-21T10:10'],
    ['09:02-09:05', '11-21T08:52 11-21T09:15'],
    ['昨天晚上8点到10点', '11-20T20:00 11-20T22:00'],
    ['last night at 02:14', '11-21T02:04 11-21T02:24'],
    ['last night at 23:10', '11-20T23:00 11-20T23:20'],
    ['昨晚8点', '11-20T20:00 11-20T21:00'],
    ['昨晚2点半', '11-21T02:20 11-21T02:40'],
    ['今早8点', '11-21T08:00 11-21T09:00'],
    ['in the last 2 hours', '11-21T08:30 11-21T10:30'],
    ['上一小时', '11-21T09:30 11-21T10:30'],
    ['最近半小时', '11-21T10:00 11-21T10:30'],
    ['2 hours ago', '11-21T07:30 11-21T09:30'],
    ['half an hour ago', '11-21T09:45 11-21T10:15'],
    ['一个半小时前', '11-21T08:15 11-21T09:45'],
  ])('%s: %s', (text, expected) => {
    expect(span(text)).toBe(expected);
  });

  it.each([
    'it took 3:20 and 12 s',
    'ran for 10-15 minutes',
    'one to 3.5 of 4 GB',
    'since the 2.3.2 release',
    '跑得快一点',
    '有一点慢',
    '同时失败',
    'it may 3 times fail, marked 5',
    'ads_feed_feature_20261120 is slow',
    'good morning',
    '1号机坏了',
    '99:99 and 2026-13-45',
  ])('%s names no time', (text) => {
    expect(readWindows(text, now, 0)).toEqual({ window: null, comparedWith: null });
  });

  it.each([
    ['今天跑得比昨天慢', '11-21T00:00 11-21T23:59', '昨天'],
    ['dwd_x failed, worked yesterday. Is YARN flaky today?', '11-21T00:00 11-21T23:59', 'yesterday'],
    ['上一小时还好好的', null, '上一小时'],
    ['slower than last week', null, 'last week'],
    ['前两天半分钟就结束了', null, '前两天'],
    ['We moved to Spark 4 last week, it is slow today', '11-21T00:00 11-21T23:59', undefined],
    ['昨天上线之后一直失败', null, undefined],
  ])('%s: when it went wrong is not when it was good or changed', (text, window, compared) => {
    expect(span(text)).toBe(window);
    expect(readWindows(text, now, 0).comparedWith?.words).toBe(compared);
  });

  it('reads days and hours in the zone of the asker', () => {
    expect(span('昨天失败', 480)).toBe('11-19T16:00 11-20T15:59');
    expect(span('at 02:14', 480)).toBe('11-20T18:04 11-20T18:24');
    expect(span('2026-11-21T09:09:36Z', 480)).toBe('11-21T08:59 11-21T09:19');
  });

  it('prefers the exact time to the day', () => {
    expect(span('today everything is slow. dwd_x failed at 09:14')).toBe('11-21T09:04 11-21T09:24');
  });

  it('keeps the words as written', () => {
    expect(readWindows('it failed yesterday at 14:00, sorry', now, 0).window?.words).toBe('yesterday at 14:00');
  });
});
