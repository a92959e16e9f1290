import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import type { Setting } from '../../knowledge/causes/cause.ts';
import { REFERENCE_SETTINGS, settingOf } from '../../knowledge/causes/settings.ts';
import { figuresIn } from './figures/figure.ts';
import { claimedCodes } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

type Change = RootCause['remediations'][number]['settings'][number];

/** Causes in which something was too small: what is advised for it goes up. */
const TOO_SMALL =
  /^memory\.(?:container_physical|container_virtual|executor_heap|driver_heap|metaspace|offheap|result_size|gc_overhead)|^kernel\.memcg_oom/;
const MEMORY_KEY = /memory|overhead|heap|xmx|maxresultsize|metaspace/i;
/** A tool that advises more than this many times what was set advises something else than it measured. */
const MOST_TIMES = 32;

/** What is advised can be set, helps, and does no harm that the truth knows of. */
export const FIX = scorerOf({
  name: 'fix',
  measures:
    '1: settings exist, lie in range and go the right way, the required ones are there and no forbidden one; 0: a required one is missing, a forbidden or invented one is there; else the share that is sound',
  expects: ({ behaviour }) => behaviour === 'answer',
  judge: ({ diagnosis, expected: { settings } }) => {
    const claimed = new Set(claimedCodes(diagnosis));
    const causes = diagnosis.rootCauses.filter(({ code }) => claimed.has(code));
    const changes = causes.flatMap((cause) =>
      cause.remediations.flatMap((remedy) => remedy.settings.map((change) => ({ cause, change }))),
    );
    const keys = new Set(changes.map(({ change }) => plain(change.key)));
    const missing = settings.required.filter((group) => !group.some((key) => keys.has(plain(key))));
    const forbidden = settings.forbidden.filter((key) => keys.has(plain(key)));
    const invented = changes.filter(({ change }) => !isKnown(change.key)).map(({ change }) => change.key);
    const grave = [
      ...missing.map((group) => `missing: ${group.join(' or ')}`),
      ...forbidden.map((key) => `forbidden: ${key}`),
      ...invented.map((key) => `no such setting: ${key}`),
    ];
    if (grave.length > 0) return { value: 0, detail: grave.join('; ') };
    if (changes.length === 0) return { value: settings.required.length + settings.forbidden.length > 0 ? 1 : null };
    const faults = changes.flatMap(({ cause, change }) => faultOf(change, cause, diagnosis) ?? []);
    return {
      value: 1 - faults.length / changes.length,
      detail: faults.join('; '),
      figures: { settings: changes.length },
    };
  },
});

function isKnown(key: string): boolean {
  return settingOf(key) !== undefined || REFERENCE_SETTINGS.includes(key);
}

function plain(key: string): string {
  return key.replace(/^spark\.hadoop\./, '');
}

function faultOf({ key, from, to }: Change, { code }: RootCause, diagnosis: Diagnosis): string | null {
  if (from === to) return `${key} stays ${to}`;
  const setting = settingOf(key);
  if (setting?.values && !setting.values.includes(to)) return `${key} cannot be ${to}`;
  const [before, after] = [amountOf(from ?? setting?.default ?? '', setting), amountOf(to, setting)];
  if (after === null) return isNumeric(setting) ? `${key} cannot be ${to}` : null;
  if (setting?.min !== undefined && after < setting.min && after >= 0)
    return `${key} = ${to} is below what makes sense`;
  if (setting?.max !== undefined && after > setting.max) return `${key} = ${to} is above what makes sense`;
  if (before === null || before <= 0) return null;
  if (TOO_SMALL.test(code) && MEMORY_KEY.test(key) && after < before) return `${key} goes down, and it was too small`;
  // Back to what earlier runs had may be any way off.
  const isBack = diagnosis.comparison?.changes.some(({ name, from: usual }) => name === key && usual === to) ?? false;
  return !isBack && after / before > MOST_TIMES ? `${key} goes from ${from} to ${to}` : null;
}

function isNumeric(setting: Setting | undefined): boolean {
  return (
    setting !== undefined &&
    ['bytes', 'duration', 'count', 'ratio'].includes(setting.unit) &&
    setting.values === undefined
  );
}

/** In base units; bare numbers as the setting's unit reads them. Null for what is no amount. */
function amountOf(value: string, setting: Setting | undefined): number | null {
  if (/^-?\d+(?:\.\d+)?$/.test(value))
    return Number(value) * (setting?.unit === 'bytes' && /overhead/i.test(setting.key) ? 1024 ** 2 : 1);
  // `10m` is ten minutes where it is a duration.
  if (setting?.unit === 'duration' && /^\d+m(?:in)?$/.test(value)) return Number.parseInt(value, 10) * 60_000;
  const [figure, ...more] = figuresIn(value);
  return figure === undefined || more.length > 0 || figure.text.length !== value.length
    ? null
    : (figure.values[0] ?? null);
}
