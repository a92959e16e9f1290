import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { oomKillDisabled } from './oom-kill-disabled.ts';

const GROUP = '/hadoop-yarn/container_e12_1700000000000_0042_01_000008';

function facts(control: string) {
  const files = {
    'memory.oom_control': control,
    'memory.usage_in_bytes': '805306368\n',
    'memory.limit_in_bytes': '805306368\n',
  };
  return hostFacts({ groups: { [GROUP]: [{ at: null, files }] } });
}

describe('memory/oom-kill-disabled', () => {
  it('sees a group that hangs without a kernel line', () => {
    expect(oomKillDisabled.apply(facts('oom_kill_disable 1\nunder_oom 1\noom_kill 0\n'))[0]).toMatchObject({
      kind: 'observed',
      code: 'kernel.memcg_oom',
      values: { underOom: 1, blocksProgress: 'true', oomKillDisable: 1, limitBytes: 805306368 },
      evidence: expect.arrayContaining([expect.objectContaining({ excerpt: 'under_oom 1', fromLine: 2 })]),
    });
  });

  it('is silent for a killer switched off while memory lasts, and without files', () => {
    expect(oomKillDisabled.apply(facts('oom_kill_disable 1\nunder_oom 0\n'))).toEqual([]);
    expect(oomKillDisabled.apply(hostFacts({}))).toEqual([]);
  });
});
