import { describe, expect, it } from 'vitest';
import { isDriverOnlyLogger, isEngineLogger, shortLogger } from './engine-loggers.ts';
import { isJvmPrint } from './jvm-print.ts';
import { isDaemon, mixesUserOutput, provenanceOf, provenanceOfWriter } from './record-provenance.ts';

describe('who may be believed to have written a record', () => {
  it.each([
    'TaskSetManager',
    'scheduler.TaskSetManager',
    'org.apache.spark.scheduler.TaskSetManager',
    'o.a.s.scheduler.TaskSetManager',
    'yarn.ApplicationMaster$AMEndpoint',
    'Executor:94',
    'org.apache.hadoop.hdfs.DFSClient',
    'ShuffleClientImpl',
    'HashAggregateExec',
  ])('knows the engine by %s', (logger) => {
    expect(isEngineLogger(logger)).toBe(true);
  });

  it.each([
    'com.acme.TaskSetManager',
    'MyJob',
    'udf_worker',
    'BackfillJoin(low)',
    'org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerImpl',
    'org.apache.hadoop.hdfs.server.namenode.FSNamesystem',
    '',
  ])('does not take %s for the engine', (logger) => {
    expect(isEngineLogger(logger)).toBe(false);
  });

  it('knows which loggers only a driver has', () => {
    expect(isDriverOnlyLogger('org.apache.spark.scheduler.TaskSetManager')).toBe(true);
    expect(isDriverOnlyLogger('Executor')).toBe(false);
    expect(shortLogger('a.b.Foo$Bar:12')).toBe('Foo');
  });

  it.each([
    'java.lang.OutOfMemoryError: Java heap space',
    "Error: VM option 'BytecodeVerificationRemote' is diagnostic and must be enabled via -XX:+UnlockDiagnosticVMOptions.",
    'Error: Could not create the Java Virtual Machine.',
    '# A fatal error has been detected by the Java Runtime Environment:',
    "OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x0000, 12288, 0) failed; error='Cannot allocate memory' (errno=12)",
    'Terminating due to java.lang.OutOfMemoryError: Java heap space',
    "Unrecognized VM option 'UseFoo'",
  ])('knows a print of the Java runtime: %s', (line) => {
    expect(isJvmPrint(line)).toBe(true);
  });

  it.each(['com.acme.OutOfMemoryError: x', 'Error: cannot open file', 'my java.lang.OutOfMemoryError: x', '# done'])(
    'does not take %s for one',
    (line) => {
      expect(isJvmPrint(line)).toBe(false);
    },
  );

  it('gives each writer its own provenance', () => {
    expect(provenanceOfWriter('node_manager')).toBe('node_manager');
    expect(provenanceOfWriter('unknown')).toBe('user_process');
    expect(mixesUserOutput('spark_executor')).toBe(true);
    expect(mixesUserOutput('resource_manager')).toBe(false);
    expect(isDaemon('spark_worker')).toBe(true);
    expect(isDaemon('spark_driver')).toBe(false);
  });

  // Cut from a real run: spark-submit 3.5.6 with spark.executor.memory=4gg.
  const SUBMIT = [
    'Exception in thread "main" org.apache.spark.SparkException: Executor memory must be a positive number',
    '\tat org.apache.spark.deploy.SparkSubmitArguments.error(SparkSubmitArguments.scala:650)',
    '\tat org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)',
  ];
  const written = (lines: readonly string[]) =>
    provenanceOf({ prefix: null, lines }, { writer: 'spark_driver', provenance: 'engine' });

  it('takes the end of spark-submit itself for the JVM, what the main class of the job threw for the job', () => {
    expect(written(SUBMIT)).toBe('jvm');
    expect(written([SUBMIT[0] ?? '', '\tat com.acme.Job$.main(Job.scala:12)', ...SUBMIT.slice(1)])).toBe(
      'user_process',
    );
    expect(written([SUBMIT[0] ?? ''])).toBe('user_process');
    expect(written(['printed by the job', ...SUBMIT])).toBe('user_process');
  });

  it('takes an error of Java’s own kind for the launcher’s only where the launcher threw it', () => {
    // Cut from yarn-008, spark-submit 3.5.5.
    const ask = [
      'Exception in thread "main" java.lang.IllegalArgumentException: Required executor memory (3072 MB), offHeap memory (0) MB, overhead (512 MB), and PySpark memory (0 MB) is above the max threshold (2560 MB) of this cluster!',
      '\tat org.apache.spark.deploy.yarn.Client.verifyClusterResources(Client.scala:402)',
      '\tat org.apache.spark.deploy.SparkSubmit.doRunMain$1(SparkSubmit.scala:199)',
    ];
    expect(written(ask)).toBe('jvm');
    const [said = '', ...frames] = ask;
    expect(written([said, '\tat org.apache.spark.sql.Dataset.head(Dataset.scala:1)', ...frames])).toBe('user_process');
    expect(written([said, ...frames, '\tat com.acme.Job$.main(Job.scala:12)'])).toBe('user_process');
    expect(written([said.replace('java.lang.Illegal', 'com.acme.Illegal'), ...frames])).toBe('user_process');
  });
});
