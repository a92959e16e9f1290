import type { Language } from '../../knowledge/bilingual.ts';
import { duration } from '../../tools/evidence/spoken-figures.ts';
import { settingSize } from '../../tools/spark/measures/setting-size.ts';
import { parseSize } from '../../tools/spark/measures/spark-setting.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import type { LedgerAccount } from '../investigation/ledger-accounts.ts';
import { type Culprit, culpritsOf } from '../investigation/what-if/culprit.ts';
import { MAX_ERROR_PCT, replayErrorPct, whatIf } from '../investigation/what-if/what-if.ts';
import { ACCOUNT_NAMES } from '../render/labels.ts';
import { type Answer, causeLine, cited, citedIn, faultOf } from './answer.ts';
import type { HeldCase } from './thread.ts';
import { type AskedChange, readChange } from './what-if-words.ts';

const MEMORY_KEY = /memory|offHeap/i;

type Setting = RootCause['remediations'][number]['settings'][number];

/**
 * What a change would have done, from the needs that the evidence shows and from a replay of the run; where neither can tell, why not.
 */
export function answerWhatIf(text: string, held: HeldCase, language: Language): Answer {
  const change = readChange(text);
  const face = held.faces[language];
  const cause = faultOf(face);
  const lines = linesFor(change, held, face, cause, language);
  const said = lines.join('\n');
  return { text: said, evidence: citedIn(said) };
}

function linesFor(
  change: AskedChange,
  held: HeldCase,
  face: Diagnosis,
  cause: RootCause | null,
  language: Language,
): string[] {
  if (face.outcome === 'needs_more')
    return [
      cannot(
        language,
        'the cause is not decided, so it is not known what it hangs on',
        '根因还没有确定，不知道取决于什么',
      ),
    ];
  if (change.what === 'memory') return ofMemory(change, face, cause, language);
  const ended = face.runState === 'succeeded' || face.runState === 'unknown';
  if (change.what === 'slots') return ended ? ofSlots(change, held, face, cause, language) : unended(cause, language);
  if (change.what === 'without') return ended ? without(change, held, face, language) : unended(cause, language);
  if (change.what === 'partitions')
    return [
      cannot(
        language,
        'a replay knows the tasks as they were recorded; with other partitions or another plan they would be other tasks',
        '重放只认识记录下来的任务；换了分区数或执行计划，任务就不是原来的任务了',
      ),
      ...instead(cause, language),
    ];
  return [
    cannot(
      language,
      'nothing in these words is known to the replay or to the needs in evidence. What can be asked: more memory, more executors or cores, without the skew, GC, spilling, waiting for shuffle, retries, a slow host',
      '这些内容既不在重放范围内，也不在证据显示的需求里。可以问：加内存、加 executor 或核、没有倾斜、GC、溢写、等待 shuffle、重试、慢节点时会怎样',
    ),
    ...instead(cause, language),
  ];
}

