import { type AskedOf, type FirstLook, takeFirstLook } from '../investigation/first-look.ts';

/** The first look of a conversation, which keeps what it brought. */
export interface RememberedLook {
  firstLook: typeof takeFirstLook;
  /** What was seen last; null before the first question. */
  seen(): FirstLook | null;
}

/**
 * A first look that is taken once: a recording is read whole whatever is asked, and of a live platform only what was not asked for
 * yet is asked (the platform keeps its answers). Files that were attached for one question are part of its look.
 */
export function rememberFirstLook(): RememberedLook {
  let last: { look: FirstLook; attached: string; ids: ReadonlySet<string> } | null = null;
  return {
    seen: () => last?.look ?? null,
    firstLook: async (platform, attachments, signal, asked = null) => {
      const attached = attachments.map(({ source }) => source).join('\n');
      if (last && last.attached === attached && (platform.kind !== 'live' || covers(last, asked))) return last.look;
      const look = await takeFirstLook(platform, attachments, signal, asked);
      last = { look, attached, ids: new Set([...(last?.ids ?? []), ...(asked?.applicationIds ?? [])]) };
      return look;
    },
  };
}

/** Everything this question names was named before. */
function covers({ ids }: { ids: ReadonlySet<string> }, asked: AskedOf | null): boolean {
  if (asked === null) return true;
  return asked.applicationIds.length > 0 && asked.applicationIds.every((id) => ids.has(id));
}
