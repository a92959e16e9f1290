import { describe, expect, it } from 'vitest';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import { plainRadicals } from './plain-radicals.ts';

describe('plainRadicals', () => {
  it('puts the ordinary characters for the radicals that PDFs give back', () => {
    // As Chromium with Noto CJK wrote it and PDF.js read it.
    expect(plainRadicals('⼿册，⼤小，第三⻚，⻛险，⻢上')).toBe('手册，大小，第三页，风险，马上');
  });

  it('leaves full-width marks alone and knows every radical of both blocks but the one that stands for none', () => {
    expect(plainRadicals('，：（ＡＢ）')).toBe('，：（ＡＢ）');
    const left: string[] = [];
    for (let code = 0x2e80; code <= 0x2fd5; code++) {
      const radical = String.fromCodePoint(code);
      if (code !== 0x2e9a && (code <= 0x2ef3 || code >= 0x2f00) && plainRadicals(radical) === radical)
        left.push(radical);
    }
    expect(left).toEqual(['⺀']);
  });
});

describe('joinWrappedLines', () => {
  it('joins full lines of Chinese and leaves the items of a list apart', () => {
    expect(
      joinWrappedLines(
        '内存超限时，节点管理器会杀死容器，并在日志中写明当\n前用量。请先查看进程树，再决定加大哪一项内存。',
      ),
    ).toContain('当前用量');
    expect(joinWrappedLines('容器内存手册\n调大堆外内存\n重启节点管理器')).toBe(
      '容器内存手册\n调大堆外内存\n重启节点管理器',
    );
  });
});
