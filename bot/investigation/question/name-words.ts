/** Words that stand where a job's name could stand and are none: parts of the platform, verbs, pronouns. Lower case. */
export const NOT_A_NAME: ReadonlySet<string> = new Set(
  `it this that nothing something everything anything nobody somebody half both most many several they we you i he she my our your their the a an any some all every each one two three another same other
  job jobs task tasks stage stages app apps application applications run runs dag dags workflow workflows pipeline pipelines
  query queries container containers executor executors driver drivers worker workers node nodes host hosts cluster queue
  queues pool partition partitions data input output shuffle spill memory heap disk disks cpu gpu network kernel gc jvm oom
  spark pyspark flink yarn hadoop hdfs hive kafka airflow alluxio celeborn fluid kubernetes k8s emr livy presto trino java
  python scala sql rm nm nn dn am rss ess namenode datanode nodemanager resourcemanager jobmanager taskmanager scheduler
  master metastore service server client user session thread process pod pods log logs error errors exception failure
  failed fail fails failing slow slower hang hangs hung stuck killed dead died dies lost finished running pending accepted
  is are was were be been has have had do does did can could will would should may might must not no now again today
  yesterday tonight only just still even also why what who when where how which there here then than with without from for
  and or but so if of on in at to by as up down out off over after before during since about into onto please help hi hello
  action actions step batch code script table tables read write reads writes map reduce join sort merge broadcast checkpoint
  checkpoints sink source operator back-pressure udf etl id ids name names time hour day week number count size`.split(
    /\s+/,
  ),
);

/** Hyphenated English and tool names that look like names of jobs. */
export const HYPHENATED: ReadonlySet<string> = new Set(
  `out-of-memory out-of-date up-to-date end-to-end one-by-one step-by-step day-to-day back-to-back state-of-the-art on-the-fly
  point-in-time time-to-live first-in-first-out all-or-nothing so-called map-side-join read-write-lock node-to-node
  worst-case-scenario spark-submit spark-shell spark-sql spark-shuffle spark-defaults exit-code re-run re-try retry-wait
  pre-emption low-prio high-prio off-heap on-heap sub-second multi-tenant read-only write-only one-off long-running
  user-defined well-known back-fill check-point work-around time-out over-commit`.split(/\s+/),
);

/** Parts that make a word with underscores a setting, a metric, a column or a function. */
export const TECHNICAL_ENDING =
  /_(?:id|ids|adj|memcg|mb|kb|gb|ms|sec|secs|seconds|bytes|enabled|timeout|threshold|per_dag|per_loop|num|cnt|dir|path|dirs|locking|config|conf|param|rdd|fn|func|udf|limit_in_bytes|in_bytes|usage|pct|ratio|percent)$/i;

/** The first part of keys and packages. */
export const KEY_PREFIX =
  /^(?:spark|yarn|hadoop|mapreduce|mapred|dfs|fs|ipc|java|javax|jdk|sun|scala|org|com|io|net|cn|hive|alluxio|celeborn|taskmanager|jobmanager|execution|state|rest|table|restart-strategy|core|scheduler|database|celery|python|sys|os|np|pd|df|self|kubernetes|resources|memory|cpu|vm|kernel)\./i;

/** Camel-case words of the platform: its classes, components and products. */
export const PLATFORM_CLASS =
  /(?:Exception|Error|Manager|Master|Node|Failed|Failure|Killed|Context|Scheduler|Executor|Driver|Service|Server|Client|Handler|Listener|Strategy|Reader|Writer|Endpoint|Backend|Session|Frame|Format|Codegen|Exchange|Scan|Hub|Query|Lake|Search|Script|Base|Bench|Table)$|^(?:Spark|Py|Yarn|Hadoop|Java|Flink|Elastic|Airflow|Map|Power|My|Post|Maria|Mongo|Click(?=House)|Big|Broadcast|SortMerge|Hash|Whole|Batch|Create|Get|Open|Push|Fetch|Register|Reserve|Commit|Read|Write|File|Block|Task|Stage|Job|Application|Container|Direct|Native|Out|Null|Class|Illegal|No|Java|Kube|Git|Open|Light|Data|Name|Node|Resource|Safe|Zoo|Rocks|G1)[A-Z]/;
