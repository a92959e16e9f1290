import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AskedThing, type KnownNames, readAskedThing } from './read-asked-thing.ts';
import { readQuestion } from './read-question.ts';

const NOW = Date.UTC(2026, 10, 21, 17);
const NONE: KnownNames = { hosts: [], queues: [] };
const asked = (text: string, known = NONE) => readAskedThing(readQuestion(text, { now: NOW }), known);
const thing = (kind: AskedThing['kind'], name: string | null) => ({ kind, name });

describe('a host', () => {
  it.each([
    ['what died on node2 last night?', 'node2'],
    ['What was killed on node2 between 02:00 and 03:00?', 'node2'],
    ['which containers crashed on rz-dn011 today', 'rz-dn011'],
    ['on node2, what got killed yesterday?', 'node2'],
    ['any OOM kills on nm-0217b?', 'nm-0217b'],
    ['what happened on k8s-node-31 at 11:24', 'k8s-node-31'],
    ['why did node2 go down', 'node2'],
    ['is node2 healthy?', 'node2'],
    ['node2 昨晚挂了什么', 'node2'],
    ['昨晚 node2 上谁被杀了', 'node2'],
    ['bd-node12 上有哪些进程被 OOM 杀了？', 'bd-node12'],
    ['node2 怎么了', 'node2'],
    ['昨晚有哪些容器挂在 node2 上', 'node2'],
  ])('%s', (text, name) => {
    expect(asked(text)).toEqual(thing('host', name));
  });

  it.each([
    'item_vector_backfill executors die with exit code 137 on bd-node12 only',
    'why did my executor die on node2?',
    'what killed my job on node2 last night',
    'rss-w2 挂了 exactly when ods_order_wide was running, is my data lost?',
    'tasks on nm-0217b fail one after another with IOException, other nodes fine',
    '我的任务在 node2 上挂了，什么原因',
    'item_embedding_score 一直丢 executor，bd-node11 是不是坏了？',
    'what died in container_1700000000000_0042_01_000008 on node2',
    'why is everything slow since node2 was added?',
  ])('is not meant by: %s', (text) => {
    expect(asked(text)).toBeNull();
  });

  it('goes by any name that the platform knows', () => {
    expect(asked('what died on zeus last night?')).toBeNull();
    expect(asked('what died on zeus last night?', { hosts: ['zeus'], queues: [] })).toEqual(thing('host', 'zeus'));
  });
});

describe('a queue', () => {
  it.each([
    ['is queue ads full?', 'ads'],
    ['how full is the adhoc queue', 'adhoc'],
    ['who is using queue root.ads?', 'root.ads'],
    ['does queue etl have room?', 'etl'],
    ['队列 ads 满了吗', 'ads'],
    ['ads 队列现在谁占着？', 'ads'],
    ['which queues are full?', null],
    ['哪个队列满了', null],
  ])('%s', (text, name) => {
    expect(asked(text)).toEqual(thing('queue', name));
  });

  it.each([
    'dwd_order_wide is stuck in queue ads, is the queue full?',
    'my job waits in queue ads, is it full?',
    'a job fails in queue ads, is the queue full?',
    'please switch off preemption for queue adhoc',
    '任务提交到队列 ads 一直不动，是满了吗',
    'the event queue of the driver is full',
  ])('is not meant by: %s', (text) => {
    expect(asked(text)).toBeNull();
  });
});

describe('data in the cache', () => {
  it.each([
    ['is dataset imagenet-1k-train cached?', 'dataset', 'imagenet-1k-train'],
    ['is the table dwd_order_wide in alluxio', 'dataset', 'dwd_order_wide'],
    ['how much of /mnt/alluxio/train is cached?', 'path', '/mnt/alluxio/train'],
    ['imagenet 缓存了吗', 'dataset', 'imagenet'],
    ['/data/train/imagenet 都缓存好了吗？', 'path', '/data/train/imagenet'],
    ['click_images 数据集在缓存里吗', 'dataset', 'click_images'],
    ['imagenet 预热了没', 'dataset', 'imagenet'],
  ] as const)('%s', (text, kind, name) => {
    expect(asked(text)).toEqual(thing(kind, name));
  });

  it.each([
    'is it cached?',
    'is the data cached',
    'is my training data cached? our model job is slow',
    'wide-deep-rank is slow although all data is cached',
    '训练很慢，是不是缓存的问题',
    'Alluxio 缓存又抖了吗',
  ])('is not meant by: %s', (text) => {
    expect(asked(text)).toBeNull();
  });
});

describe('the cluster', () => {
  it.each(['who is using the cluster?', 'is the cluster healthy?', '集群健康吗', '现在谁在用集群', '集群有没有问题？'])(
    '%s',
    (text) => {
      expect(asked(text)).toEqual(thing('cluster', null));
    },
  );

  it.each([
    'dwd_order_user_wide ran 3 min today. Is the cluster overloaded or a bad node?',
    'I get NoSuchMethodError on YARN. Is the cluster network bad?',
    'my job is slow, is the cluster busy?',
    'dws_shop_gmv 很慢，是不是集群有问题？',
    'how do I submit to the cluster?',
  ])('is not meant by: %s', (text) => {
    expect(asked(text)).toBeNull();
  });
});

const SHARED = process.env.WHEREFORE_SHARED ?? '../shared';

describe.skipIf(!existsSync(`${SHARED}/captures`))('recorded questions', () => {
  const questions = [
    ...readdirSync(`${SHARED}/captures`).map((name) => `${SHARED}/captures/${name}/incident.json`),
    ...readdirSync(`${SHARED}/questions`)
      .filter((name) => name.endsWith('.json'))
      .map((name) => `${SHARED}/questions/${name}`),
  ].filter((path) => existsSync(path));

  it('all stay about a run', () => {
    const read = questions.map((path) => {
      const { question } = JSON.parse(readFileSync(path, 'utf8')) as { question: string | { text: string } };
      const text = typeof question === 'string' ? question : question.text;
      return {
        path,
        text,
        thing: asked(text, { hosts: ['bd-node12', 'rss-w2', 'gpu-train-07'], queues: ['adhoc', 'default'] }),
      };
    });
    expect(read.length).toBeGreaterThan(80);
    expect(read.filter((one) => one.thing !== null)).toEqual([]);
  });
});

it('reads hostile text in bounded time', () => {
  const started = performance.now();
  for (const piece of ['what died on ', 'is a ', 'a.b/', '谁被杀 node2 ', 'x 缓存 ']) asked(piece.repeat(20_000));
  for (const piece of ['what died on ', 'is a ', 'a.b/', '谁被杀 node2 ', 'x 缓存 '])
    asked(piece.repeat(18).slice(0, 230));
  expect(performance.now() - started).toBeLessThan(2_000);
});
