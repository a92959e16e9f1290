import { describe, expect, it } from 'vitest';
import { UnusablePathError } from '../../tools/platform/extra-files.ts';
import { SettingsError } from '../settings.ts';
import { mayColour, type TerminalIo, UsageError } from './terminal-io.ts';
import { Unusable, unusableCode } from './unusable.ts';

describe('what cannot be used', () => {
  it('is gathered and named at once, under one code where all are alike', async () => {
    const unusable = new Unusable();
    expect(() => unusable.throwAll()).not.toThrow();
    unusable.add('unusable_flag', 'a');
    expect(await unusable.tried(Promise.reject(new UsageError('b', 'unusable_flag')), 7)).toBe(7);
    expect(() => unusable.throwAll()).toThrow(expect.objectContaining({ code: 'unusable_flag', problems: ['a', 'b'] }));
    expect(await unusable.tried(Promise.reject(new UnusablePathError('c')), null)).toBeNull();
    expect(() => unusable.throwAll()).toThrow(expect.objectContaining({ code: 'unusable_input', message: 'a; b; c' }));
  });

  it('is never an error of ours', async () => {
    const ours = new TypeError('x');
    await expect(new Unusable().tried(Promise.reject(ours), null)).rejects.toBe(ours);
    expect(unusableCode(ours)).toBeNull();
    expect(unusableCode('x')).toBeNull();
    expect(unusableCode(new SettingsError('x'))).toBe('unusable_setting');
    expect(unusableCode(new UnusablePathError('x'))).toBe('unusable_path');
  });
});

describe('mayColour', () => {
  const io = (isTerminal: boolean, environment: TerminalIo['environment']) =>
    mayColour({ isTerminal, environment } as TerminalIo);

  it('needs a terminal that has colours and nobody who turned them off', () => {
    expect(io(true, {})).toBe(true);
    expect(io(true, { NO_COLOR: '' })).toBe(true);
    expect(io(false, {})).toBe(false);
    expect(io(true, { NO_COLOR: '0' })).toBe(false);
    expect(io(true, { TERM: 'dumb' })).toBe(false);
  });
});
