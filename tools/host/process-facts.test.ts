import { describe, expect, it } from 'vitest';
import { emptyProcess, processFile, readProcessFile } from './process-facts.ts';

describe('process files', () => {
  it('knows the files of a process and nothing beside them', () => {
    expect(processFile('/proc/10717/status')).toEqual({ pid: 10717, file: 'status' });
    expect(processFile('/proc/10717/environ')).toBeNull();
    expect(processFile('/proc/meminfo')).toBeNull();
    expect(processFile('/data/proc/1/status')).toBeNull();
  });

  it('reads status, score, group, limits and command line', () => {
    const process = emptyProcess(10717, null);
    readProcessFile(process, 'status', 'Name:\tjava\nVmRSS:\t  328752 kB\nThreads:\t14\n', 's');
    readProcessFile(process, 'oom_score_adj', '-998\n', 's');
    readProcessFile(
      process,
      'cgroup',
      '9:name=systemd:/\n4:memory:/bigdata.slice/datanode\n1:cpu,cpuacct:/x\n0::/\n',
      's',
    );
    readProcessFile(
      process,
      'limits',
      'Limit Soft Hard Units\nMax processes             4096                 8192                 processes\n',
      's',
    );
    readProcessFile(process, 'cmdline', 'java\0-Xmx1g\0DataNode\0', 's');
    expect(process).toMatchObject({
      comm: 'java',
      memoryGroup: '/bigdata.slice/datanode',
      mainClass: 'DataNode',
    });
    expect(process.status.get('VmRSS')?.value).toBe(328752 * 1024);
    expect(process.oomScoreAdj?.value).toBe(-998);
    expect(process.maxProcesses).toMatchObject({ value: 4096, line: 2 });
  });

  it('takes the unified group where there is no memory controller, and no garbage', () => {
    const process = emptyProcess(1, null);
    readProcessFile(process, 'cgroup', '0::/kubepods.slice/x\n', 's');
    readProcessFile(process, 'oom_score_adj', 'many\n', 's');
    expect(process.memoryGroup).toBe('/kubepods.slice/x');
    expect(process.oomScoreAdj).toBeNull();
  });
});
