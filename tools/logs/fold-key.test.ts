import { describe, expect, it } from 'vitest';
import { foldKey } from './fold-key.ts';

const key = (text: string) => {
  const bytes = Buffer.from(text);
  return foldKey(bytes, 0, bytes.length);
};

describe('foldKey', () => {
  it('is equal for one text with other times, ids and hosts', () => {
    const a =
      '26/11/21 10:00:00 WARN TaskSetManager: Lost task 0.0 in stage 5.0 (TID 8) (bd-node12 executor 1): java.io.IOException: x';
    const b =
      '26/11/21 11:22:33 WARN TaskSetManager: Lost task 17.3 in stage 15.1 (TID 80012) (bd-node7 executor 31): java.io.IOException: x';
    expect(key(a)).toBe(key(b));
  });

  it('differs where the message or the class of a cause differs', () => {
    expect(key('ERROR A: disk full')).not.toBe(key('ERROR A: disk slow'));
    expect(key('ERROR A: x\njava.io.IOException: a\n\tat b.C.d(C.java:1)')).not.toBe(
      key('ERROR A: x\njava.io.EOFException: a\n\tat b.C.d(C.java:1)'),
    );
    expect(key('磁盘已满')).not.toBe(key('内存不足'));
  });

  it('leaves stack frames out', () => {
    expect(key('ERROR A: x\njava.io.IOException: a\n\tat b.C.d(C.java:1)\n\t... 3 more\nCaused by: y')).toBe(
      key('ERROR A: x\njava.io.IOException: a\n\tat z.Z.z(Z.java:1)\n\tat y.Y.y(Y.java)\nCaused by: y'),
    );
    expect(key('Traceback:\n  File "a.py", line 1, in f\n    go()\nValueError: x')).toBe(
      key('Traceback:\n  File "b.py", line 9, in g\n    stop()\nValueError: x'),
    );
    expect(key('INFO Client: \n\t diagnostics: N/A')).not.toBe(key('INFO Client: \n\t diagnostics: User class threw'));
  });
});
