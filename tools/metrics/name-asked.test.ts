import { describe, expect, it } from 'vitest';
import { nameAsked } from './name-asked.ts';

describe('nameAsked', () => {
  const query = { names: ['Worker_BlocksEvicted', 'Worker_BytesReadRemote'], hostSuffixed: true } as const;

  it('takes the host behind a name for what it is', () => {
    expect(nameAsked('Worker_BlocksEvicted_alx_worker_0', query)).toBe('Worker_BlocksEvicted');
    expect(nameAsked('Worker_BlocksEvicted', query)).toBe('Worker_BlocksEvicted');
  });

  it('never takes a longer name for a shorter one, nor parts of a summary for the metric', () => {
    expect(nameAsked('Worker_BytesReadRemoteThroughput_alx_worker_0', query)).toBeNull();
    expect(nameAsked('Worker_BlocksEvicted_alx_worker_0_count', query)).toBeNull();
    expect(nameAsked('Worker_BlocksEvicted_alx_worker_0', { names: query.names })).toBeNull();
  });

  it('knows an attribute of a bean by every exporter’s spelling, and takes no part of a word for it', () => {
    const beans = { names: ['AppsPending', 'AllocatedVCores', 'AllocatedMB'], ofBeans: true } as const;
    for (const name of [
      'Hadoop_ResourceManager_AppsPending',
      'hadoop_resourcemanager_queuemetrics_appspending',
      'yarn_resourcemanager_queue_apps_pending',
      'queue_metrics_apps_pending',
    ])
      expect(nameAsked(name, beans)).toBe('AppsPending');
    expect(nameAsked('queue_metrics_allocated_v_cores', beans)).toBe('AllocatedVCores');
    expect(nameAsked('hadoop_resourcemanager_unallocatedmb', beans)).toBeNull();
    expect(nameAsked('AppsPending', { names: ['appspending'] })).toBeNull();
  });
});
