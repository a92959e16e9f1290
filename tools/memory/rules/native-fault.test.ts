import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { nativeFault } from './native-fault.ts';

// Composed from arch/x86/mm/fault.c.
const FAULT =
  '[ 500.000001] java[4711]: segfault at 10 ip 00007f0000001000 sp 00007f0000002000 error 4 in libsnappy.so.1[7f0000000000+9000]';

describe('memory/native-fault', () => {
  it('names the library that crashed', () => {
    expect(nativeFault.apply(hostFacts({ log: FAULT }))[0]).toMatchObject({
      kind: 'observed',
      code: 'code.native_crash',
      symptom: 'process_crashed',
      keys: { pid: 4711, host: 'node7' },
      values: { library: 'libsnappy.so.1' },
    });
  });

  it('only suggests where the kernel named no library', () => {
    const log = '[ 500.000001] traps: java[4711] general protection fault ip:7f00 sp:7f01 error:0';
    expect(nativeFault.apply(hostFacts({ log }))[0]).toMatchObject({ kind: 'inferred' });
  });

  it('is silent for other lines and without a log', () => {
    expect(nativeFault.apply(hostFacts({ log: '[ 5.000001] my[1]: talked about a segfault at work' }))).toEqual([]);
    expect(nativeFault.apply(hostFacts({}))).toEqual([]);
  });
});
