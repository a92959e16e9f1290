import { describe, expect, it } from 'vitest';
import { offsetOf } from './host-zone.ts';

const SUMMER = Date.UTC(2026, 6, 1);
const WINTER = Date.UTC(2026, 0, 15);

describe('offsetOf', () => {
  it('reads a zone name, with daylight saving by the time asked for', () => {
    expect(offsetOf(Buffer.from('Asia/Shanghai\n'), SUMMER)).toBe(480);
    expect(offsetOf(Buffer.from('Etc/UTC\n'), SUMMER)).toBe(0);
    expect(offsetOf(Buffer.from('ZONE="America/New_York"\n'), WINTER)).toBe(-300);
    expect(offsetOf(Buffer.from('America/New_York\n'), SUMMER)).toBe(-240);
  });

  it('reads the rule at the end of a compiled zone file', () => {
    expect(offsetOf(Buffer.from('TZif2\0\0\0…\nCST-8\n', 'latin1'), SUMMER)).toBe(480);
    expect(offsetOf(Buffer.from('TZif2\0\0\0\n<+0530>-5:30\n', 'latin1'), SUMMER)).toBe(330);
  });

  it('knows nothing of other content', () => {
    expect(offsetOf(Buffer.from('No/Such_Zone\n'), SUMMER)).toBeNull();
    expect(offsetOf(Buffer.from(''), SUMMER)).toBeNull();
    expect(offsetOf(Buffer.from('TZif2'), SUMMER)).toBeNull();
  });
});
