import { describe, expect, it } from 'vitest';
import { isCauseCode } from '../../../knowledge/causes/cause-codes.ts';
import { readTheories } from './read-theories.ts';
import { THEORY_LEXICON } from './theory-lexicon.ts';

const signed = (text: string, asks: 'failure' | 'slowness' = 'failure'): string[] =>
  readTheories(text, asks).map(({ code, polarity }) => `${polarity === 'denies' ? '!' : ''}${code}`);

describe('readTheories', () => {
  it.each([
    ['is the shuffle service broken?', ['shuffle.external_service_unavailable']],
    ['bad node?', ['scheduling.spot_node_lost']],
    ['GC?', ['memory.gc_overhead']],
    ['network flaky?', ['network.connection_timeout']],
    ['we upgraded to Spark 4, regression?', ['code.engine_upgrade']],
    ['was it OOM killed?', ['kernel.memcg_oom']],
    ['small files?', ['data.small_files']],
    ['CPU throttled?', ['kernel.cpu_contention']],
    ['skewed input splits?', ['skew.partition_sizing']],
    ['executor was preempted', ['scheduling.preemption']],
    ['Please switch off preemption', ['scheduling.preemption']],
    ['is YARN flaky', ['code.engine_bug']],
    ['bad disk?', ['storage.bad_disk']],
    ['need bigger driver?', ['memory.driver_heap_oom']],
    ['just boost memoryOverhead', ['memory.container_physical_limit']],
    ['quota?', ['storage.hdfs_quota']],
    ['是不是数据倾斜', ['skew.join_key']],
    ['是小文件太多吗', ['data.small_files']],
    ['权限被人改了吧', ['security.permission_denied']],
    ['是 namenode 坏了吗', ['storage.hdfs_safemode']],
    ['RM 卡住了吗', ['scheduling.queue_blocked']],
    ['是不是队列资源被别人抢了', ['scheduling.queue_wait']],
    ['is the kernel broken?', ['kernel.spurious_oom']],
    ['I think it is a version mismatch', ['dependency.version_conflict']],
    ['maybe the metastore', ['storage.metastore']],
    ['怀疑是网络抖动', ['network.connection_timeout']],
    ['did ops kill it?', ['scheduling.killed_by_user']],
    ['did someone kill it?', ['scheduling.killed_by_user']],
    ['I raised overheadFactor to 0.2 and it still dies', []],
    ['driver memory or overcommit?', ['scheduling.overcommit_eviction', 'memory.driver_heap_oom']],
  ])('%s', (text, theories) => {
    expect(signed(text).sort()).toEqual([...theories].sort());
  });

  it.each([
    ['nothing changed on our side', ['!config.changed']],
    ['we did not change anything', ['!config.changed']],
    ['代码和参数都没动过', ['!config.changed']],
    ['same data', ['!data.input_grew']],
    ['input is the same', ['!data.input_grew']],
    ['数据没变', ['!data.input_grew']],
    ['GC looks normal', ['!memory.gc_overhead']],
    ['no gc in the log', ['!memory.gc_overhead']],
    ['it cannot be memory?', ['!memory.container_physical_limit']],
    ['不是网络', ['!network.connection_timeout']],
    ['storage team says hdfs is fine', ['!storage.hdfs_datanode_down']],
    ['node has plenty of free memory', ['!kernel.global_oom']],
  ])('%s is denied', (text, theories) => {
    expect(signed(text)).toEqual(theories);
  });

  it.each([
    ["isn't it GC?", ['memory.gc_overhead']],
    ['不会是网络问题吧？', ['network.connection_timeout']],
    ['不是网络的问题吗', ['network.connection_timeout']],
    ['是不是网络', ['network.connection_timeout']],
    ["can't reach hive metastore?", ['storage.metastore']],
  ])('%s asks though it negates', (text, theories) => {
    expect(signed(text)).toEqual(theories);
  });

  it.each([
    'it failed with java.io.IOException',
    'stage 3 of the job failed twice',
    'the log says Heartbeat time limit exceeded',
    'here is the GC log',
    'the network switch is new',
    'we use broadcast joins and speculation',
  ])('%s is a mention, not a theory', (text) => {
    expect(signed(text)).toEqual([]);
  });

  it('reads a denial of what was said before it', () => {
    const [theory, ...others] = readTheories(
      'Only change I know: we turned off speculation because it wasted tasks. That cannot make it slower, right?',
      'slowness',
    );
    expect(theory).toEqual({ text: 'That cannot make it slower', code: 'config.changed', polarity: 'denies' });
    expect(others).toEqual([]);
  });

  it('takes what was tried in vain for no theory', () => {
    expect(signed("I changed spark.local.dir but it didn't help")).toEqual([]);
    expect(signed('we changed spark.local.dir yesterday')).toEqual(['config.changed']);
  });

  it('means another thing where another system is talked about', () => {
    expect(signed('is this the long GC again?')).toEqual(['memory.gc_overhead']);
    expect(signed('alluxio master hangs, is this the long GC again?')).toContain('cache.master_gc');
    expect(signed('quota used up?')).toEqual(['storage.hdfs_quota']);
    expect(signed('celeborn quota used up?')).toEqual(['shuffle.remote_service_quota']);
  });

  it('gives each code once, suspected before denied, at most eight', () => {
    expect(signed('no network problem. Is it the network?')).toEqual(['network.connection_timeout']);
    expect(
      signed('network? GC? bad disk? skew? small files? quota? permission? preempted? metastore? kerberos? dns?')
        .length,
    ).toBe(8);
  });

  it('quotes the clause as written', () => {
    expect(readTheories('dwd_x failed, and is the   Shuffle Service down?', 'failure')[0]?.text).toBe(
      'is the   Shuffle Service down',
    );
  });

  it('holds no theory in a question how to set something', () => {
    expect(readTheories('how should I set memoryOverhead?', 'how_to')).toEqual([]);
  });
});

describe('the lexicon', () => {
  it('speaks of codes of the catalogue only', () => {
    for (const { code } of THEORY_LEXICON) expect(code === null || isCauseCode(code)).toBe(true);
  });

  it('has no pattern that remembers a place between two texts', () => {
    for (const { names } of THEORY_LEXICON) expect(names.flags).not.toMatch(/[gy]/);
  });

  it('keeps which kind of a cause the words name', () => {
    expect(readTheories('是端口被占用了吗?', 'failure')).toMatchObject([
      { code: 'network.bind_address', reason: 'port_taken' },
    ]);
    expect(readTheories('is the port taken?', 'failure')[0]?.reason).toBe('port_taken');
    expect(readTheories('a wrong bind address?', 'failure')[0]).not.toHaveProperty('reason');
  });
});
