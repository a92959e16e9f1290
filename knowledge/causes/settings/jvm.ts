import type { Setting } from '../cause.ts';
import { GIB, MIB, SECOND_MS, TIB } from './units.ts';

/** Options of the HotSpot JVM. */
export const JVM_SETTINGS: readonly Setting[] = [
  {
    key: '-Xmx',
    engine: 'jvm',
    unit: 'bytes',
    min: 16 * MIB,
    max: TIB,
    meaning: { en: 'Largest heap of the JVM', zh: 'JVM 最大堆内存' },
  },
  {
    key: '-XX:MaxDirectMemorySize',
    engine: 'jvm',
    unit: 'bytes',
    min: MIB,
    max: TIB,
    meaning: { en: "Limit on direct buffers; the heap's size when not set", zh: '直接缓冲区上限；未设置时等于堆大小' },
  },
  {
    key: '-XX:MaxMetaspaceSize',
    engine: 'jvm',
    since: '8',
    unit: 'bytes',
    min: 16 * MIB,
    max: 64 * GIB,
    meaning: { en: 'Limit on class metadata; none when not set', zh: '元空间上限；未设置时不限' },
  },
  {
    key: '-XX:+UseG1GC',
    engine: 'jvm',
    since: '7',
    unit: 'boolean',
    values: ['true', 'false'],
    meaning: {
      en: 'Chooses the G1 collector; the default on servers since 9',
      zh: '选择 G1 回收器；9 起在服务器上为默认',
    },
  },
  {
    key: '-XX:MaxGCPauseMillis',
    engine: 'jvm',
    unit: 'duration',
    default: '200',
    min: 10,
    max: 60 * SECOND_MS,
    meaning: { en: 'Pause that G1 aims at, in ms; a goal, not a limit', zh: 'G1 的目标停顿（毫秒），只是目标而非上限' },
  },
  {
    key: '-XX:NativeMemoryTracking',
    engine: 'jvm',
    since: '8',
    unit: 'text',
    default: 'off',
    values: ['off', 'summary', 'detail'],
    meaning: { en: 'Whether the JVM counts its native memory', zh: 'JVM 是否统计本地内存' },
  },
  {
    key: '-XX:+UnlockDiagnosticVMOptions',
    engine: 'jvm',
    unit: 'boolean',
    default: 'false',
    values: ['true', 'false'],
    meaning: {
      en: 'Allows options meant for diagnosis, which are refused otherwise',
      zh: '允许使用诊断类参数，否则会被拒绝',
    },
  },
  {
    key: '-XX:ErrorFile',
    engine: 'jvm',
    unit: 'text',
    meaning: { en: 'Where the JVM writes its crash report', zh: 'JVM 崩溃报告的写入位置' },
  },
  {
    key: '-XX:ParallelGCThreads',
    engine: 'jvm',
    unit: 'count',
    min: 1,
    max: 256,
    meaning: {
      en: 'Threads of the collector; follows the CPU limit when not set',
      zh: '回收线程数；未设置时随 CPU 上限而定',
    },
  },
  {
    key: '-Djava.io.tmpdir',
    engine: 'jvm',
    unit: 'text',
    default: '/tmp',
    meaning: { en: 'Directory for temporary files of the JVM', zh: 'JVM 的临时文件目录' },
  },
];
