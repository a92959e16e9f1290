import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

const plain = (escaped: string) => plainText(escaped, 'UBOT');

describe('plainText', () => {
  it.each([
    ['<@UBOT> why?', 'why?'],
    ['<@UBOT|wherefore> why?', 'why?'],
    ['ask <@UBOB> or <!subteam^S1|@data>', 'ask @user or @group'],
    ['<!here> in <#C1|general> and <#C2>', '@here in #general and #C2'],
    [
      '<http://rm.example:8088/cluster/app/application_1700000000000_0042|the job>',
      'http://rm.example:8088/cluster/app/application_1700000000000_0042',
    ],
    [
      '<https://airflow.example/dags/d/grid?dag_run_id=scheduled__2026-11-21T00%3A00%3A00&amp;task_id=t>',
      'https://airflow.example/dags/d/grid?dag_run_id=scheduled__2026-11-21T00%3A00%3A00&task_id=t',
    ],
    ['<http://flink.example:8081/#/job/running/abc/overview>', 'http://flink.example:8081/#/job/running/abc/overview'],
    ['did <http://report.py|report.py> fail?', 'did report.py fail?'],
    ['<mailto:ann@mail.example|ann@mail.example>', 'ann@mail.example'],
    ['a &lt; b &amp;&amp; c &gt; d, &amp;lt;', 'a < b && c > d, &lt;'],
    ['typed &lt;@UBOB&gt;', 'typed <@UBOB>'],
    ['a < b and c > d', 'a < b and c > d'],
    ['<!date^1700000000^{date}|Nov 14>', 'Nov 14'],
    ['token xoxb-12345678-abcdefgh', 'token ‹masked›'],
  ])('makes of %s', (escaped, told) => {
    expect(plain(escaped)).toBe(told);
  });

  it('takes time in proportion to hostile text, and cuts it', () => {
    for (const piece of ['<', '<@', '<http://', '<!|', '&', '<a|'.repeat(3), 'password=']) {
      const begin = performance.now();
      expect(plain(piece.repeat(400_000)).length).toBeLessThanOrEqual((1 << 20) + 100_000);
      expect(performance.now() - begin).toBeLessThan(1_500);
    }
  });
});
