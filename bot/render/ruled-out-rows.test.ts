import { describe, expect, it } from 'vitest';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { ruledOutRows } from './ruled-out-rows.ts';

const entry = (code: CauseCode, why: string) => ({ code, why, evidence: [] });

describe('ruledOutRows', () => {
  it('has one row for each reason, with at most three titles', () => {
    const codes = ['kernel.cpu_contention', 'storage.slow_disk', 'storage.bad_disk', 'data.input_grew'] as const;
    const ruledOut = [...codes.map((code) => entry(code, 'same')), entry('data.small_files', 'other')];
    const rows = ruledOutRows({ ...hostileDiagnosis('en'), theories: [], ruledOut });
    expect(rows).toHaveLength(2);
    expect(rows[0]?.split(' – ')[0]?.split(', ')).toHaveLength(3);
    expect(rows[1]).toMatch(/ – other$/);
  });

  it('leaves out what the asker guessed: that is answered by name', () => {
    const ruledOut = [entry('kernel.global_oom', 'why'), entry('storage.bad_disk', 'why')];
    const theories = [{ text: 'x', code: 'kernel.global_oom', verdict: 'ruled_out' } as const];
    expect(ruledOutRows({ ...hostileDiagnosis('zh'), theories, ruledOut })).toEqual([
      `${causeOf('storage.bad_disk').title.zh} – why`,
    ]);
  });
});
