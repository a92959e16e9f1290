import { describe, expect, it } from 'vitest';
import { keysOfContent } from './keys-of-content.ts';

describe('keysOfContent', () => {
  it.each([
    [
      '26/11/21 10:45:16 INFO YarnClientImpl: Submitted application application_1795256295743_0006',
      { applicationId: 'application_1795256295743_0006' },
    ],
    [
      '26/11/21 11:30:00 INFO ApplicationMaster: ApplicationAttemptId: appattempt_1795259698281_0013_000002',
      { applicationId: 'application_1795259698281_0013', applicationAttempt: 2 },
    ],
    [
      'Spark Executor Command: "java" "--app-id" "app-20261121102619-0000" "--executor-id" "4"',
      { applicationId: 'app-20261121102619-0000', executorId: '4' },
    ],
    [
      '26/11/21 10:26:18 INFO SparkContext: Submitted application: dwd order user wide',
      { applicationName: 'dwd order user wide' },
    ],
    [
      '26/11/21 10:26:18 INFO SingleEventLogFileWriter: Logging events to hdfs://nn/spark-history/local-1795258380523.inprogress',
      { applicationId: 'local-1795258380523' },
    ],
  ])('reads what a process says of itself: %s', (line, keys) => {
    expect(keysOfContent(line, '')).toEqual(keys);
  });

  it('takes an id that merely occurs only when it is the only one', () => {
    expect(keysOfContent('x application_1795256295743_0006 y', 'application_1795256295743_0006')).toEqual({
      applicationId: 'application_1795256295743_0006',
    });
    expect(keysOfContent('x application_1795256295743_0006 y', 'application_1795256295743_0007')).toEqual({});
  });
});
