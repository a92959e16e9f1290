import type { SignatureCase } from './signature-case.ts';

const IN_TASK = '25/05/05 12:00:00 ERROR Executor: Exception in task 1.0 in stage 9.0 (TID 408)\n';

export const STORE_CASES: readonly SignatureCase[] = [
  {
    id: 'store/object-store-throttles',
    code: 'storage.object_store_throttle',
    seen: 'typed from AWS SDK for Java 1 through S3A',
    by: 'spark_executor',
    values: { errorCode: 'SlowDown' },
    text: `${IN_TASK}org.apache.hadoop.fs.s3a.AWSServiceIOException: upload part on x: com.amazonaws.services.s3.model.AmazonS3Exception: Please reduce your request rate. (Service: Amazon S3; Status Code: 503; Error Code: SlowDown; Request ID: 1)`,
  },
  {
    id: 'store/object-store-throttles',
    code: 'storage.object_store_throttle',
    seen: 'typed from OSS error codes',
    by: 'spark_executor',
    text: `${IN_TASK}com.aliyun.oss.OSSException: The bandwidth is over the limit. [ErrorCode]: DownloadTrafficRateLimitExceeded`,
  },
  {
    id: 'store/object-store-throttles',
    code: 'storage.object_store_throttle',
    seen: 'typed from Azure storage',
    by: 'spark_executor',
    text: `${IN_TASK}Operation failed: "Operations per second is over the account limit.", 503, PUT, https://x.dfs.core.windows.net`,
  },
  {
    id: 'store/object-store-throttles',
    code: 'not this',
    seen: 'near miss: a service that is simply down',
    by: 'spark_executor',
    text: `${IN_TASK}java.io.IOException: Server returned HTTP response code: 503 for URL: http://x/ Service Unavailable`,
  },
  {
    id: 'store/commit-conflict',
    code: 'storage.commit_conflict',
    seen: 'typed from iceberg 1.x',
    text: "Exception in thread \"main\" org.apache.iceberg.exceptions.CommitFailedException: Cannot commit: Base metadata location 's3a://b/1' is not same as the current table metadata location 's3a://b/2'",
  },
  {
    id: 'store/commit-conflict',
    code: 'storage.commit_conflict',
    seen: 'typed from delta 2.x-3.x',
    text: 'Exception in thread "main" io.delta.exceptions.ConcurrentAppendException: Files were added to the root of the table by a concurrent update. Please try the operation again.',
  },
  {
    id: 'store/commit-conflict',
    code: 'storage.commit_conflict',
    seen: 'typed from hudi 0.8-0.14',
    text: 'Exception in thread "main" org.apache.hudi.exception.HoodieWriteConflictException: java.util.ConcurrentModificationException: Cannot resolve conflicts for overlapping writes',
  },
  {
    id: 'store/commit-conflict',
    code: 'not this',
    seen: 'near miss: an offset commit of a Kafka consumer',
    by: 'spark_executor',
    text: `${IN_TASK}org.apache.kafka.clients.consumer.CommitFailedException: Offset commit cannot be completed since the consumer is not part of an active group`,
  },
  {
    id: 'store/output-exists',
    code: 'code.user_code',
    seen: 'typed from spark 3.4+',
    keys: { path: 'hdfs://ns1/out' },
    text: 'Exception in thread "main" org.apache.spark.sql.AnalysisException: [PATH_ALREADY_EXISTS] Path hdfs://ns1/out already exists. Set mode as "overwrite" to overwrite the existing path.',
  },
  {
    id: 'store/output-exists',
    code: 'code.user_code',
    seen: 'typed from hadoop FileOutputFormat',
    text: 'Exception in thread "main" org.apache.hadoop.mapred.FileAlreadyExistsException: Output directory hdfs://ns1/out already exists',
  },
  {
    id: 'store/metastore',
    code: 'storage.metastore',
    seen: 'question q045',
    by: 'asker',
    values: { metastore: 'embedded' },
    text: 'Caused by: MetaException(message:Version information not found in metastore. )\n        at org.apache.hadoop.hive.metastore.ObjectStore.checkSchema(ObjectStore.java:6664)',
  },
  {
    id: 'store/metastore',
    code: 'storage.metastore',
    seen: 'typed from hive HiveMetaStoreClient',
    text: 'Exception in thread "main" MetaException(message:Could not connect to meta store using any of the URIs provided. Most recent failure: org.apache.thrift.transport.TTransportException: java.net.ConnectException: Connection refused)',
  },
  {
    id: 'store/metastore',
    code: 'storage.metastore',
    seen: 'typed from hive ObjectStore',
    values: { schemaWanted: '2.3.0', schemaFound: '1.2.0' },
    text: "Caused by: MetaException(message:Hive Schema version 2.3.0 does not match metastore's schema version 1.2.0 Metastore is not upgraded or corrupt)",
  },
  {
    id: 'store/metastore',
    code: 'storage.metastore',
    seen: 'typed from derby',
    text: 'Caused by: ERROR XSDB6: Another instance of Derby may have already booted the database /home/u/metastore_db.',
  },
  {
    id: 'store/commit-conflict',
    code: 'storage.commit_conflict',
    seen: 'typed from spark structured streaming 2.3+',
    text: '25/05/05 12:00:00 ERROR MicroBatchExecution: Query failed\njava.util.ConcurrentModificationException: Multiple streaming jobs detected for 42',
  },
  {
    id: 'store/commit-conflict',
    code: 'storage.commit_conflict',
    seen: 'typed from hive DbTxnManager',
    text: 'FAILED: Error in acquiring locks: Locks on the underlying objects cannot be acquired after 100 attempts. retry after some time',
  },
];
