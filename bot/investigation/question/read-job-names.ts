import { HYPHENATED, KEY_PREFIX, NOT_A_NAME, PLATFORM_CLASS, TECHNICAL_ENDING } from './name-words.ts';

const MAX_NAMES = 20;

const SNAKE =
  /(?<![\w$./=%@-])[A-Za-z][A-Za-z0-9]{0,60}(?:_[A-Za-z0-9]{1,60}){1,20}(?:-(?:19|20)\d\d-?\d\d-?\d\d)?(?:\.(?:py|sql|sh|jar|hql))?(?![\w($/]|\.\w|\s{0,3}(?:=|[<>]=?\s))/g;
const KEBAB =
  /(?<![\w$./=%@-])[A-Za-z][A-Za-z0-9]{0,60}(?:-[A-Za-z0-9]{1,60}){1,20}(?:\.(?:py|sql|sh|jar|hql))?(?![\w($/=-]|\.\w)/g;
const DOTTED = /(?<![\w$./=%@:-])[a-z][a-z0-9_]{1,60}(?:\.[a-z0-9_]{1,60}){1,8}(?![\w($/=-]|\.\w)/g;
const CAMEL = /(?<![\w$./=%@-])(?:[A-Z][a-z0-9]{1,40}){2,10}(?:[_-]\d{6,14})?(?![\w($/=]|\.\w)/g;
/** Any word where only a job's name can stand. */
const FRAMES: readonly RegExp[] = [
  /\bwhy (?:did|does|do|is|was|has|are|were) (?:the |my |our |this )?(?:spark |flink |yarn )?(?:job |app |application |dag |task )?[`"'“]?([\w.-]{2,120}?)[`"'”]?(?: job)? (?:fail|die|crash|hang|abort|stop|get|go|take|took|become|became|run|so |slow|still|stuck|not |killed|late|pending)/gi,
  /\b(?:is|has|was|did) (?:the |my |our |this )?(?:job |app |application |dag )?[`"'“]?([\w.-]{3,120}?)[`"'”]? (?:still |already |yet )?(?:running|done|finish|complete|stuck|hung|alive|ended)/gi,
  /\b(?:job|application|app|dag|workflow|pipeline) (?:named|called|name is|name:?) ?[`"'“]?([\w.-]{2,120})/gi,
  /\b(?:job|application|app|dag|workflow|pipeline)[: ]{1,2}[`"“']([^`"”'\n]{2,120})[`"”']/gi,
  /(?:任务|作业|应用|工作流)(?:名(?:字|称)?|叫)?\s{0,2}[:：是]?\s{0,2}[`"“「《]([^`"”」》\n]{2,120})[`"”」》]/g,
  /(?:任务|作业|应用|工作流)(?:名(?:字|称)?|叫)?\s{0,2}[:：]?\s{0,2}([A-Za-z][\w.-]{2,120})/g,
  /(?:为什么|为啥|怎么回事)[,，]?\s{0,2}([A-Za-z][\w.-]{2,120})/g,
  /([A-Za-z][\w.-]{2,120})\s{0,2}(?:这个)?(?:任务|作业)/g,
  /(?:训练|跑|提交|运行)\s{0,2}([A-Za-z]\w{0,60}[_-][\w.-]{1,60})/g,
  /([A-Za-z]\w{0,60}[_-][\w.-]{1,60})\s{0,2}(?:很慢|太慢|变慢|好慢|特别慢|失败|挂了|报错|卡住|卡死|跑了|跑不|没跑完|还没)/g,
  /([A-Za-z][\w.-]{2,120})\s{0,2}(?:昨晚|昨天|今天|今早|凌晨|刚才)?(?:为什么|为啥|怎么)(?:会|又|还)?(?:失败|挂|慢|变慢|报错|跑|卡|没)/g,
];
/** The job ends the text: `why is it slow: order-7f3a`. */
const ENDING = /[:：]\s{0,3}[`"'“]?([A-Za-z][\w.-]{2,120})[`"'”]?[?？.]?\s{0,10}$/;
/** The job opens the text: `bert-rank: 3 times …`, `bert-rank hangs since …`. */
const OPENING =
  /^\s*(?:(?:hi|hello|hey|你好|请问|帮忙看下|昨晚|今天)[,，:：!\s]*)?[`"'“]?([A-Za-z][\w.-]{2,120}?)[`"'”]?\s?(?:[:：]|\s(?:failed|fails|died|dies|died|hangs?|hung|crashe[sd]|is|was|has|took|takes|ran|runs|got|keeps|never|stuck|again|not)\b|\s{0,2}(?:跑|失败|挂|卡|变慢|很慢|慢|从|一直|提交|报错|昨|今|每天|还没|没|里|driver|executors?\b))/i;
/** A word after one of these is a column, a setting or a queue. */
const OTHER_THING =
  /(?:\b(?:columns?|fields?|keys?|functions?|methods?|variables?|configs?|settings?|parameters?|options?|metrics?|queues?|pools?|users?|by|with|set)|列|字段|参数|函数|方法|队列|用户|配置)\s{0,2}[`"'“]?$/i;

interface Named {
  name: string;
  at: number;
  /** 0 stands where only a name can stand, 1 has the shape of one, 2 and 3 may be one. */
  rank: number;
}

/**
 * Names of jobs as people say them, the likeliest first: where only a name can stand, then by shape, then by place. `taken`
 * holds what was read as something else (pods, hosts in links, ids).
 */
export function readJobNames(said: string, taken: ReadonlySet<string>): string[] {
  const named: Named[] = [];
  for (const { name, at, framed } of inFrames(said)) {
    if (framed || hasShape(name)) named.push({ name, at, rank: hasShape(name) ? 0 : 2 });
    else if (/^[a-z]/.test(name)) named.push({ name, at, rank: 3 });
  }
  addShaped(named, said, SNAKE, isSnakeName, 1);
  addShaped(named, said, KEBAB, isKebabName, 1);
  addShaped(named, said, DOTTED, isDottedName, 2);
  addShaped(named, said, CAMEL, (name) => !PLATFORM_CLASS.test(name), 2);
  const kept = named.filter(({ name }) => !taken.has(name) && !isId(name) && !isKnownWord(name));
  kept.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return [...new Set(kept.map(({ name }) => name))].slice(0, MAX_NAMES);
}

function inFrames(said: string): { name: string; at: number; framed: boolean }[] {
  const names: { name: string; at: number; framed: boolean }[] = [];
  for (const frame of FRAMES) {
    for (const match of said.matchAll(frame)) {
      const name = trimmed(match[1] ?? '');
      if (name) names.push({ name, at: match.index, framed: true });
    }
  }
  const opening = trimmed(OPENING.exec(said.slice(0, 400))?.[1] ?? '');
  if (opening) names.push({ name: opening, at: 0, framed: false });
  const ending = trimmed(ENDING.exec(said.slice(-400))?.[1] ?? '');
  if (ending && hasShape(ending)) names.push({ name: ending, at: said.length, framed: false });
  return names;
}

function addShaped(named: Named[], said: string, shape: RegExp, fits: (name: string) => boolean, rank: number): void {
  for (const match of said.matchAll(shape)) {
    const name = trimmed(match[0]);
    if (!fits(name)) continue;
    const other = OTHER_THING.test(said.slice(Math.max(0, match.index - 16), match.index));
    named.push({ name, at: match.index, rank: other ? 2 : rank });
  }
}

function isSnakeName(name: string): boolean {
  if (name === name.toUpperCase() && /[A-Z]/.test(name)) return false;
  return !TECHNICAL_ENDING.test(name);
}

/** Two parts are mostly plain English (`low-prio`); such a name is known by its place only. */
function isKebabName(name: string): boolean {
  const parts = name.split('-');
  if (HYPHENATED.has(name.toLowerCase())) return false;
  if (parts.length < 3) return /\d{6,}$/.test(name);
  return parts.filter((part) => /[A-Za-z]{2}/.test(part)).length >= 2;
}

function isDottedName(name: string): boolean {
  return (
    name.includes('_') &&
    !KEY_PREFIX.test(name) &&
    !/\.(?:py|jar|log|txt|csv|json|xml|ya?ml|conf|properties|sh|sql|orc|parquet|gz|zst|out|err|png)$/.test(name)
  );
}

function hasShape(name: string): boolean {
  return /[_-]/.test(name) || /[a-z][A-Z]/.test(name) || /\d/.test(name);
}

function isKnownWord(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    NOT_A_NAME.has(lower) ||
    HYPHENATED.has(lower) ||
    KEY_PREFIX.test(name) ||
    /^[\d.:-]+$/.test(name) ||
    PLATFORM_CLASS.test(name)
  );
}

function isId(name: string): boolean {
  return /^(?:(?:application|appattempt|container|job|task|attempt)_[e\d]|(?:app|local|driver)-\d{13}|spark-[0-9a-f]{32})/.test(
    name,
  );
}

function trimmed(name: string): string {
  return name.trim().replace(/^[._-]+|[.:_-]+$/g, '');
}
