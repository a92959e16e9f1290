import { describe, expect, it } from 'vitest';
import { readAsks } from './read-asks.ts';

describe('readAsks', () => {
  it.each([
    ['why did dwd_x fail', 'failure'],
    ['dwd_x 失败了', 'failure'],
    ['see the stack below', 'failure'],
    ['why is dwd_x so slow', 'slowness'],
    ['dwd_x 提交以后好几分钟没动静，一行日志都没有', 'slowness'],
    ['dwd_x 半天没反应', 'slowness'],
    ['dwd_x 平时 20 分钟，今天 2 小时', 'slowness'],
    ['took 3 h instead of 20 min', 'slowness'],
    ['dwd_x 跑完了吗', 'status'],
    ['did it finish?', 'status'],
    ['卡住了，要不要 kill 掉重跑', 'status'],
    ['must I rerun the downstream?', 'status'],
    ['who killed my executors', 'cause_of_death'],
    ['executor 接连丢失', 'cause_of_death'],
    ['executors die with exit code 137', 'cause_of_death'],
    ['how do I set the number of partitions', 'how_to'],
    ['spark.executor.memory 应该设多少', 'how_to'],
    ['hi', 'smalltalk'],
    ['谢谢！', 'smalltalk'],
    ['Good morning, team!', 'smalltalk'],
  ])('%s: %s', (text, asks) => {
    expect(readAsks(text)).toBe(asks);
  });

  it('counts a wish to know how only where no trouble is told', () => {
    expect(readAsks('it failed, how do I set the memory?')).toBe('failure');
  });

  it('takes no greeting for the whole', () => {
    expect(readAsks('hello, dwd_x is slow')).toBe('slowness');
    expect(readAsks('thanks, and why did dwd_x fail?')).toBe('failure');
  });

  it('does not count what is denied', () => {
    expect(readAsks('没有报错，就是很慢')).toBe('slowness');
  });
});
