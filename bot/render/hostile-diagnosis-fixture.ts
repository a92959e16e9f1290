import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';

/** Text as a hostile log may hold it: colours, cursor and title sequences, bidirectional and zero-width characters, HTML, Markdown. */
export const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u009b2J',
  '\u202eesrever\u202c',
  '\u200bzero\u2060width\ufeff',
  'a\tb\rc\u0000d\u0008e',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"\'><a href="javascript:alert(1)">',
  '![x](http://evil.example/p.png)',
  '[y](https://evil.example)',
  '| a | b |',
  '`tick` ``two``',
  '# head',
  '**bold** __under__ ~~gone~~',
  '&lt;b&gt; &amp;',
].join(' ');

/** A word without a joint, wider than any terminal. */
export const LONG_WORD = 'x'.repeat(400);
const LONG_PATH = `/warehouse/${'very_long_database_name.db/'.repeat(12)}part-00000-${'0123456789abcdef'.repeat(8)}.parquet`;
const LONG_ID = `container_e123_1700000000000_0042_01_${'0'.repeat(60)}8`;

/** Test builder: a diagnosis in which every text is hostile, long, or both; typed by hand. */
export function hostileDiagnosis(language: Language, outcome: 'answered' | 'needs_more' = 'answered'): Diagnosis {
  const han = language === 'zh' ? '这是一句很长的中文，没有任何空格，用来检查换行是否正确。'.repeat(6) : '';
  const text = `${HOSTILE} ${LONG_WORD} ${LONG_PATH} ${han}`;
  const component = { kind: 'container', id: LONG_ID } as const;
  const at = '2026-11-21T11:29:22.153Z';
  return {
    schemaVersion: 1,
    id: 'inv_hostile0',
    question: { text, language },
    theories: [
      { text, code: 'kernel.global_oom', verdict: 'ruled_out', why: text },
      { text: LONG_PATH, code: null, verdict: 'open' },
    ],
    subject: { kind: 'spark_application', id: text, name: text },
    window: { from: at, to: at },
    runState: 'succeeded',
    outcome,
    refusal: null,
    summary: text,
    rootCauses: Array.from({ length: 3 }, (_, cause) => ({
      code: cause === 0 && outcome === 'needs_more' ? 'unknown.insufficient_evidence' : 'kernel.memcg_oom',
      statement: `${cause} ${text}`,
      standing: outcome === 'needs_more' ? 'inconclusive' : 'confirmed',
      responsibility: 'shared',
      component,
      at,
      chain: Array.from({ length: 9 }, () => ({ statement: text, at, component, evidence: ['e1', 'e2', 'e3'] })),
      remediations: [
        {
          statement: text,
          settings: [{ key: LONG_WORD, from: text, to: text, because: text, evidence: ['e1'] }],
          runbook: null,
          by: 'user',
        },
        { statement: text, settings: [], runbook: null, by: 'platform' },
      ],
    })),
    ledger: {
      wallClockMs: 360_000_000,
      accounts: [
        { account: 'skew_tail', ms: 359_000_000, stages: [1], evidence: ['e1'] },
        { account: 'serialisation', ms: 900_000, stages: [1], evidence: [] },
      ],
      unexplainedMs: 100_000,
    },
    comparison: {
      with: [LONG_ID],
      baseline: 'run',
      accounts: [{ account: 'fetch_wait', deltaMs: -359_999_999, baselineMs: 359_999_999 }],
      changes: [
        { what: 'setting', name: text, from: text, to: text },
        { what: 'input', name: `hdfs:/${LONG_PATH} rows`, from: '1', to: '999999999999999' },
        { what: 'plan', name: LONG_WORD, from: null, to: null },
      ],
      unexplainedDeltaMs: 5,
    },
    whatIf: [{ without: text, savedMs: 300_000_000, modelErrorPct: 0.2 }],
    evidence: ['e1', 'e2', 'e3'].map((id, index) => ({
      id,
      area: 'logs',
      provenance: 'user_process',
      source: index === 0 ? `hosts/${LONG_WORD}/${HOSTILE}` : `hosts/h1${LONG_PATH}${index}`,
      locator: 'lines 1-2',
      at,
      excerpt: `${HOSTILE}\n\`\`\`\n</pre></details><script>x</script>\n${'`'.repeat(7)}`,
    })),
    passages: [],
    ruledOut: [
      { code: 'kernel.global_oom', why: text, evidence: [] },
      { code: 'storage.bad_disk', why: text, evidence: [] },
    ],
    checked: [
      'spark',
      'yarn',
      'logs',
      'memory',
      'storage',
      'shuffle',
      'cache',
      'workflow',
      'flink',
      'metrics',
      'runbooks',
    ],
    notChecked: [
      { area: 'yarn', why: text, reason: 'failed' },
      { area: 'cache', why: text, reason: 'absent' },
    ],
    skipped: [text, text, text, LONG_WORD, LONG_PATH, 'f'],
    needed: [{ what: text, how: text }],
    author: 'analyst',
    costs: { durationMs: 1, toolCalls: 1, modelCalls: 0, inputTokens: 0, outputTokens: 0, usd: null },
  };
}
