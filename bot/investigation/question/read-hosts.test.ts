import { describe, expect, it } from 'vitest';
import { readHosts } from './read-hosts.ts';

const hosts = (text: string) => readHosts(text, new Set());

describe('readHosts', () => {
  it.each([
    ['only on bd-node12', ['bd-node12']],
    ['node2 and nm-0217b, also rss-w2', ['node2', 'nm-0217b', 'rss-w2']],
    [
      'k8s-node-31, gpu-train-07, rz-dn012, flink-tm-02, nas01',
      ['k8s-node-31', 'gpu-train-07', 'rz-dn012', 'flink-tm-02', 'nas01'],
    ],
    ['node-582.example.com is slow', ['node-582.example.com']],
    ['at 10.96.37.74:19998', ['10.96.37.74']],
    ['from 10.96.37.74 to 10.1.2.3', ['10.96.37.74', '10.1.2.3']],
    ['bd-node11 是不是坏了？要不要把 node11 下线', ['bd-node11', 'node11']],
    ['主机 zeus 上磁盘满了', ['zeus']],
    ['host: apollo', ['apollo']],
    ['tasks on es14 fail', ['es14']],
  ])('%s', (text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  it.each([
    'the node is busy and the host has 20G',
    'spark 3.5.1 on java17 and k8s',
    'dwd_node_12 is a job',
    'version 2.3.2.1000',
    'see /var/log/node7/x',
    'exit code 137, stage 2, task 3',
    'worker -9',
  ])('%s names none', (text) => {
    expect(hosts(text)).toEqual([]);
  });

  it('leaves out what was read as something else', () => {
    expect(readHosts('rm01 is a link host', new Set(['rm01']))).toEqual([]);
  });
});
