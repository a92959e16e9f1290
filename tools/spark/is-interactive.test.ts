import { describe, expect, it } from 'vitest';
import { isInteractive } from './is-interactive.ts';

const SUBMIT = 'org.apache.spark.deploy.SparkSubmit';
const by = (command: string, name = 'dwd_pv_parse', spark: Record<string, string> = {}) =>
  isInteractive({
    spark: { 'spark.app.name': name, ...spark },
    system: command ? { 'sun.java.command': command } : {},
  });

// Command lines of spark-shell are those of recorded logs; the others are typed after Spark's launcher and the servers' own classes.
describe('isInteractive', () => {
  it.each([
    [`${SUBMIT} --master yarn --class org.apache.spark.repl.Main --name Spark shell spark-shell`, 'GraphXTest'],
    [`${SUBMIT} --name PySparkShell pyspark-shell`, 'PySparkShell'],
    [`${SUBMIT} sparkr-shell`, 'SparkR'],
    [
      `${SUBMIT} --class org.apache.spark.sql.hive.thriftserver.HiveThriftServer2 spark-internal`,
      'Thrift JDBC/ODBC Server',
    ],
    [
      `${SUBMIT} --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal`,
      'Spark Connect server',
    ],
    [`${SUBMIT} --class org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver spark-internal`, 'SparkSQL::node1'],
    ['org.apache.spark.deploy.yarn.ApplicationMaster --class org.apache.livy.rsc.driver.RSCDriverBootstrapper', 'x'],
    ['org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer 10.0.0.1 35411', 'x'],
    [`${SUBMIT} --deploy-mode cluster /opt/kernels/launch_ipykernel.py --RemoteProcessProxy.port-range 0..0`, 'x'],
    [`${SUBMIT} --class org.apache.kyuubi.engine.spark.SparkSQLEngine kyuubi-engine.jar`, 'x'],
    ['', 'PySparkShell'],
  ])('somebody sits behind %s (%s)', (command, name) => {
    expect(by(command, name)).toBe(true);
  });

  it('a class loader of a shell tells by itself', () => {
    expect(by('x', 'x', { 'spark.repl.class.uri': 'spark://node1:4040/classes' })).toBe(true);
  });

  it.each([
    [
      'python job.py, as it starts the JVM',
      `${SUBMIT} --conf spark.app.name=dwd_pv_parse pyspark-shell`,
      'dwd_pv_parse',
    ],
    ['python job.py without a name', `${SUBMIT} pyspark-shell`, 'pyspark-shell'],
    ['Rscript job.R', `${SUBMIT} sparkr-shell`, 'dwd_pv_parse'],
    ['a file of SQL', `${SUBMIT} --class a.SparkSQLCLIDriver spark-internal -f /srv/a.sql`, 'SparkSQL::node1'],
    ['SQL given at once', `${SUBMIT} --class a.SparkSQLCLIDriver spark-internal --hivevar d=1 -e select 1`, 'x'],
    [
      'a job with the extension of Kyuubi',
      `${SUBMIT} --conf spark.sql.extensions=org.apache.kyuubi.sql.KyuubiSparkSQLExtension --class com.acme.Job job.jar`,
      'x',
    ],
    [
      'a job about notebooks',
      `${SUBMIT} --class com.acme.Job job.jar /data/zeppelin/jupyter`,
      'zeppelin_jupyter_stats',
    ],
    ['a job somebody called like a shell', `${SUBMIT} --class com.acme.Job job.jar`, 'PySparkShell'],
    ['a program of Python', `${SUBMIT} /srv/dwd_pv_parse.py`, 'dwd_pv_parse'],
    ['nothing known', '', 'dwd_pv_parse'],
  ])('nobody waits behind %s', (_, command, name) => {
    expect(by(command, name)).toBe(false);
  });
});
