import type { Cause } from './cause.ts';

/** Causes in libraries and environments. */
export const DEPENDENCY_CAUSES: readonly Cause[] = [
  {
    code: 'dependency.version_conflict',
    title: { en: 'Two versions do not fit together', zh: '依赖版本冲突' },
    meaning: {
      en: 'Two versions of a library, or of client and server, do not fit together',
      zh: '同一依赖库的两个版本，或客户端与服务端版本不匹配',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The JVM refuses to link a method, class file or serialised class, naming it; or client and server state versions that do not fit',
        zh: 'JVM 拒绝链接某个方法、类文件或序列化类并指明其名；或客户端与服务端声明的版本不匹配',
      },
      provenance: ['jvm', 'engine', 'user_process'],
      completeStatements: ['linkage_error', 'class_file_version_refusal', 'serial_version_mismatch'],
    },
    suggestedBy: [
      {
        en: 'The library is on the class path twice, or changed with the last release',
        zh: '该库在类路径上出现两次，或随上次发布变更',
      },
    ],
    refutedBy: [{ en: 'The class is on no class path at all', zh: '类路径上根本没有这个类' }],
    remediations: [
      {
        statement: {
          en: "Shade the library in the job's jar, or use the version that the engine brings",
          zh: '在作业 jar 中重定位（shade）该库，或改用引擎自带的版本',
        },
        settings: ['spark.jars', 'spark.jars.packages'],
        by: 'user',
        section: 'use-one-version-or-shade-it',
      },
      {
        statement: { en: "Let the job's own jars come first on the class path", zh: '让作业自带的 jar 优先加载' },
        settings: ['spark.driver.userClassPathFirst', 'spark.executor.userClassPathFirst'],
        by: 'user',
        section: 'let-the-jars-of-the-job-come-first',
      },
    ],
    standing: 'recorded',
    runbook: 'dependency-version-conflict',
  },
  {
    code: 'dependency.class_missing',
    title: { en: 'Class or jar absent', zh: '缺少类或 jar' },
    meaning: { en: 'A class or the jar that holds it is absent', zh: '缺少某个类或包含它的 jar' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The JVM or engine names a class, data source or file system for which nothing is on the class path',
        zh: 'JVM 或引擎指明某个类、数据源或文件系统在类路径上不存在',
      },
      provenance: ['jvm', 'engine', 'user_process'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The job was submitted without a jar that the earlier runs had', zh: '本次提交缺少以往运行带有的 jar' },
    ],
    refutedBy: [
      { en: 'The class is there in another version', zh: '该类存在，只是版本不同' },
      {
        en: 'The class was found and its initialisation failed with another exception',
        zh: '类已找到，但其初始化因其他异常失败',
      },
    ],
    remediations: [
      {
        statement: { en: 'Submit the jar with the job', zh: '提交作业时带上该 jar' },
        settings: ['spark.jars', 'spark.jars.packages', 'spark.driver.extraClassPath', 'spark.executor.extraClassPath'],
        by: 'user',
        section: 'submit-the-jar-with-the-job',
      },
      {
        statement: {
          en: 'Put the library on all hosts where it belongs to the platform',
          zh: '若属于平台组件，则在所有主机上安装',
        },
        settings: ['HADOOP_CLASSPATH'],
        by: 'platform',
        section: 'install-the-library-on-all-hosts',
      },
    ],
    standing: 'recorded',
    runbook: 'dependency-class-missing',
  },
  {
    code: 'dependency.python_env',
    title: { en: 'Wrong Python environment', zh: 'Python 环境不正确' },
    meaning: {
      en: 'The Python version or package set of the workers is wrong',
      zh: 'worker 的 Python 版本或包集合不正确',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The worker states another Python version than the driver's, or a module that cannot be imported",
        zh: 'worker 声明的 Python 版本与 Driver 不同，或某模块无法导入',
      },
      provenance: ['engine', 'user_process', 'workflow_engine', 'jvm'],
      completeStatements: ['python_version_mismatch'],
    },
    suggestedBy: [
      {
        en: 'Only some hosts fail, or only the executors while the driver imports well',
        zh: '只有部分主机失败，或 Driver 能导入而 Executor 不能',
      },
    ],
    refutedBy: [
      {
        en: "The import fails on the driver as well, by a fault in the job's own module",
        zh: 'Driver 同样导入失败，原因是作业自身模块有错',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Ship the environment with the job, and use the same interpreter on driver and workers',
          zh: '随作业分发环境，并让 Driver 与 worker 使用同一解释器',
        },
        settings: ['spark.archives', 'spark.pyspark.python', 'spark.pyspark.driver.python', 'spark.submit.pyFiles'],
        by: 'user',
        section: 'ship-the-environment-with-the-job',
      },
      {
        statement: {
          en: 'Install the package on all workers, or roll the change back',
          zh: '在所有 worker 上安装该包，或回滚变更',
        },
        settings: [],
        by: 'platform',
        section: 'install-the-package-or-roll-back',
      },
    ],
    standing: 'recorded',
    runbook: 'dependency-python-env',
  },
];
