import type { SignatureCase } from './signature-case.ts';

export const SHUFFLE_SERVICE_CASES: readonly SignatureCase[] = [
  {
    id: 'shuffle-service/unsupported-manager',
    code: 'config.shuffle_service_mismatch',
    seen: 'question q015',
    completeStatement: 'unsupported_shuffle_manager',
    values: { shuffleManager: 'org.apache.spark.shuffle.sort.ColumnarShuffleManager' },
    text: '26/05/03 14:44:37 ERROR YarnClusterScheduler: Lost executor 590 on 10.163.37.207: Unable to create executor due to Unable to register with external shuffle server due to : java.lang.UnsupportedOperationException: Unsupported shuffle manager of executor: ExecutorShuffleInfo[localDirs=[/data1/emr/yarn/local/blockmgr-c0,...],subDirsPerLocalDir=64,shuffleManager=org.apache.spark.shuffle.sort.ColumnarShuffleManager]\n\tat org.apache.spark.network.shuffle.ExternalShuffleBlockResolver.registerExecutor(ExternalShuffleBlockResolver.java:155)',
  },
  {
    id: 'shuffle-service/unsupported-manager',
    code: 'config.shuffle_service_mismatch',
    seen: 'typed from hadoop InvalidAuxServiceException',
    values: { shuffleManager: 'spark_shuffle' },
    text: '24/05/05 12:00:00 ERROR YarnAllocator: Failed to launch executor 1 on container container_1795259698281_0018_01_000003\norg.apache.hadoop.yarn.exceptions.InvalidAuxServiceException: The auxService:spark_shuffle does not exist',
  },
  {
    id: 'shuffle-service/unsupported-manager',
    code: 'config.shuffle_service_mismatch',
    seen: 'typed from spark SaslMessage',
    by: 'node_manager',
    text: '2024-05-05 12:00:00,000 ERROR org.apache.spark.network.server.TransportRequestHandler: Error while invoking RpcHandler#receive() on RPC id 5\njava.lang.IllegalStateException: Expected SaslMessage, received something else (maybe your client does not have SASL enabled?)',
  },
  {
    id: 'shuffle-service/cannot-register',
    code: 'shuffle.external_service_unavailable',
    seen: 'capture celeborn-007, driver log (standalone)',
    keys: { executorId: '0', host: 'spark-n1' },
    text: '26/11/21 11:04:13 ERROR TaskSchedulerImpl: Lost executor 0 on spark-n1: Unable to create executor due to Unable to register with external shuffle server due to : Failed to connect to spark-n1/127.0.10.31:7337',
  },
  {
    id: 'shuffle-service/cannot-register',
    code: 'shuffle.external_service_unavailable',
    seen: 'capture celeborn-007, executor stderr',
    by: 'spark_executor',
    text: '26/11/21 11:03:50 ERROR BlockManager: Failed to connect to external shuffle server, will retry 2 more times after waiting 5 seconds...',
  },
  {
    id: 'shuffle-service/executor-unknown',
    code: 'shuffle.external_service_unavailable',
    seen: 'typed from spark ExternalShuffleBlockResolver',
    keys: { executorId: '12', applicationId: 'application_1795259698281_0018' },
    text: '24/05/05 12:00:00 WARN TaskSetManager: Lost task 3.0 in stage 4.0 (TID 44) (h2 executor 5): FetchFailed(BlockManagerId(12, h9, 7447, None), shuffleId=1, mapIndex=3, mapId=3, reduceId=3, message=\norg.apache.spark.shuffle.FetchFailedException: Failure while fetching StreamChunkId[streamId=1,chunkIndex=0]: java.lang.RuntimeException: Executor is not registered (appId=application_1795259698281_0018, execId=12)',
  },
  {
    id: 'shuffle-service/executor-unknown',
    code: 'not this',
    seen: 'near miss: capture slow-001, clean-up at the end of every application',
    by: 'spark_worker',
    text: '26/11/21 10:27:29 INFO ExternalShuffleBlockResolver: Executor is not registered (appId=app-20261121102619-0000, execId=0)',
  },
  {
    id: 'shuffle-service/port-silent',
    code: 'shuffle.external_service_unavailable',
    seen: 'typed from spark TransportClientFactory, port of the service',
    keys: { host: 'h9' },
    text: '24/05/05 12:00:00 ERROR RetryingBlockFetcher: Exception while beginning fetch of 3 outstanding blocks\njava.io.IOException: Failed to connect to h9/10.0.0.9:7337',
  },
  {
    id: 'shuffle-service/push-merge',
    code: 'shuffle.external_service_unavailable',
    seen: 'typed from spark ShuffleBlockPusher 3.2+',
    by: 'spark_executor',
    text: '24/05/05 12:00:00 WARN ShuffleBlockPusher: Pushing block shufflePush_0_0_4_12 to BlockManagerId(3, h3, 7337, None) failed.',
  },
];
