import type { EnvironmentFacts } from './facts.ts';

/**
 * Main classes and programs behind which a person or a client sits: the Scala shell, Thrift and Connect servers, the
 * interpreters of Livy sessions, Zeppelin, Toree, Jupyter kernels, Kyuubi and Databricks. Classes and programs only: a job may be
 * called `zeppelin_stats` or load Kyuubi's extension of SQL.
 */
const PROGRAMS =
  /(?:^|[\s=/])(?:org\.apache\.spark\.repl\.|org\.apache\.spark\.sql\.hive\.thriftserver\.HiveThriftServer2|org\.apache\.spark\.sql\.connect\.service\.SparkConnectServer|(?:org\.apache|com\.cloudera)\.livy\.(?:rsc|repl)\.|org\.apache\.zeppelin\.|org\.apache\.toree\.|org\.apache\.kyuubi\.engine\.|com\.databricks\.backend\.daemon\.driver|polynote\.|launch_ipykernel\.py|ipykernel_launcher)/;

/** The SQL shell: it sits and waits unless it was given its statements (`-e`) or a file of them (`-f`). */
const SQL_SHELL = /SparkSQLCLIDriver(?=\s|$)/;
const STATEMENTS_GIVEN = /SparkSQLCLIDriver\s(?:.*\s)?(?:-e|-f)\s/;

/** What stands in place of a program when Python or R started the JVM: a shell and `python job.py` alike. */
const FOREIGN_DRIVER = /\s(?:pyspark|sparkr)-shell(?=\s|$)/;

/** Names that shells and notebooks give an application themselves; whoever submits a job gives another. */
const SHELL_NAME = /^(?:PySparkShell|SparkR|Zeppelin|Databricks Shell|livy-session-\d{1,12})$/;

/**
 * Whether a shell, notebook or SQL server ran it, by its main class, command line and properties: a gap there is waiting for a
 * person, not work of the driver. `pyspark-shell` at the end of a command line does not tell: `python job.py` starts the JVM with
 * the same words (python/pyspark/java_gateway.py, since Spark 1.4); only `bin/pyspark` without a script names it `PySparkShell`.
 */
export function isInteractive({ spark, system }: Pick<EnvironmentFacts, 'spark' | 'system'>): boolean {
  if ('spark.repl.class.uri' in spark || 'spark.repl.class.outputDir' in spark) return true;
  const command = (system['sun.java.command'] ?? '').slice(0, 8_192);
  if (PROGRAMS.test(command)) return true;
  if (SQL_SHELL.test(command)) return !STATEMENTS_GIVEN.test(command);
  const ranByCommand = command === '' || FOREIGN_DRIVER.test(command);
  return ranByCommand && SHELL_NAME.test(spark['spark.app.name'] ?? '');
}
