import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { plainLetters } from '../addressed-to-assistant.ts';
import { CANARY } from '../instructions.ts';

/** A sentence with one of these is taken out; with a grave one the whole text is, for it was made by somebody else. */
export interface ForeignMatter {
  what: string;
  grave: boolean;
}

const SCHEME = /\b[a-z][a-z0-9+.-]{1,20}:\/\/|\bwww\.|\bmailto:|\bjavascript:|\bdata:[a-z]/i;
const MARKUP = /!?\[[^\]\n]{0,200}\]\s?\(|<\/?[a-z!][^>\n]{0,300}>|&(?:#\d|#x|lt|gt)\w{0,8};|```|~~~/i;
const MENTION =
  /<[!@#][\w^|-]|(?:^|[\s（(,，])@[A-Za-z][\w.-]{1,60}|@(?:channel|here|everyone|all)\b|(?:^|\s)#[a-z][\w-]{2,60}/i;
/** Words that are nothing but commands, then those that prose has too and that take a subcommand or an option. */
const COMMAND =
  /(?:^|[\s`'"“(（:：])(?:(?:curl|wget|bash|zsh|sudo|chmod|chown|pip3?|conda|npm|npx|apt-get|kubectl|scp|systemctl|spark-submit|spark-shell|kinit|iptables|sysctl|killall|pkill|crontab|ulimit|powershell) +[-\w./~$]|(?:rm|ssh|nc|git|yum|apt|brew|helm|docker|mvn|python3?|hdfs|hadoop) +(?:-\w|\/|(?:install|run|exec|rm|pull|push|clone|checkout|dfs|fs|fsck|dfsadmin|haadmin|jar|archive|distcp|upgrade|rollback|uninstall|update|remove)\b))|\bkill -\w|\b(?:yarn|flink|airflow|celeborn|alluxio) (?:application|app|container|rmadmin|node|cluster|cancel|run|savepoint|dags?|tasks?|fs|fsadmin|logs) -\w|\|\s{0,2}(?:ba|z)?sh\b|\$\(|(?:^|\s)\$ \w|&&|;\s{0,2}(?:rm|curl|wget)\b|`[^`]{0,200}`/i;
const PACKAGE =
  /\b(?:install|download|upgrade to|import|add the (?:package|library|dependency|jar))\b.{0,60}\b(?:package|library|module|dependency|jar|wheel|plugin|agent|script|tool|patch|binary)\b|\b[\w.-]{2,80}(?:==|~=)\d|\b[a-z][\w.-]{2,80}:[a-z][\w.-]{1,80}:\d[\w.]*|\b[\w-]{2,80}(?:@\d+\.\d|\.(?:whl|jar|sh|exe|rpm|deb|tgz|tar\.gz|bat|ps1)\b)|安装.{0,20}(?:包|库|依赖|插件|工具|脚本|补丁)|下载/i;
const PHONE = /\+\d[\d -]{7,16}\d|\b[\w.+-]{1,60}@[\w-]{1,60}\.[a-z]{2,12}\b/i;
/** Order to the reader that no diagnosis needs: secrets, pages to visit, people to write to. */
const LURE =
  /\b(?:click|visit|go to|open this|send (?:me|us|your|the)|paste your|provide your|enter your|share your|log ?in at|call (?:us|this))\b|(?:点击|访问|打开(?:此|这个)?(?:链接|网址)|发送(?:给|到)|输入您?的?(?:密码|令牌))/i;

/** What in a text was not built by code and must not reach a person; null when there is none. */
export function foreignMatter(text: string, alsoSecret: readonly string[] = []): ForeignMatter | null {
  const plain = plainLetters(text);
  const forms = plain === text ? [text] : [text, plain];
  for (const form of forms) {
    const found = matterIn(form, alsoSecret);
    if (found) return found;
  }
  return null;
}

function matterIn(text: string, alsoSecret: readonly string[]): ForeignMatter | null {
  const grave = (what: string) => ({ what, grave: true });
  if (text.toLowerCase().includes(CANARY.toLowerCase())) return grave('the marker of the instructions');
  if (alsoSecret.some((secret) => text.includes(secret))) return grave('something secret');
  if (maskSecrets(text) !== text) return grave('something secret');
  if (SCHEME.test(text)) return grave('a link');
  if (MENTION.test(text)) return grave('a mention');
  if (MARKUP.test(text)) return grave('markup');
  if (PHONE.test(text)) return grave('an address to write to or to call');
  if (LURE.test(text)) return grave('a request to go somewhere or to hand something over');
  if (COMMAND.test(text)) return { what: 'a command or code', grave: false };
  if (PACKAGE.test(text)) return { what: 'something to install', grave: false };
  return null;
}
