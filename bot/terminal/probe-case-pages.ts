import { CASE_PATH } from '../slack/pages/case-pages.ts';
import type { SlackSettings } from '../slack/slack-settings.ts';
import { isOpenWire } from './is-open-wire.ts';
import type { Check } from './probe-services.ts';

/** Case pages: whether the address that people get leads to the bot. That nothing answers is no fault: the bot may not run now. */
export async function probeCasePages({ casePagesUrl }: SlackSettings, timeoutMs: number): Promise<Check> {
  const name = 'slack case pages';
  if (casePagesUrl === null)
    return { name, ok: null, detail: 'attached as files (WHEREFORE_CASE_PAGES_URL serves them instead)' };
  const open = isOpenWire(casePagesUrl) ? '; pages go over plain http' : '';
  try {
    const response = await fetch(`${casePagesUrl}${CASE_PATH}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Without a signed address there is nothing, and the bot says so in these words.
    const isOurs = response.status === 404 && (await response.text()).includes('There is nothing here.');
    return isOurs
      ? { name, ok: true, detail: `the bot answers at ${casePagesUrl}${open}` }
      : { name, ok: false, detail: `${casePagesUrl} does not lead to the bot (status ${response.status})${open}` };
  } catch {
    return {
      name,
      ok: null,
      detail: `nothing answers at ${casePagesUrl} now: the bot has to run, and the proxy to lead to it${open}`,
    };
  }
}
