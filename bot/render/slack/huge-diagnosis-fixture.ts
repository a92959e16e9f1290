import type { Language } from '../../../knowledge/bilingual.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { hostileDiagnosis } from '../hostile-diagnosis-fixture.ts';

/** What a hostile log may say to Slack: mentions of everybody, made-up links, marks, broken characters, ends of code. */
export const SLACK_HOSTILE = [
  '<!channel> <!here> <!everyone> <!subteam^S0123> <@U012AB3CD> <#C012AB3CD|general>',
  '@here @channel @everyone',
  '<https://evil.example/?leak=1|click for the full log> https://evil.example/x http://169.254.169.254/',
  '``` end ``` `code` *bold* _italic_ ~gone~ > quote',
  '&amp; &lt;!channel&gt; &',
  '\u202etxt.exe\u202c\u200b\ufeff\ud83d \u001b[2J',
].join(' ');

/** Test builder: a diagnosis with `many` of everything, each text hostile and `length` times as long; typed by hand. */
export function hugeDiagnosis(language: Language, many: number, length = 1, text = SLACK_HOSTILE): Diagnosis {
  const base = hostileDiagnosis(language);
  const said = text.repeat(length);
  const all = <T>(build: (at: number) => T): T[] => Array.from({ length: many }, (_, at) => build(at));
  const [cause] = base.rootCauses;
  const [link] = cause?.chain ?? [];
  const [piece] = base.evidence;
  if (!cause || !link || !piece) throw new Error('The fixture has no cause');
  const ids = all((at) => `e${at + 1}`);
  return {
    ...base,
    question: { text: said, language },
    summary: said,
    explanation: said,
    theories: all((at) => ({ text: `${at} ${said}`, code: null, verdict: 'ruled_out', why: `${at} ${said}` })),
    rootCauses: all((at) => ({
      ...cause,
      statement: `${at} ${said}`,
      chain: all(() => ({ ...link, statement: said, evidence: ids })),
      remediations: all((each) => ({
        statement: `${each} ${said}`,
        settings: all(() => ({ key: said, from: said, to: said, because: said, evidence: ids })),
        runbook: `r#${each}`,
        by: each % 2 === 0 ? 'platform' : 'user',
      })),
    })),
    events: all(() => ({ ...link, statement: said, evidence: ids })),
    evidence: ids.map((id, at) => ({
      ...piece,
      id,
      source: `hosts/h${at}/${said}`,
      excerpt: `${'&<`'.repeat(200)}\n${said.slice(0, 400)}\n${'\u001b'.repeat(300)}`,
    })),
    passages: all((at) => ({
      id: `p${at + 1}`,
      runbook: 'r',
      section: String(at),
      title: said,
      url: at % 2 === 0 ? `https://runbooks.example/a|b>c?x=${'&'.repeat(30)}#${at}` : `knowledge/${said}`,
    })),
    ruledOut: all((at) => ({ code: 'storage.bad_disk', why: `${at} ${said}`, evidence: ids })),
    skipped: all(() => said),
    needed: all(() => ({ what: said, how: said })),
    whatIf: all(() => ({ without: said, savedMs: 1_000, modelErrorPct: 2 })),
  };
}
