import type { SignatureCase } from './signature-case.ts';

const WORKER_TRACE =
  '24/05/05 12:00:00 WARN TaskSetManager: Lost task 0.0 in stage 1.0 (TID 1) (h1 executor 1): org.apache.spark.api.python.PythonException: Traceback (most recent call last):\n  File "/data/yarn/pyspark.zip/pyspark/worker.py", line 1237, in main\n    process()\n';

export const PYTHON_CASES: readonly SignatureCase[] = [
  {
    id: 'python/memory-error',
    code: 'memory.python_worker',
    seen: 'typed from CPython and numpy in a pyspark worker',
    text: `${WORKER_TRACE}  File "/home/u/score.py", line 8, in score\nnumpy.core._exceptions._ArrayMemoryError: Unable to allocate 12.0 GiB for an array with shape (40000, 40000) and data type float64\n`,
  },
  {
    id: 'python/memory-error',
    code: 'memory.python_worker',
    seen: 'typed from CPython',
    by: 'user_program',
    text: 'Traceback (most recent call last):\n  File "/home/u/score.py", line 8, in <module>\n    rows = [x for x in data]\nMemoryError',
  },
  {
    id: 'python/memory-error',
    code: 'not this',
    seen: "near miss: the JVM's error carries the word",
    text: '24/05/05 12:00:00 ERROR Utils: uncaught\njava.lang.OutOfMemoryError: Metaspace',
  },
  {
    id: 'python/worker-vanished',
    code: 'memory.python_worker',
    seen: 'question q007',
    kind: 'inferred',
    text: '20/05/05 12:00:00 ERROR Executor: Exception in task 1.0 in stage 9.0 (TID 408)\norg.apache.spark.SparkException: Python worker exited unexpectedly (crashed)\n\tat org.apache.spark.api.python.BasePythonRunner$ReaderIterator$$anonfun$3.applyOrElse(PythonRunner.scala:490)\nCaused by: java.io.EOFException\n\tat java.io.DataInputStream.readInt(DataInputStream.java:392)',
  },
  {
    id: 'python/fatal-error',
    code: 'code.native_crash',
    seen: 'typed from spark 3.4 with spark.python.worker.faulthandler.enabled',
    text: '24/05/05 12:00:00 ERROR Executor: Exception in task 1.0 in stage 9.0 (TID 408)\norg.apache.spark.SparkException: Python worker exited unexpectedly (crashed): Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):',
  },
  {
    id: 'python/version-mismatch',
    code: 'dependency.python_env',
    seen: 'typed from pyspark 3.4+ (public log lines)',
    completeStatement: 'python_version_mismatch',
    values: { workerVersion: '3.12', driverVersion: '3.13' },
    text: `${WORKER_TRACE}pyspark.errors.exceptions.base.PySparkRuntimeError: [PYTHON_VERSION_MISMATCH] Python in worker has different version: 3.12 than that in driver: 3.13, PySpark cannot run with different minor versions.`,
  },
  {
    id: 'python/version-mismatch',
    code: 'dependency.python_env',
    seen: 'typed from pyspark 1.6-3.3',
    values: { workerVersion: '2.7', driverVersion: '3.5' },
    text: `${WORKER_TRACE}Exception: Python in worker has different version 2.7 than that in driver 3.5, PySpark cannot run with different minor versions.Please check environment variables PYSPARK_PYTHON and PYSPARK_DRIVER_PYTHON are correctly set.`,
  },
  {
    id: 'python/version-mismatch',
    code: 'dependency.python_env',
    seen: 'typed from pyspark 2.4 under Python 3.8',
    by: 'user_program',
    text: 'Traceback (most recent call last):\n  File "/opt/spark/python/pyspark/cloudpickle.py", line 145, in <module>\n    _cell_set_template_code = _make_cell_set_template_code()\nTypeError: an integer is required (got type bytes)',
  },
  {
    id: 'python/version-mismatch',
    code: 'dependency.python_env',
    seen: 'typed from CPython pickle (protocol 5 is 3.8+)',
    text: `${WORKER_TRACE}ValueError: unsupported pickle protocol: 5`,
  },
  {
    id: 'python/module-missing',
    code: 'dependency.python_env',
    seen: 'typed from CPython 3.6+ in a worker',
    values: { module: 'geopandas', where: 'worker' },
    text: `${WORKER_TRACE}  File "/data/yarn/pyspark.zip/pyspark/serializers.py", line 458, in loads\nModuleNotFoundError: No module named 'geopandas'`,
  },
  {
    id: 'python/module-missing',
    code: 'dependency.python_env',
    seen: 'typed from CPython 2.7 in the user program itself',
    by: 'user_program',
    values: { module: 'requests', where: 'driver' },
    text: 'Traceback (most recent call last):\n  File "/home/u/job.py", line 3, in <module>\n    import requests\nImportError: No module named requests',
  },
  {
    id: 'python/module-missing',
    code: 'dependency.python_env',
    seen: 'typed from CPython 3 (another version of the package)',
    by: 'user_program',
    text: "Traceback (most recent call last):\n  File \"/home/u/job.py\", line 3, in <module>\nImportError: cannot import name 'soft_unicode' from 'markupsafe' (/usr/lib/python3/dist-packages/markupsafe/__init__.py)",
  },
  {
    id: 'python/module-missing',
    code: 'not this',
    seen: 'near miss: capture flow-106, the workflow file itself is not importable',
    by: 'airflow',
    text: '[2026-11-21T10:57:30.589+0000] {dagbag.py:387} ERROR - Failed to import: /opt/airflow/dags/risk_feature_daily.py\nTraceback (most recent call last):\n  File "/opt/airflow/dags/risk_feature_daily.py", line 3, in <module>\n    from riskfeat.graph import GraphBuilder\nModuleNotFoundError: No module named \'riskfeat\'',
  },
  {
    id: 'python/interpreter-missing',
    code: 'dependency.python_env',
    seen: 'typed from spark PythonWorkerFactory and java.lang.ProcessBuilder',
    text: '24/05/05 12:00:00 WARN TaskSetManager: Lost task 0.0 in stage 1.0 (TID 1) (h1 executor 1): java.io.IOException: Cannot run program "/opt/venv/bin/python3.9": error=2, No such file or directory',
  },
  {
    id: 'python/interpreter-missing',
    code: 'dependency.python_env',
    seen: 'typed from spark 2.3+ PythonWorkerFactory',
    text: '24/05/05 12:00:00 ERROR Executor: Exception in task 1.0 in stage 9.0 (TID 408)\norg.apache.spark.SparkException: Python worker failed to connect back.',
  },
  {
    id: 'python/interpreter-missing',
    code: 'dependency.python_env',
    seen: 'typed from pyspark require_minimum_pyarrow_version',
    by: 'user_program',
    text: 'ImportError: PyArrow >= 1.0.0 must be installed; however, it was not found.',
  },
  {
    id: 'python/interpreter-missing',
    code: 'not this',
    seen: 'near miss: another program is missing',
    text: '24/05/05 12:00:00 WARN Shell: java.io.IOException: Cannot run program "/usr/bin/groups": error=2, No such file or directory',
  },
];
