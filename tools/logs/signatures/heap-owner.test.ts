import { describe, expect, it } from 'vitest';
import type { TextRecord } from '../../evidence/text-record.ts';
import { readRecords } from '../read-records.ts';
import { provenanceOfWriter } from '../record-provenance.ts';
import { heapOwner } from './heap-owner.ts';

const OOM = 'java.lang.OutOfMemoryError: Java heap space';

function owner(text: string, writer: TextRecord['writer'], thread = ''): string {
  const origin = { source: 's', writer, provenance: provenanceOfWriter(writer), area: 'logs' as const, keys: {} };
  const record = { ...(readRecords(text, origin)[0] as TextRecord), thread };
  return heapOwner(record, record.text.indexOf('OutOfMemoryError'));
}

describe('heapOwner', () => {
  it('is the executor when the driver quotes a task', () => {
    expect(
      owner(
        `24/01/01 10:00:00 WARN TaskSetManager: Lost task 0.0 in stage 1.0 (TID 1) (h executor 1): ${OOM}`,
        'spark_driver',
      ),
    ).toBe('executor');
  });

  it('is the driver in local mode', () => {
    expect(
      owner(
        `24/01/01 10:00:00 WARN TaskSetManager: Lost task 0.0 in stage 1.0 (TID 1) (h executor driver): ${OOM}`,
        'spark_driver',
      ),
    ).toBe('driver');
  });

  it('is the driver by its threads and its frames', () => {
    expect(owner(`24/01/01 10:00:00 ERROR Utils: uncaught\n${OOM}`, 'unknown', 'dag-scheduler-event-loop')).toBe(
      'driver',
    );
    expect(owner(`${OOM}\n\tat org.apache.spark.sql.Dataset.collectToPython(Dataset.scala:1)`, 'asker')).toBe('driver');
  });

  it('is the executor in its own log and unknown in a bare paste', () => {
    expect(owner(`24/01/01 10:00:00 ERROR Executor: x\n${OOM}`, 'spark_executor')).toBe('executor');
    expect(owner(OOM, 'asker')).toBe('unknown');
  });
});
