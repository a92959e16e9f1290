import { describe, expect, it } from 'vitest';
import { boundedRoom, MOST_KEPT } from './bounded-room.ts';
import { collectRun } from './collect-run.ts';

const OVER = 50;

describe('boundedRoom', () => {
  it('gives room to so many and counts the others', () => {
    const room = boundedRoom(2);
    expect([room.take(), room.take(), room.take(), room.take()]).toEqual([true, true, false, false]);
    expect(room.refused()).toBe(2);
  });

  it.each([
    ['jobs', 'SparkListenerJobStart', (id: number) => ({ 'Job ID': id, 'Stage IDs': [0] })],
    ['stages', 'SparkListenerStageSubmitted', (id: number) => ({ 'Stage Info': { 'Stage ID': id } })],
    ['executors', 'SparkListenerExecutorAdded', (id: number) => ({ 'Executor ID': String(id) })],
    ['sql', 'SparkListenerSQLExecutionStart', (id: number) => ({ executionId: id })],
  ] as const)('%s of a log that starts them without end are left out and counted', (kind, name, of) => {
    const collector = collectRun();
    const line = { source: 'x', line: 1, offset: 0, bytes: Buffer.from('{}') };
    for (let id = 0; id < MOST_KEPT + OVER; id += 1) collector.event(name, of(id), line);
    expect(collector[kind].leftOut()).toBe(OVER);
    // One that has room goes on being told about.
    collector.event(name, of(7), line);
    expect(collector[kind].leftOut()).toBe(OVER);
  });
});
