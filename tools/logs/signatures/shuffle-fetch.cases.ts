import type { SignatureCase } from './signature-case.ts';

const FETCH =
  '24/05/05 12:00:00 WARN TaskSetManager: Lost task 3.0 in stage 4.0 (TID 44) (h2 executor 5): FetchFailed(BlockManagerId(7, h9, 40111, None), shuffleId=1, mapIndex=3, mapId=3, reduceId=3, message=\n';

export const SHUFFLE_FETCH_CASES: readonly SignatureCase[] = [
  {
    id: 'shuffle-fetch/output-location-missing',
    code: 'shuffle.executor_lost',
    seen: 'typed from spark MapOutputTracker 3.2+',
    kind: 'inferred',
    keys: { shuffleId: 3 },
    text: '24/05/05 12:00:00 WARN TaskSetManager: Lost task 3.0 in stage 4.0 (TID 44) (h2 executor 5): FetchFailed(null, shuffleId=3, mapIndex=-1, mapId=-1, reduceId=0, message=\norg.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 3 partition 0',
  },
  {
    id: 'shuffle-fetch/output-location-missing',
    code: 'shuffle.executor_lost',
    seen: 'typed from spark 1.6-3.1',
    text: 'org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 0',
  },
  {
    id: 'shuffle-fetch/peer-gone',
    code: 'shuffle.executor_lost',
    seen: 'typed from spark 2.x-4.x',
    text: `${FETCH}org.apache.spark.shuffle.FetchFailedException: Failed to connect to h9/10.0.0.9:40111\n\tat org.apache.spark.storage.ShuffleBlockFetcherIterator.throwFetchFailedException(ShuffleBlockFetcherIterator.scala:554)`,
  },
  {
    id: 'shuffle-fetch/peer-gone',
    code: 'shuffle.executor_lost',
    seen: 'typed from spark TransportResponseHandler',
    text: `${FETCH}org.apache.spark.shuffle.FetchFailedException: Connection from h9/10.0.0.9:40111 closed`,
  },
  {
    id: 'shuffle-fetch/peer-gone',
    code: 'not this',
    seen: 'near miss: capture celeborn-002, a remote shuffle names itself',
    text: '26/11/21 11:48:30 WARN TaskSetManager: Lost task 6.0 in stage 1.0 (TID 10) (spark-n2 executor 1): FetchFailed(null, shuffleId=0, mapIndex=-1, mapId=-1, reduceId=6, message=\norg.apache.spark.shuffle.FetchFailedException: Celeborn FetchFailure appShuffleId/shuffleId: 0/0\nCaused by: java.io.IOException: Failed to connect to rss-w2/127.0.0.2:9202',
  },
  {
    id: 'shuffle-fetch/files-gone',
    code: 'shuffle.executor_lost',
    seen: 'typed from spark IndexShuffleBlockResolver',
    text: `${FETCH}org.apache.spark.shuffle.FetchFailedException: java.lang.RuntimeException: java.io.FileNotFoundException: /data1/yarn/blockmgr-1/0c/shuffle_1_3_0.index (No such file or directory)`,
  },
  {
    id: 'shuffle-fetch/damaged',
    code: 'shuffle.corruption',
    seen: 'platform-texts-and-interfaces.md C5 (spark 3.2+)',
    kind: 'observed',
    by: 'spark_executor',
    values: { diagnosis: 'DISK_ISSUE' },
    text: '24/05/05 12:00:00 WARN ShuffleBlockFetcherIterator: Block shuffle_1_3_3 is corrupted due to DISK_ISSUE',
  },
  {
    id: 'shuffle-fetch/damaged',
    code: 'shuffle.corruption',
    seen: 'platform-texts-and-interfaces.md C5',
    by: 'spark_executor',
    values: { diagnosis: 'checksum verification passed' },
    text: '24/05/05 12:00:00 WARN ShuffleBlockFetcherIterator: Block shuffle_1_3_3 is corrupted but checksum verification passed',
  },
  {
    id: 'shuffle-fetch/damaged',
    code: 'shuffle.corruption',
    seen: 'typed from snappy-java in a shuffle reader (spark 1.6-3.1)',
    kind: 'inferred',
    text: `${FETCH}org.apache.spark.shuffle.FetchFailedException: FAILED_TO_UNCOMPRESS(5)\n\tat org.xerial.snappy.SnappyInputStream.hasNextChunk(SnappyInputStream.java:418)\n\tat org.apache.spark.storage.ShuffleBlockFetcherIterator.next(ShuffleBlockFetcherIterator.scala:512)`,
  },
  {
    id: 'shuffle-fetch/damaged',
    code: 'shuffle.corruption',
    seen: 'typed from lz4-java in a spill reader',
    by: 'spark_executor',
    text: '24/05/05 12:00:00 ERROR Executor: Exception in task 1.0 in stage 9.0 (TID 408)\njava.io.IOException: Stream is corrupted\n\tat net.jpountz.lz4.LZ4BlockInputStream.refill(LZ4BlockInputStream.java:250)\n\tat org.apache.spark.util.collection.unsafe.sort.UnsafeSorterSpillReader.<init>(UnsafeSorterSpillReader.java:76)',
  },
  {
    id: 'shuffle-fetch/damaged',
    code: 'shuffle.corruption',
    seen: 'real-servers.md (Celeborn: LZ4 corruption)',
    by: 'spark_executor',
    text: '26/11/21 11:48:30 ERROR Executor: Exception in task 6.0 in stage 1.0 (TID 10)\njava.io.IOException: Checksum not equal! expected: 12345, actual: 54321\n\tat org.apache.celeborn.client.compress.Lz4Decompressor.decompress(Lz4Decompressor.java:80)',
  },
  {
    id: 'shuffle-fetch/damaged',
    code: 'not this',
    seen: 'near miss: the same decoder reading an input file',
    by: 'spark_executor',
    text: '24/05/05 12:00:00 ERROR Executor: Exception in task 1.0 in stage 9.0 (TID 408)\njava.io.IOException: FAILED_TO_UNCOMPRESS(5)\n\tat org.xerial.snappy.SnappyNative.rawUncompress(Native Method)\n\tat org.apache.parquet.hadoop.codec.SnappyDecompressor.decompress(SnappyDecompressor.java:62)\n\tat org.apache.parquet.column.page.PageReader.readPage(PageReader.java:10)',
  },
  {
    id: 'shuffle-fetch/block-too-large',
    code: 'shuffle.block_too_large',
    seen: 'typed from spark TransportFrameDecoder 2.x',
    values: { blockBytes: 2991947178 },
    text: `${FETCH}org.apache.spark.shuffle.FetchFailedException: Too large frame: 2991947178`,
  },
  {
    id: 'shuffle-fetch/block-too-large',
    code: 'shuffle.block_too_large',
    seen: 'typed from spark 1.x-2.2 DiskStore',
    text: '16/05/05 12:00:00 WARN TaskSetManager: Lost task 3.0 in stage 4.0 (TID 44, h2): java.lang.IllegalArgumentException: Size exceeds Integer.MAX_VALUE\n\tat sun.nio.ch.FileChannelImpl.map(FileChannelImpl.java:869)\n\tat org.apache.spark.storage.DiskStore.getBytes(DiskStore.scala:125)',
  },
  {
    id: 'shuffle-fetch/block-too-large',
    code: 'config.wrong_path_or_endpoint',
    seen: 'typed from spark issue threads: an HTTP answer read as a frame length',
    kind: 'inferred',
    text: '24/05/05 12:00:00 WARN TransportChannelHandler: Exception in connection from h9/10.0.0.9:8080\njava.lang.IllegalArgumentException: Too large frame: 5785721462337832960',
  },
];