/** Memory: the setting that the evidence asks for, and whether the change reaches it. */
function ofMemory(change: AskedChange, face: Diagnosis, cause: RootCause | null, language: Language): string[] {
  const settings = (cause?.remediations ?? [])
    .flatMap((remedy) => remedy.settings)
    .filter(({ key }) => MEMORY_KEY.test(key));
  const named = change.key === null ? settings : settings.filter(({ key }) => key === change.key);
  if (cause && named.length > 0) return named.flatMap((setting) => reaches(change, setting, language));
  if (cause && settings.length > 0)
    return [
      cannot(
        language,
        `what the evidence asks for is ${settings.map(({ key }) => key).join(', ')}, not ${change.key}`,
        `证据要求的是 ${settings.map(({ key }) => key).join('、')}，不是 ${change.key}`,
      ),
      ...instead(cause, language),
    ];
  const ledger = face.ledger;
  if (ledger && face.runState !== 'failed' && face.runState !== 'killed') {
    const of = (account: LedgerAccount) => ledger.accounts.find((entry) => entry.account === account);
    const all = (['gc', 'spill'] as const).map((account) => ({ account, ms: of(account)?.ms ?? 0 }));
    const parts = all.filter(({ ms }) => ms > 0);
    const most = parts.reduce((sum, { ms }) => sum + ms, 0);
    if (parts.length === 0)
      return [
        language === 'zh'
          ? '省不了时间：这次运行没有花在垃圾回收和溢写上的时间。'
          : 'It would save nothing: none of the time of this run went into garbage collection or spilling.',
        ...instead(cause, language),
      ];
    const names = parts.map(({ account, ms }) => `${ACCOUNT_NAMES[language][account]} ${duration(ms)[language]}`);
    const ids = [...new Set(parts.flatMap(({ account }) => of(account)?.evidence ?? []))];
    const percent = Math.round((most / Math.max(1, ledger.wallClockMs)) * 100);
    const share = percent === 0 ? '< 1' : percent;
    return [
      language === 'zh'
        ? `最多能省 ${duration(most)[language]}（占 ${duration(ledger.wallClockMs)[language]} 的 ${share} %）：加内存只能缩短 ${names.join('、')}。${cited(ids).trim()}`
        : `At most ${duration(most)[language]} of ${duration(ledger.wallClockMs)[language]} (${share} %) could be saved: more memory only shortens ${names.join(' and ')}.${cited(ids)}`,
      ...instead(cause, language),
    ];
  }
  return [
    cause
      ? cannot(
          language,
          'memory is not what ended this run, and no need of memory is in evidence',
          '结束这次运行的不是内存，证据里也没有内存需求',
        )
      : cannot(language, 'no need of memory is in evidence', '证据里没有内存需求'),
    ...instead(cause, language),
  ];
}

/** Whether the value that the asker would set is what was computed from evidence. */
function reaches(change: AskedChange, { key, from, to, because, evidence }: Setting, language: Language): string[] {
  const zh = language === 'zh';
  const [now, wanted] = [from === null ? null : parseSize(from, 'm'), parseSize(to, 'm')];
  const asked = change.toBytes ?? (change.factor !== null && now !== null ? now * change.factor : null);
  if (wanted === null) return [cannot(language, `${to} is no size`, `${to} 不是大小`)];
  if (asked === null)
    return [
      zh
        ? `要看调到多少：证据要求 ${key} 为 ${to}（现在 ${from ?? '未设置'}）；${because}${cited(evidence)}。`
        : `It depends on how much: the evidence asks for ${key} = ${to} (now ${from ?? 'not set'}); ${because}${cited(evidence)}.`,
    ];
  const would = settingSize(asked);
  if (asked >= wanted)
    return [
      zh
        ? `够：${key} 从 ${from ?? '未设置'} 变为 ${would}，达到证据要求的 ${to}；${because}${cited(evidence)}。用掉的是下限：到上限才被发现，实际可能还要多。`
        : `It would reach what the evidence asks for: ${key} from ${from ?? 'not set'} to ${would}, needed ${to}; ${because}${cited(evidence)}. What was used is a lower bound: it was measured at the limit.`,
    ];
  return [
    zh
      ? `不够：${key} 从 ${from ?? '未设置'} 变为 ${would}，证据要求 ${to}；${because}${cited(evidence)}。`
      : `It would fall short: ${key} from ${from ?? 'not set'} to ${would}, the evidence asks for ${to}; ${because}${cited(evidence)}.`,
  ];
}

function ofSlots(
  change: AskedChange,
  held: HeldCase,
  face: Diagnosis,
  cause: RootCause | null,
  language: Language,
): string[] {
  const lines = replayed([{ kind: 'more_slots', factor: change.factor ?? 2 }], held, face, language, cause);
  return lines.length > 1 ? lines : [...lines, ...instead(cause, language)];
}

