import { expect, it } from 'vitest';
import { isOpenWire } from './is-open-wire.ts';

it('is plain http to another machine, and nothing else', () => {
  for (const open of ['http://rm.example:8088', 'http://localhost.example/x', 'http://10.0.0.1', 'http://1127.0.0.1'])
    expect(isOpenWire(open), open).toBe(true);
  for (const closed of [
    'https://rm.example',
    'http://127.0.0.1:1',
    'http://localhost',
    'http://localhost:3000/x',
    'http://[::1]:8',
  ])
    expect(isOpenWire(closed), closed).toBe(false);
});
