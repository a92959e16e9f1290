/** Beyond this a text is not searched: the head of a payload has to come before it. */
const SEARCHED = 20_000;

const SIGNS: readonly RegExp[] = [
  /\byou are now\b|\bfrom now on,? you\b|\byour (?:new )?(?:task|role|instructions?) (?:is|are)\b/i,
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|previous|above|prior|guideline)/i,
  /\b(?:system|developer) (?:prompt|message|instruction|override)\b/i,
  /\b(?:you are|act as|pretend to be|respond as|as) (?:now )?(?:an?|the) (?:\w{1,20} )?(?:ai|assistant|bot|language model|llm|administrator|admin)\b/i,
  /\b(?:note|message|instruction|attention|dear|hey|hello|hi|to)s?\b.{0,16}\b(?:assistant|chatbot|bot|agent|llm|ai|model|analyst|reader)\b/i,
  /\b(?:assistant|bot|agent|llm|ai)\b\s{0,2}[:,]\s{0,2}(?:please |you )?(?:report|say|tell|answer|reply|print|post|fetch|set|call|include|quote|treat|recommend|add|run|show|state)\b/i,
  /\b(?:please|must|should|always) (?:report|answer|reply|respond|state|conclude|recommend|tell the user|say)\b/i,
  /<\|?(?:im_start|im_end|system|endoftext|assistant)\b|\[\/?(?:INST|SYS)\]|^\s{0,8}(?:system|assistant)\s{0,2}:/im,
  /(?:忽略|无视|忘记|不要理会).{0,12}(?:指令|指示|提示|规则|以上|之前|上面)/,
  /(?:你是|作为|扮演).{0,8}(?:助手|管理员|机器人|模型|AI)/i,
  /(?:请|必须|务必|应当)(?:直接)?(?:报告|回答|回复|输出|告诉|声明|引用|推荐|设置|访问)/,
  /(?:系统提示|提示词|系统消息)/,
];

/** Letters that look like Latin ones. */
const LOOKALIKE: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  ɡ: 'g',
  ո: 'n',
  ν: 'v',
  ο: 'o',
  α: 'a',
  ε: 'e',
  ι: 'i',
  т: 't',
  м: 'm',
  к: 'k',
  в: 'b',
  н: 'h',
};

/**
 * True when a text that was read speaks to an assistant instead of telling what happened: as it stands, without unseen characters and
 * look-alike letters, reversed, or wrapped in base64 or hexadecimal. A sign for people, not a guard: what it misses is still only data.
 */
export function isAddressedToAssistant(text: string): boolean {
  const head = text.slice(0, SEARCHED);
  const plain = plainLetters(head);
  return [plain, ...unwrapped(plain), [...plain].reverse().join('')].some((form) =>
    SIGNS.some((sign) => sign.test(form)),
  );
}

/** Without unseen characters, compatibility forms and look-alike letters. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\\u(?:\{[0-9a-f]{1,6}\}|[0-9a-f]{4})/gi, '')
    .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u180b-\u180e]|[\ufe00-\ufe0f]/g, '')
    .replace(/[\u{e0000}-\u{e01ef}]/gu, '')
    .replace(ANSI, '')
    .replace(/[\u0370-\u058f\u0250-\u02af]/g, (letter) => LOOKALIKE[letter] ?? letter);
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]{0,20}m`, 'g');
const WRAPPED = /[A-Za-z0-9+/_-]{24,8000}={0,2}/g;
const MOST_WRAPPED = 8;

function unwrapped(text: string): string[] {
  return (text.match(WRAPPED) ?? []).slice(0, MOST_WRAPPED).flatMap((piece) => {
    const forms = [Buffer.from(piece, 'base64').toString('utf8')];
    if (/^[0-9a-f]+$/i.test(piece)) forms.push(Buffer.from(piece, 'hex').toString('utf8'));
    return forms.filter((form) => /^[\x20-\x7e\s\u3000-\u9fff\uff00-\uffef]{12,}$/.test(form));
  });
}
