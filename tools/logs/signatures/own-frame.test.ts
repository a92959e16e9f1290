import { describe, expect, it } from 'vitest';
import { ownFrame } from './own-frame.ts';

const link = (...frames: string[]) => ({ className: 'java.lang.NullPointerException', message: '', frames });

describe('ownFrame', () => {
  it("is the first frame of the job's own code behind those of the language", () => {
    expect(
      ownFrame(
        link(
          'at java.base/java.lang.Long.parseLong(Long.java:711)',
          'at scala.collection.Iterator$$anon$10.next(Iterator.scala:461)',
          'at com.acme.etl.Clean$.run(Clean.scala:22)',
          'at org.apache.spark.scheduler.Task.run(Task.scala:141)',
        ),
      ),
    ).toBe('com.acme.etl.Clean$.run(Clean.scala:22)');
  });

  it('is none when the engine threw it, even if the job called the engine', () => {
    expect(
      ownFrame(link('at org.apache.spark.sql.Dataset.col(Dataset.scala:1)', 'at com.acme.Job.main(Job.java:7)')),
    ).toBeUndefined();
  });

  it('is none without frames', () => {
    expect(ownFrame(link())).toBeUndefined();
  });
});
