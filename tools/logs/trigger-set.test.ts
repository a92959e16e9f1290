import { describe, expect, it } from 'vitest';
import { KEEP_LITERALS } from './keep-literals.ts';
import { LEVEL_TRIGGERS } from './level-triggers.ts';
import { SIGNATURES } from './signatures/index.ts';
import { sharedTriggerSet, triggerSet } from './trigger-set.ts';
import { MIN_TRIGGER_BYTES } from './trigger-table.ts';

const choice = {
  writer: 'spark_driver' as const,
  aggregated: false,
  literals: ['No space left on device'],
  ids: ['1795256295743_0006'],
};

describe('triggerSet', () => {
  it('can look for every literal that is kept', () => {
    const kept = [...Object.values(KEEP_LITERALS).flat(), ...LEVEL_TRIGGERS];
    expect(kept.filter((literal) => Buffer.byteLength(literal) < MIN_TRIGGER_BYTES)).toEqual([]);
  });

  it('can look for a literal of every signature, or finds it by its level or exception', () => {
    // A signature all of whose literals are too short would be found on warnings and exceptions only.
    const blind = SIGNATURES.filter(({ literals }) =>
      literals.every((literal) => Buffer.byteLength(literal) < MIN_TRIGGER_BYTES),
    );
    expect(blind.map(({ id }) => id)).toEqual([]);
  });

  it('gives each string its role', () => {
    const { table, roles } = triggerSet(choice, Buffer.alloc(0));
    const role = (text: string) => roles[table.strings.findIndex((bytes) => Buffer.from(bytes).toString() === text)];
    expect(role('Exception')).toBe('failure');
    expect(role('No space left on device')).toBe('progress');
    expect(role('1795256295743_0006')).toBe('milestone');
    expect(role('Running Spark version ')).toBe('section');
  });

  it('prepares the same choice once', () => {
    expect(sharedTriggerSet(choice, Buffer.alloc(0))).toBe(sharedTriggerSet({ ...choice }, Buffer.alloc(9)));
    expect(sharedTriggerSet({ ...choice, ids: [] }, Buffer.alloc(0))).not.toBe(
      sharedTriggerSet(choice, Buffer.alloc(0)),
    );
  });
});
