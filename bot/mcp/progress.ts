import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Bilingual, Language } from '../../knowledge/bilingual.ts';

/** A sign of life so often while nothing else happens: clients give a silent server up after a minute or less. */
const SIGN_OF_LIFE_MS = 5_000;

/** Tells a client what happens while its call is worked on; silent when the client did not ask to be told. */
export interface Progress {
  tell(line: string): void;
  /** A kind of service (`yarn-rm`), or `files`, is asked for the first time. */
  asked(what: string): void;
  end(): void;
}

/** The progress of one call, for a client that sent a progress token with it. How much is left is not known, so no total is given. */
export function progressOf(
  extra: Pick<RequestHandlerExtra<ServerRequest, ServerNotification>, '_meta' | 'sendNotification' | 'signal'>,
  language: Language,
): Progress {
  const progressToken = extra._meta?.progressToken;
  if (progressToken === undefined) return { tell: () => {}, asked: () => {}, end: () => {} };
  const began = performance.now();
  let progress = 0;
  let ended = false;
  const tell = (message: string) => {
    if (ended || extra.signal.aborted) return;
    progress += 1;
    const params = { progressToken, progress, message };
    // A client that has gone away needs no progress; its call ends by itself.
    extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {});
  };
  const alive = setInterval(() => {
    const seconds = Math.round((performance.now() - began) / 1000);
    tell(said({ en: `still looking, ${seconds} s`, zh: `仍在查看，已用 ${seconds} 秒` }, language));
  }, SIGN_OF_LIFE_MS).unref();
  return {
    tell,
    asked: (what) =>
      tell(
        said(
          what === 'files'
            ? { en: 'reading files and logs', zh: '正在读取文件和日志' }
            : { en: `asking ${what}`, zh: `正在查询 ${what}` },
          language,
        ),
      ),
    end: () => {
      ended = true;
      clearInterval(alive);
    },
  };
}

function said(text: Bilingual, language: Language): string {
  return text[language];
}
