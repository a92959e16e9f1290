import type { Cause } from './cause.ts';

/** Causes in the input and output data. */
export const DATA_CAUSES: readonly Cause[] = [
  {
    code: 'data.small_files',
    title: { en: 'Too many small files', zh: '小文件过多' },
    meaning: {
      en: 'There are too many files or partitions to list, open, write or commit',
      zh: '文件或分区过多，列举、打开、写入或提交都很慢',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The number of files read or written is out of proportion to their bytes, and listing, opening or committing them takes the time',
        zh: '读写的文件数与字节数不成比例，时间花在列举、打开或提交上',
      },
      provenance: ['engine', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Thousands of tasks with little input each, or a long commit after the last task',
        zh: '数千个输入很小的 Task，或最后一个 Task 之后提交很久',
      },
    ],
    refutedBy: [
      { en: 'The usual run handles as many files in less time', zh: '平时的运行处理同样多的文件却更快' },
      { en: 'Files are few or large', zh: '文件很少或很大' },
    ],
    remediations: [
      {
        statement: {
          en: 'Write fewer files: repartition by the partition column before the write',
          zh: '减少输出文件：写出前按分区列重新分区',
        },
        settings: ['spark.sql.shuffle.partitions', 'spark.sql.files.maxRecordsPerFile'],
        by: 'user',
        section: 'write-fewer-files',
      },
      {
        statement: {
          en: 'Compact the input, and pack small files into one task while reading',
          zh: '合并输入小文件，读取时把多个小文件并入一个 Task',
        },
        settings: [
          'spark.sql.files.maxPartitionBytes',
          'spark.sql.files.openCostInBytes',
          'spark.sql.sources.parallelPartitionDiscovery.threshold',
        ],
        by: 'user',
        section: 'compact-the-input-and-pack-small-files',
      },
      {
        statement: {
          en: 'Limit the number of names per directory tree and report who makes them',
          zh: '限制目录树下的文件数并找出产生者',
        },
        settings: ['dfs.namenode.fs-limits.max-directory-items'],
        by: 'platform',
        section: 'limit-the-names-and-find-who-makes-them',
      },
    ],
    standing: 'recorded',
    runbook: 'data-small-files',
  },
  {
    code: 'data.file_changed',
    title: { en: 'Files changed under the reader', zh: '文件在读取期间被改动' },
    meaning: {
      en: 'Files were replaced or deleted under a running reader or behind the catalog',
      zh: '文件在读取期间或绕过元数据目录被替换、删除',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'A file that the plan listed is gone or has another length or time when it is read, and the storage shows who replaced it',
        zh: '计划中列出的文件在读取时已不存在或长度、时间不同，且存储记录显示是谁替换的',
      },
      provenance: ['engine', 'storage', 'cache', 'user_process', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'The engine advises to refresh the table because files may have been updated',
        zh: '引擎提示文件可能已更新，建议刷新表',
      },
    ],
    refutedBy: [{ en: 'The file never existed, or still exists unchanged', zh: '文件从未存在过，或仍原样存在' }],
    remediations: [
      {
        statement: {
          en: 'Refresh the table before reading, and read from a snapshot or a finished partition',
          zh: '读取前刷新表，并读取快照或已完成的分区',
        },
        settings: ['spark.sql.files.ignoreMissingFiles'],
        by: 'user',
        section: 'refresh-the-table-and-read-what-is-finished',
      },
      {
        statement: {
          en: 'Do not overwrite what others read: write beside it and switch at the end',
          zh: '不要覆盖他人正在读取的数据：写到旁路目录，最后切换',
        },
        settings: ['spark.sql.sources.partitionOverwriteMode'],
        by: 'user',
        section: 'write-beside-and-switch-at-the-end',
      },
    ],
    standing: 'recorded',
    runbook: 'data-file-changed',
  },
  {
    code: 'data.schema_mismatch',
    title: { en: 'File type differs from the declared type', zh: '文件类型与声明类型不一致' },
    meaning: {
      en: 'The type of a column in the files differs from the declared one',
      zh: '文件中某列的类型与声明的类型不一致',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The reader names the file, the column, the type found and the type expected',
        zh: '读取器指明文件、列、实际类型和期望类型',
      },
      provenance: ['engine', 'storage', 'user_process', 'jvm'],
      completeStatements: ['parquet_column_mismatch'],
    },
    suggestedBy: [{ en: 'Only the files of one day or one writer fail', zh: '只有某一天或某个写入方的文件失败' }],
    refutedBy: [{ en: 'The types agree and the bytes of the file are damaged', zh: '类型一致，但文件字节损坏' }],
    remediations: [
      {
        statement: {
          en: 'Rewrite the files with the declared type, or declare the type that the writer uses now',
          zh: '按声明的类型重写文件，或把声明改为写入方现在使用的类型',
        },
        settings: ['spark.sql.parquet.mergeSchema'],
        by: 'user',
        section: 'make-files-and-declaration-agree',
      },
      {
        statement: {
          en: 'Read the column with the slower reader that converts types, until the files are mended',
          zh: '在文件修复前用可转换类型的较慢读取器',
        },
        settings: ['spark.sql.parquet.enableVectorizedReader'],
        by: 'user',
        section: 'read-with-the-converting-reader-for-now',
      },
    ],
    standing: 'recorded',
    runbook: 'data-schema-mismatch',
  },
  {
    code: 'data.parse_error',
    title: { en: 'Records cannot be parsed', zh: '记录无法解析' },
    meaning: { en: 'Records cannot be parsed or deserialised', zh: '记录无法解析或反序列化' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The exception names the value or record that cannot be parsed, and the parser that refused it',
        zh: '异常指明无法解析的值或记录，以及拒绝它的解析器',
      },
      provenance: ['engine', 'user_process', 'workflow_engine', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Failures that follow one partition of the data through all attempts',
        zh: '失败在所有重试中都跟随同一份数据',
      },
    ],
    refutedBy: [{ en: 'Another attempt reads the same records without error', zh: '另一次尝试能正常读取相同记录' }],
    remediations: [
      {
        statement: {
          en: 'Handle bad records: guard the parser, drop them or write them aside and count them',
          zh: '处理坏记录：为解析加保护，丢弃或另存并计数',
        },
        settings: ['spark.sql.ansi.enabled', 'spark.sql.legacy.timeParserPolicy'],
        by: 'user',
        section: 'handle-bad-records',
      },
      {
        statement: { en: 'Ask the writer of the data what changed in the format', zh: '询问数据写入方格式有何变化' },
        settings: [],
        by: 'user',
        section: 'ask-the-writer-what-changed',
      },
    ],
    standing: 'recorded',
    runbook: 'data-parse-error',
  },
  {
    code: 'data.corrupt_file',
    title: { en: 'File incomplete or damaged', zh: '文件不完整或损坏' },
    meaning: { en: 'A file is incomplete or damaged', zh: '文件不完整或损坏' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The reader finds no valid header or footer in the file, or its checksum differs, on every host and attempt',
        zh: '读取器在任何主机、任何尝试中都发现该文件头尾无效或校验和不符',
      },
      provenance: ['engine', 'storage', 'user_process', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'The file is much shorter than its neighbours, or its writer failed once',
        zh: '文件明显短于同目录其他文件，或其写入曾失败',
      },
    ],
    refutedBy: [
      { en: 'Another replica of the file reads well: a disk is faulty', zh: '该文件的另一副本读取正常：是磁盘故障' },
      { en: 'The failing bytes are of a shuffle or spill file', zh: '出错的是 Shuffle 或溢写文件' },
    ],
    remediations: [
      {
        statement: {
          en: 'Write the file again; meanwhile skip it knowingly and count what is missing',
          zh: '重新写出该文件；在此之前可明确跳过并统计缺失量',
        },
        settings: ['spark.sql.files.ignoreCorruptFiles'],
        by: 'user',
        section: 'write-the-file-again',
      },
      {
        statement: { en: 'Use a committer that shows only finished files', zh: '使用只暴露已完成文件的提交方式' },
        settings: [
          'spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version',
          'spark.sql.sources.commitProtocolClass',
        ],
        by: 'user',
        section: 'publish-finished-files-only',
      },
    ],
    standing: 'recorded',
    runbook: 'data-corrupt-file',
  },
  {
    code: 'data.input_missing',
    title: { en: 'Expected input is absent', zh: '期望的输入不存在' },
    meaning: {
      en: 'The expected partition, path or upstream output is absent or late',
      zh: '期望的分区、路径或上游产出缺失或迟到',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The engine's exception or the storage's audit names the path that does not exist, and its neighbours of other days do",
        zh: '引擎异常或存储审计指明不存在的路径，而其他日期的同级路径存在',
      },
      provenance: ['engine', 'storage', 'workflow_engine', 'user_process', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The run started earlier than usual, or before its upstream ended', zh: '运行比平时早，或早于上游结束' },
    ],
    refutedBy: [
      {
        en: 'The path exists and cannot be read: look at permission or damage',
        zh: '路径存在但无法读取：应看权限或损坏',
      },
      { en: 'No day of that path ever existed: the path itself is wrong', zh: '该路径任何日期都不存在：路径本身写错' },
    ],
    remediations: [
      {
        statement: {
          en: 'Wait for the upstream load or run it again, then run this job',
          zh: '等待上游数据产出或重跑上游，再运行本作业',
        },
        settings: [],
        by: 'user',
        section: 'wait-for-the-upstream-or-run-it-again',
      },
      {
        statement: {
          en: 'Let the job wait for the finished partition instead of a time of day',
          zh: '让作业等待分区完成标记，而不是等待固定时间',
        },
        settings: [],
        by: 'user',
        section: 'wait-for-the-partition-not-for-the-clock',
      },
    ],
    standing: 'recorded',
    runbook: 'data-input-missing',
  },
  {
    code: 'data.input_grew',
    title: { en: 'Input has grown', zh: '输入数据变多' },
    meaning: { en: 'The job is slower because it reads more than before', zh: '作业变慢是因为读取的数据比以前多' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The same stages read more rows or bytes than in the earlier runs, at the same time for each row',
        zh: '相同 Stage 读取的行数或字节数多于以往，而每行耗时不变',
      },
      provenance: ['engine', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'All tasks of the scan take longer alike', zh: '扫描的所有 Task 同样变慢' }],
    refutedBy: [
      { en: 'Input rows and bytes are as before', zh: '输入的行数和字节数与以前相同' },
      {
        en: 'The time for each row has grown too: something else is slower as well',
        zh: '每行耗时也变长：还有其他环节变慢',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Ask the upstream why it wrote more; if it is right, give the job more executors',
          zh: '询问上游为何数据变多；若属正常，则增加 Executor',
        },
        settings: ['spark.executor.instances', 'spark.dynamicAllocation.maxExecutors'],
        by: 'user',
        section: 'ask-why-there-is-more-and-add-executors',
      },
      {
        statement: {
          en: 'Read less: filter by partition and select only the columns in use',
          zh: '减少读取：按分区过滤，只选用到的列',
        },
        settings: [],
        by: 'user',
        section: 'read-less',
      },
    ],
    standing: 'recorded',
    runbook: 'data-input-grew',
  },
];