function without(change: AskedChange, held: HeldCase, face: Diagnosis, language: Language): string[] {
  const { run, ledger, comparison, whatIf: kept } = held.investigation;
  const known = run && ledger ? culpritsOf(run, ledger, comparison) : kept.map(({ culprit }) => culprit);
  const gone = known.filter(({ kind }) => change.culprits.includes(kind));
  if (gone.length === 0)
    return [
      language === 'zh'
        ? '这次运行里它占的时间不到 5 %，去掉也省不了多少。'
        : 'It took less than 5 % of this run: without it next to nothing would be saved.',
      ...instead(faultOf(face), language),
    ];
  return replayed(gone, held, face, language, null);
}

/** The result of a replay, where the run's records are at hand and the replay is close enough to them. */
function replayed(
  culprits: readonly Culprit[],
  { investigation: { run, ledger, whatIf: kept } }: HeldCase,
  face: Diagnosis,
  language: Language,
  cause: RootCause | null,
): string[] {
  const zh = language === 'zh';
  const wall = ledger?.wallClockMs ?? face.ledger?.wallClockMs ?? 0;
  const same = kept.filter(({ culprit }) =>
    culprits.some((other) => JSON.stringify(other) === JSON.stringify(culprit)),
  );
  const errorPct = run && ledger ? replayErrorPct(run, ledger) : 0;
  const computed = run && ledger ? whatIf(run, ledger, culprits) : same;
  if (computed.length === 0 && (!run || !ledger))
    return [
      cannot(
        language,
        'a replay needs the records of the run, which are not kept with the case: ask about the run again',
        '重放需要这次运行的原始记录，案例里没有保存：请重新问一次这个运行',
      ),
      ...instead(cause, language),
    ];
  if (errorPct > MAX_ERROR_PCT)
    return [
      cannot(
        language,
        `a replay of the unchanged run misses its record by ${errorPct} %`,
        `不改任何东西的重放与记录相差 ${errorPct} %`,
      ),
      ...instead(cause, language),
    ];
  if (computed.length === 0)
    return [
      zh
        ? `重放显示几乎没有节省（不到 ${duration(wall)[language]} 的 3 %，重放误差 ${errorPct} %）。`
        : `A replay of the run shows next to no saving (under 3 % of ${duration(wall)[language]}, replay error ${errorPct} %).`,
      ...instead(cause, language),
    ];
  return computed.map(({ culprit, without: what, savedMs, modelErrorPct }) => {
    const left = duration(Math.max(0, wall - savedMs))[language];
    if (culprit.kind === 'more_slots')
      return zh
        ? `执行槽位变为 ${culprit.factor} 倍：约 ${left}，而不是 ${duration(wall).zh}（重放误差 ${modelErrorPct} %）。`
        : `With ${culprit.factor} times the slots: about ${left} instead of ${duration(wall).en} (replay error ${modelErrorPct} %).`;
    return zh
      ? `如果没有${what.zh}：约 ${left}，而不是 ${duration(wall).zh}（重放误差 ${modelErrorPct} %）。`
      : `Without ${what.en.replaceAll('_', ' ')}: about ${left} instead of ${duration(wall).en} (replay error ${modelErrorPct} %).`;
  });
}

function unended(cause: RootCause | null, language: Language): string[] {
  return [
    cannot(
      language,
      'this run did not come to its end, so there is no whole run to replay',
      '这次运行没有跑完，没有完整的过程可以重放',
    ),
    ...instead(cause, language),
  ];
}

function instead(cause: RootCause | null, language: Language): string[] {
  if (!cause) return [];
  return [`${language === 'zh' ? '根因是：' : 'What it hangs on: '}${causeLine(cause, language)}`];
}

function cannot(language: Language, en: string, zh: string): string {
  return language === 'zh' ? `算不出来：${zh}。` : `It cannot be computed: ${en}.`;
}
