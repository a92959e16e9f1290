import type { Language } from '../../../knowledge/bilingual.ts';

/** What the analyst says for a terminal, and what it means where people talk: a file is sent, not passed as an option. */
const INSTEAD: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [
      /--event-log PATH, --attach FILE or --from CAPTURE; or name the platform in \.env.*$/,
      'send the log or the event log here',
    ],
    [
      /wherefore ask "…" --event-log SLOW --compare-with USUAL/,
      'send the event logs of the slow and of a usual run here',
    ],
    [/wherefore ask "…" --event-log PATH/, 'send the file here'],
    [/attach it with --attach/, 'send it here'],
    [/wherefore ask ("[^"]{1,200}")/, 'ask here: $1'],
  ],
  zh: [
    [/--event-log 路径、--attach 文件或 --from 录制目录；或在 \.env 里配置平台.*$/, '把日志或事件日志发到这里'],
    [/wherefore ask "…" --event-log 慢的 --compare-with 平时的/, '把慢的和平时的事件日志都发到这里'],
    [/wherefore ask "…" --event-log 路径/, '把文件发到这里'],
    [/用 --attach 附上/, '发到这里即可'],
    [/wherefore ask ("[^"]{1,200}")/, '在这里问：$1'],
  ],
};

/** How to get what is missing, for a thread: without options of the command line. */
export function saidInThread(how: string, language: Language): string {
  return INSTEAD[language].reduce((text, [terminal, thread]) => text.replace(terminal, thread), how);
}
