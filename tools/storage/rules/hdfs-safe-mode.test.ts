import { describe, expect, it } from 'vitest';
import { type HdfsSpec, hdfsCase, WINDOW } from './hdfs-fixture.ts';
import { hdfsSafeMode } from './hdfs-safe-mode.ts';

const apply = (spec: HdfsSpec) => hdfsSafeMode.apply(hdfsCase(spec));
const LOW =
  'Safe mode is ON. Resources are low on NN. Please add or free up more resources then turn off safe mode manually.';
const ON = `2026-11-21 10:58:00,100 INFO org.apache.hadoop.hdfs.StateChange: STATE* Safe mode is ON. \nIt was turned on manually. Use "hdfs dfsadmin -safemode leave" to turn safe mode off.`;
const OFF = '2026-11-21 10:59:30,100 INFO org.apache.hadoop.hdfs.StateChange: STATE* Safe mode is OFF';
const ENTER =
  '2026-11-21 10:57:59,900 INFO FSNamesystem.audit: allowed=true\tugi=ops (auth:SIMPLE)\tip=/10.0.0.9\tcmd=safemode_enter\tsrc=null\tdst=null\tperm=null\tproto=rpc';

describe('storage/hdfs-safe-mode', () => {
  it.each([
    ['low_resources', LOW],
    ['manual', 'Safe mode is ON. It was turned on manually. Use "hdfs dfsadmin -safemode leave"'],
    [
      'blocks_not_reported',
      'Safe mode is ON. The reported blocks 0 needs additional 127 blocks to reach the threshold 0.9990 of total blocks 127.',
    ],
    [
      'datanodes_not_reported',
      'Safe mode is ON. The number of live datanodes 0 needs an additional 1 live datanodes to reach the minimum number 1.',
    ],
  ])('says why: %s', (reason, Safemode) => {
    const [finding] = apply({ looks: [{ after: 60, beans: { NameNodeInfo: { Safemode } } }] });
    expect(finding).toMatchObject({ kind: 'observed', code: 'storage.hdfs_safemode', values: { reason } });
  });

  it('takes the log and the audit log: who, from where, since when', () => {
    const [finding] = apply({
      logs: [
        { writer: 'namenode', text: ON },
        { writer: 'hdfs_audit', text: ENTER },
      ],
    });
    expect(finding).toMatchObject({
      code: 'storage.hdfs_safemode',
      at: Date.UTC(2026, 10, 21, 10, 58, 0, 100),
      until: null,
      values: { reason: 'manual', enteredBy: 'ops' },
    });
    expect(finding?.statement.en).toContain('turned on by hand by ops@10.0.0.9');
    expect(finding?.evidence).toHaveLength(2);
  });

  it('is over when the log or the NameNode says so before the question’s time; that speaks against it', () => {
    expect(apply({ logs: [{ writer: 'namenode', text: `${ON}\n${OFF}` }] })).toEqual([]);
    const [finding] = apply({
      logs: [{ writer: 'namenode', text: `${ON}\n${OFF}` }],
      looks: [{ after: 30, beans: { FSNamesystemState: { FSState: 'Operational' } } }],
    });
    expect(finding).toMatchObject({ code: null, echo: true });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['storage.hdfs_safemode']);
  });

  it('the present is no word on the past, and a standby’s safe mode is its own', () => {
    const now = { after: 86_400, beans: { NameNodeInfo: { Safemode: '' } } };
    expect(apply({ looks: [now] })).toEqual([]);
    expect(apply({ looks: [{ ...now, beans: { NameNodeInfo: { Safemode: LOW } } }] })).toEqual([]);
    const standby = { NameNodeStatus: { State: 'standby' }, NameNodeInfo: { Safemode: LOW } };
    expect(apply({ looks: [{ after: 30, beans: standby }] })).toEqual([]);
    expect(apply({})).toEqual([]);
    expect(apply({ scope: { window: null }, looks: [now] })).toEqual([]);
    expect(WINDOW.to).toBeGreaterThan(WINDOW.from);
  });
});
