import { describe, expect, it } from 'vitest';
import { readKernelLine } from './kernel-line.ts';

const MESSAGE = 'oom_reaper: reaped process 12 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB';
const NOW = Date.UTC(2026, 10, 21, 12);
const TEN = Date.UTC(2026, 10, 21, 10, 22, 41);

describe('readKernelLine: forms of one message', () => {
  it.each([
    ['dmesg', `[ 1458.396534] ${MESSAGE}`, 1458.396534, null],
    ['dmesg -r', `<4>[ 1458.396534] ${MESSAGE}`, 1458.396534, null],
    ['dmesg -x', `kern  :warn  : [ 1458.396534] ${MESSAGE}`, 1458.396534, null],
    ['printk caller', `[ 1458.396534][ T2231] ${MESSAGE}`, 1458.396534, null],
    ['/dev/kmsg', `4,1201,1458396534,-;${MESSAGE}`, 1458.396534, null],
    ['dmesg -T, English', `[Sat Nov 21 10:22:41 2026] ${MESSAGE}`, null, TEN],
    ['dmesg -T, Chinese', `[六 11月 21 10:22:41 2026] ${MESSAGE}`, null, TEN],
    ['dmesg -T, German', `[Sa Nov 21 10:22:41 2026] ${MESSAGE}`, null, TEN],
    ['dmesg -T -x', `kern  :warn  : [Sat Nov 21 10:22:41 2026] ${MESSAGE}`, null, TEN],
    ['dmesg --time-format iso', `2026-11-21T12:22:41,123456+02:00 ${MESSAGE}`, null, TEN + 123],
    ['syslog with stamp', `Nov 21 10:22:41 nm-0217 kernel: [ 1458.396534] ${MESSAGE}`, 1458.396534, TEN],
    ['syslog without stamp', `Nov 21 10:22:41 nm-0217 kernel: ${MESSAGE}`, null, TEN],
    ['syslog with priority', `<4>Nov 21 10:22:41 nm-0217 kernel: ${MESSAGE}`, null, TEN],
    ['rsyslog ISO', `2026-11-21T18:22:41.000000+08:00 nm-0217 kernel: [ 1458.396534] ${MESSAGE}`, 1458.396534, TEN],
    ['RFC 5424', `<4>1 2026-11-21T10:22:41.000Z nm-0217 kernel - - - ${MESSAGE}`, null, TEN],
    ['journal short-iso', `2026-11-21T10:22:41+0000 nm-0217 kernel: ${MESSAGE}`, null, TEN],
    ['journal short-precise', `Nov 21 10:22:41.000123 nm-0217 kernel: ${MESSAGE}`, null, TEN],
    ['journal short-full', `Sat 2026-11-21 10:22:41 UTC nm-0217 kernel: ${MESSAGE}`, null, TEN],
    ['journal short-unix', `${TEN / 1000}.000000 nm-0217 kernel: ${MESSAGE}`, null, TEN],
    ['journal short-monotonic', `[ 1458.396534] nm-0217 kernel: ${MESSAGE}`, 1458.396534, null],
  ])('%s', (_, line, stamp, wall) => {
    const read = readKernelLine(line, { now: NOW });
    expect(read?.body).toBe(MESSAGE);
    expect(read?.stampSeconds).toBe(stamp);
    expect(read?.wallMs).toBe(wall);
  });

  it('reads journal JSON by the fields that journald sets itself', () => {
    const entry = {
      __REALTIME_TIMESTAMP: String(TEN * 1000),
      _SOURCE_MONOTONIC_TIMESTAMP: '1458396534',
      _TRANSPORT: 'kernel',
      _HOSTNAME: 'nm-0217',
      MESSAGE,
    };
    expect(readKernelLine(JSON.stringify(entry))).toEqual({
      stampSeconds: 1458.396534,
      wallMs: TEN,
      host: 'nm-0217',
      body: MESSAGE,
      form: 'syslog',
    });
    const forged = { ...entry, _TRANSPORT: 'stdout', SYSLOG_IDENTIFIER: 'kernel' };
    expect(readKernelLine(JSON.stringify(forged))).toBeNull();
  });
});

describe('readKernelLine: other writers', () => {
  it.each([
    ['another daemon', 'Nov 21 10:22:41 nm-0217 systemd[1]: Killed process 12 (java) total-vm:1kB'],
    ['a daemon that quotes the kernel', 'Nov 21 10:22:41 nm-0217 app: kernel: Killed process 12 (java) total-vm:1kB'],
    ['a logger called kernel', '2026-11-21T10:22:41.123 INFO kernel: Killed process 12 (java) total-vm:1kB'],
    ['a log4j line', '2026-11-21 10:22:41,123 INFO kernel: Killed process 12 (java) total-vm:1kB'],
    ['a bare line', MESSAGE],
    ['an empty line', ''],
    ['broken JSON', '{"_TRANSPORT":"kernel","MESSAGE":'],
  ])('%s is not the kernel', (_, line) => {
    expect(readKernelLine(line, { now: NOW })).toBeNull();
  });
});

describe('readKernelLine: years and pasted text', () => {
  it('chooses the latest year that does not lie in the future', () => {
    const january = Date.UTC(2027, 0, 2);
    const wall = (now: number) => readKernelLine('Dec 31 23:59:59 h kernel: x', { now })?.wallMs;
    expect(wall(january)).toBe(Date.UTC(2026, 11, 31, 23, 59, 59));
    expect(wall(Date.UTC(2026, 11, 31, 23))).toBe(Date.UTC(2026, 11, 31, 23, 59, 59));
    expect(readKernelLine('Dec 31 23:59:59 h kernel: x')?.wallMs).toBeNull();
  });

  it('accepts quoted, indented and bare lines only when told that a person pasted them', () => {
    const quoted = `> \`[ 1458.396534] ${MESSAGE}`;
    expect(readKernelLine(quoted)).toBeNull();
    expect(readKernelLine(quoted, { lenient: true })?.stampSeconds).toBe(1458.396534);
    expect(readKernelLine(MESSAGE, { lenient: true })?.body).toBe(MESSAGE);
    expect(readKernelLine(`node1 | [   12.000001] ${MESSAGE}`, { lenient: true })?.stampSeconds).toBe(12.000001);
  });

  it('cuts a giant line and stays fast on hostile ones', () => {
    const before = performance.now();
    expect(readKernelLine(`[ 1.000001] ${'x'.repeat(5_000_000)}`)?.body.length).toBeLessThan(17_000);
    readKernelLine(`[${' '.repeat(100_000)}`, { lenient: true });
    readKernelLine(`${'Nov 21 '.repeat(50_000)}`, { lenient: true });
    expect(performance.now() - before).toBeLessThan(500);
  });
});
