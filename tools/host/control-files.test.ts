import { describe, expect, it } from 'vitest';
import { controlFileName, placeGroup } from './control-files.ts';

describe('controlFileName', () => {
  it('knows the kernel names and copies of them', () => {
    expect(controlFileName('cpu.stat')).toEqual({ name: 'cpu.stat', copy: '' });
    expect(controlFileName('cpu.stat.after-run2')).toEqual({ name: 'cpu.stat', copy: 'after-run2' });
    expect(controlFileName('memory.events.local')).toEqual({ name: 'memory.events.local', copy: '' });
    expect(controlFileName('memory.events.during')).toEqual({ name: 'memory.events', copy: 'during' });
    expect(controlFileName('memory.max_usage_in_bytes.during')).toEqual({
      name: 'memory.max_usage_in_bytes',
      copy: 'during',
    });
  });

  it.each([
    'cpuacct.usage_user',
    'cpuacct.usage_percpu_sys',
    'cpuacct.usage_all',
    'cpu.stat.local',
    'blkio.throttle.io_serviced_recursive',
  ])('takes the kernel control %s for no copy of another', (name) => {
    expect(controlFileName(name)).toBeNull();
  });

  it('knows no other file', () => {
    expect(controlFileName('memory.txt')).toBeNull();
    expect(controlFileName('cpu.statistics')).toBeNull();
    expect(controlFileName('application.log')).toBeNull();
  });
});

describe('placeGroup', () => {
  it.each([
    ['/sys/fs/cgroup/memory/hadoop-yarn/c1', { path: '/hadoop-yarn/c1', version: 1 }],
    ['/sys/fs/cgroup/cpu,cpuacct/hadoop-yarn', { path: '/hadoop-yarn', version: 1 }],
    ['/cgroup/memory/hadoop-yarn', { path: '/hadoop-yarn', version: 1 }],
    ['/sys/fs/cgroup/memory', { path: '/', version: 1 }],
    ['/sys/fs/cgroup/kubepods.slice/x.slice', { path: '/kubepods.slice/x.slice', version: 2 }],
    ['/sys/fs/cgroup/unified/a', { path: '/a', version: 2 }],
    ['/copies/of/somebody', { path: '/copies/of/somebody', version: null }],
  ])('%s', (folder, expected) => {
    expect(placeGroup(folder)).toEqual(expected);
  });
});
