import type { Bilingual } from '../../knowledge/bilingual.ts';
import { maskSecrets } from '../evidence/mask-secrets.ts';
import { shorten } from '../evidence/shorten.ts';
import { duration, plural } from '../evidence/spoken-figures.ts';
import type { HttpNoReply, HttpReply } from './http-reply.ts';
import type { ServiceTrouble } from './platform.ts';
import { isAnotherForm } from './service-name.ts';

/** Keeps what services did but answer. */
export interface TroubleBook {
  note(service: string, request: string, reply: HttpReply | HttpNoReply): void;
  /** One sentence for each service, about the first thing that went wrong and how often something did. */
  all(): ServiceTrouble[];
}

interface Trouble {
  asked: number;
  failed: number;
  first: Bilingual | null;
  /** The first of those that count only when nothing of the service was good. */
  mild: Bilingual | null;
  /** How far its clock is ahead of ours, milliseconds; negative: behind. 0 while it is near enough. */
  aheadMs: number;
}

/** Clocks of one site lie within seconds; this much is no slow answer any more, and hides what belongs together in time. */
const CLOCK_OFF_MS = 5 * 60_000;

export function troubleBook(): TroubleBook {
  const services = new Map<string, Trouble>();
  return {
    note(service, request, reply) {
      const trouble = services.get(service) ?? { asked: 0, failed: 0, first: null, mild: null, aheadMs: 0 };
      services.set(service, trouble);
      trouble.asked += 1;
      if ('stampedAt' in reply && reply.stampedAt !== null) {
        const aheadMs = reply.stampedAt - reply.at;
        if (Math.abs(aheadMs) > CLOCK_OFF_MS) trouble.aheadMs = aheadMs;
      }
      const what = 'miss' in reply ? missed(reply) : strange(service, request, reply);
      if (what === null) return;
      trouble.failed += 1;
      // A path that one version has and another has not is asked for all the time.
      if ('status' in reply && reply.status === 404) trouble.mild ??= what;
      else trouble.first ??= what;
    },
    all: () =>
      [...services].flatMap(([service, trouble]) => {
        const note = sentenceOf(trouble) ?? clockOf(service, trouble.aheadMs);
        return note === null ? [] : [{ service, note }];
      }),
  };
}

function sentenceOf({ asked, failed, first, mild }: Trouble): Bilingual | null {
  const told = first ?? (failed === asked ? mild : null);
  if (told === null || failed < 2) return told;
  return {
    en: `${told.en}; ${failed} of ${plural(asked, 'request')} failed`,
    zh: `${told.zh}；${asked} 次请求中有 ${failed} 次失败`,
  };
}

function clockOf(service: string, aheadMs: number): Bilingual | null {
  if (aheadMs === 0) return null;
  const off = duration(Math.abs(aheadMs));
  return {
    en: `the clock of ${service} is ${off.en} ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's: its times may not fit those of others`,
    zh: `${service} 的时钟比本机${aheadMs > 0 ? '快' : '慢'} ${off.zh}：它给出的时间可能与其他来源对不上`,
  };
}

function missed({ miss, why }: HttpNoReply): Bilingual | null {
  return miss === 'not_configured' || miss === 'not_recorded' ? null : why;
}

/** A web page where data was asked for, an error, a redirect: told with what the service said. */
function strange(service: string, request: string, reply: HttpReply): Bilingual | null {
  const path = shorten(maskSecrets(request.split('?', 1)[0] ?? ''), 80);
  if (reply.redirect !== null) {
    const target = shorten(maskSecrets(reply.redirect), 120);
    return {
      en: `${service} redirects ${path} to ${target}, which is not followed`,
      zh: `${service} 把 ${path} 重定向到 ${target}，未跟随`,
    };
  }
  if (reply.status >= 400 || reply.status === 0) {
    const said = saidBy(reply);
    return {
      en: `${service} answered ${path} with status ${reply.status}${said === '' ? '' : ` (${said})`}`,
      zh: `${service} 对 ${path} 的应答状态为 ${reply.status}${said === '' ? '' : `（${said}）`}`,
    };
  }
  if (isWebPage(reply)) {
    const said = saidBy(reply);
    return {
      en: `${service} answered ${path} with a web page instead of data${said === '' ? '' : ` (${said})`}`,
      zh: `${service} 对 ${path} 的应答是网页而不是数据${said === '' ? '' : `（${said}）`}`,
    };
  }
  const head = reply.body.subarray(0, 4096).toString('utf8');
  if (isAnotherForm(service, request, head)) {
    return {
      en: `${service} answered ${path} with something else than expected: another version, or another service`,
      zh: `${service} 对 ${path} 的应答不是预期的内容：版本不同，或是另一种服务`,
    };
  }
  return null;
}

/** True for HTML, whatever the server calls it. */
export function isWebPage({ body, contentType }: HttpReply): boolean {
  const head = body.subarray(0, 400).toString('latin1');
  return contentType === 'text/html' ? !/^\s{0,200}[[{]/.test(head) : /^\s{0,200}<(?:!doctype html|html)/i.test(head);
}

/** A few words out of an error's body: a JSON message, a page's title, or its first line. */
function saidBy({ body }: HttpReply): string {
  const head = body.subarray(0, 4096).toString('utf8');
  const title = /<title>([^<]{1,200})<\/title>/i.exec(head)?.[1];
  const message = /"(?:message|error|reason)"\s{0,5}:\s{0,5}"([^"\\]{1,200})/.exec(head)?.[1];
  const line = /^\s{0,200}[<{[]/.test(head) ? '' : (head.split('\n', 1)[0] ?? '');
  return shorten(maskSecrets(visible(message ?? title ?? line)), 120);
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
