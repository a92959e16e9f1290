import type { Setting } from '../cause.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from './units.ts';

/** Settings of Alluxio 2.9. */
export const ALLUXIO_SETTINGS: readonly Setting[] = [
  {
    key: 'alluxio.master.hostname',
    engine: 'alluxio',
    unit: 'text',
    meaning: { en: 'Address of the master', zh: 'master 的地址' },
  },
  {
    key: 'alluxio.master.metastore',
    engine: 'alluxio',
    since: '2.0',
    unit: 'text',
    default: 'ROCKS',
    values: ['ROCKS', 'HEAP'],
    meaning: { en: 'Where the master keeps metadata: on disk or on its heap', zh: 'master 元数据存放位置：磁盘或堆' },
  },
  {
    key: 'alluxio.master.worker.timeout',
    engine: 'alluxio',
    unit: 'duration',
    default: '5min',
    min: 10 * SECOND_MS,
    max: HOUR_MS,
    meaning: { en: 'A worker silent for this long counts as lost', zh: 'worker 沉默多久后视为丢失' },
  },
  {
    key: 'alluxio.user.rpc.retry.max.duration',
    engine: 'alluxio',
    unit: 'duration',
    default: '2min',
    min: SECOND_MS,
    max: HOUR_MS,
    meaning: { en: 'How long a client retries its calls', zh: '客户端调用的最长重试时间' },
  },
  {
    key: 'alluxio.user.streaming.data.read.timeout',
    engine: 'alluxio',
    since: '2.9',
    unit: 'duration',
    default: '3m',
    min: 10 * SECOND_MS,
    max: HOUR_MS,
    meaning: { en: 'Timeout of reading a piece of data', zh: '读取一段数据的超时' },
  },
  {
    key: 'alluxio.user.file.metadata.sync.interval',
    engine: 'alluxio',
    since: '2.0',
    unit: 'duration',
    default: '-1',
    min: -1,
    max: 30 * DAY_MS,
    meaning: {
      en: 'How old cached metadata may be; -1 never checks the store below',
      zh: '缓存元数据的最长有效时间；-1 表示从不检查底层存储',
    },
  },
  {
    key: 'alluxio.user.file.readtype.default',
    engine: 'alluxio',
    unit: 'text',
    default: 'CACHE',
    values: ['CACHE', 'CACHE_PROMOTE', 'NO_CACHE'],
    meaning: { en: 'Whether what is read is cached', zh: '读取的数据是否缓存' },
  },
  {
    key: 'alluxio.user.file.passive.cache.enabled',
    engine: 'alluxio',
    unit: 'boolean',
    default: 'true',
    values: ['true', 'false'],
    meaning: { en: 'Whether remote reads also make a local copy', zh: '远程读取时是否再缓存本地副本' },
  },
  {
    key: 'alluxio.worker.tieredstore.level0.dirs.quota',
    engine: 'alluxio',
    unit: 'text',
    meaning: { en: "Size of a worker's cache on its first tier", zh: 'worker 第一层缓存的容量' },
  },
];
