import type { Bilingual } from '../../knowledge/bilingual.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import { CAUSE_CODES, type CauseCode } from '../../knowledge/causes/cause-codes.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { visibleText } from '../render/visible-text.ts';
import type { ResolvedCase } from './resolved-case.ts';

/** A runbook, or an addition to one, for a person to read, mend and put where it belongs. */
export interface RunbookDraft {
  /** File name to write it under. */
  fileName: string;
  /** Markdown with front matter that says `status: draft`: the index leaves such a file out. */
  text: string;
  /** The runbook it adds to; null: nothing is written about this cause yet. */
  addsTo: string | null;
}

const MAX_EVIDENCE = 6;
const MAX_EXCERPT = 600;
/** Causes without a procedure of their own: a case of theirs needs a new page. */
const WITHOUT_RUNBOOK = /^(?:none|unknown)\./;

/**
 * Makes a draft of a resolved case. Everything in it is quoted as data: what people and logs wrote stands in fenced blocks,
 * secrets are masked, and nothing of it is a heading or a link.
 */
export function draftRunbook(resolved: ResolvedCase): RunbookDraft {
  const { diagnosis } = resolved;
  const code = codeOf(resolved);
  const cause = code === null ? null : causeOf(code);
  const addsTo = (code !== null && !WITHOUT_RUNBOOK.test(code) && cause?.runbook) || null;
  const title: Bilingual = cause?.title ?? { en: 'A cause that has no code yet', zh: '尚无代码的根因' };
  const lines = [
    '---',
    'status: draft',
    `title: { en: ${JSON.stringify(title.en)}, zh: ${JSON.stringify(title.zh)} }`,
    `codes: [${code ?? ''}]`,
    ...(addsTo === null ? [] : [`addsTo: ${addsTo}`]),
    `case: ${diagnosis.id}`,
    `owner: ${resolved.resolver === null ? '' : JSON.stringify(oneLine(resolved.resolver))}`,
    `reviewed: ${resolved.resolvedOn}`,
    'audience: [support]',
    '---',
    `# ${title.en}`,
    '',
    addsTo === null
      ? 'A draft of a new runbook, made of a resolved case. Read it, mend it, take out what is not for everyone, then move it.'
      : `A draft of an addition to \`${addsTo}.md\`, made of a resolved case. Take over what holds beyond this case.`,
    '',
    '## What you see',
    'What was asked:',
    ...fenced(diagnosis.question.text),
    ...evidenceOf(resolved),
    '## What it means',
    ...fenced(diagnosis.rootCauses[0]?.statement ?? diagnosis.summary),
    ...otherCause(resolved, code),
    '## How to confirm',
    ...(cause ? [cause.proof.statement.en, '', cause.proof.statement.zh, ''] : ['To be written.', '']),
    '## What to do',
    'What fixed it:',
    ...fenced(resolved.fixedBy),
    '## 中文说明',
    '待整理：以上为已解决案例的草稿，确认后改写为正式手册。',
    '',
  ];
  return {
    fileName: `${(code ?? 'new-cause').replaceAll(/[._]/g, '-')}-${diagnosis.id.replaceAll('_', '-')}.md`,
    text: lines.join('\n'),
    addsTo,
  };
}

function codeOf({ diagnosis, code }: ResolvedCase): CauseCode | null {
  const said = code ?? diagnosis.rootCauses[0]?.code ?? null;
  return CAUSE_CODES.find((known) => known === said) ?? null;
}

function evidenceOf({ diagnosis }: ResolvedCase): string[] {
  const last = new Set(diagnosis.rootCauses[0]?.chain.flatMap(({ evidence }) => evidence) ?? []);
  const cited = diagnosis.evidence.filter(({ id }) => last.has(id)).slice(-MAX_EVIDENCE);
  return cited.flatMap(({ provenance, source, excerpt }) => [
    `Written by ${provenance} (\`${oneLine(source).replaceAll('`', "'")}\`):`,
    ...fenced(excerpt.slice(0, MAX_EXCERPT)),
  ]);
}

/** The answer named another cause than the resolver: that is the most useful line of all. */
function otherCause({ diagnosis }: ResolvedCase, code: CauseCode | null): string[] {
  const answered = diagnosis.rootCauses[0]?.code;
  if (code === null || answered === undefined || answered === code) return [];
  return [`The answer had named \`${answered}\`; it was \`${code}\`. What tells them apart belongs here.`, ''];
}

/** A text as a block of code that it cannot leave: the fence is longer than any in it. */
function fenced(text: string): string[] {
  const shown = maskSecrets(text).split('\n').map(visibleText);
  const longest = Math.max(2, ...shown.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...shown, fence, ''];
}

const oneLine = (text: string) => visibleText(maskSecrets(text)).replaceAll(/\s+/g, ' ').slice(0, 120);
