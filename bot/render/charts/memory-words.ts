import type { Language } from '../../../knowledge/bilingual.ts';
import { bytes } from '../../../tools/evidence/spoken-figures.ts';
import { shortIds } from '../short-names.ts';
import type { MemoryData } from './chart-data.ts';

/** The limit, and whose it is. */
export function memoryTitle({ name, host, limitBytes }: MemoryData, language: Language): string {
  const where = host === null ? shortIds(name) : `${shortIds(name)} @ ${host}`;
  const limit = bytes(limitBytes);
  return language === 'zh' ? `内存与上限 ${limit}：${where}` : `Memory against the limit of ${limit}: ${where}`;
}

/** What the picture tells. */
export function memoryAlt(data: MemoryData, language: Language): string {
  const zh = language === 'zh';
  const head = zh ? `${memoryTitle(data, language)}。` : `${memoryTitle(data, language)}. `;
  if (data.points.length === 0) {
    const told = data.holders.map((holder) => `${holderName(holder, language)} ${bytes(holder.bytes)}`);
    return zh ? `条形图。${head}${told.join('，')}。` : `Bar chart. ${head}${told.join(', ')}.`;
  }
  const sizes = data.points.map((point) => point.bytes);
  const [least, most] = [bytes(Math.min(...sizes)), bytes(Math.max(...sizes))];
  const clock = (at: number | undefined) => new Date(at ?? 0).toISOString().slice(11, 19);
  const span = [clock(data.points[0]?.at), clock(data.points.at(-1)?.at)];
  return zh
    ? `折线图。${head}${span[0]} 至 ${span[1]}（UTC）占用在 ${least} 与 ${most} 之间。`
    : `Line chart. ${head}From ${span[0]} to ${span[1]} (UTC) between ${least} and ${most} were in use.`;
}

/** Who held it, as a reader sees it. */
export function holderName({ part, name }: MemoryData['holders'][number], language: Language): string {
  const zh = language === 'zh';
  if (part === 'whole') return zh ? '合计占用' : 'all in use';
  if (part === 'killed') return zh ? `被杀：${name}` : `killed: ${name}`;
  return shortIds(name);
}

/** Beside the rule of the limit. */
export function limitWords({ limitBytes }: MemoryData, language: Language): string {
  return language === 'zh' ? `上限 ${bytes(limitBytes)}` : `limit ${bytes(limitBytes)}`;
}
