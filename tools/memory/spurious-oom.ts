import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Quote } from '../evidence/quote.ts';
import { bytes } from '../evidence/spoken-figures.ts';
import type { MemoryZone, OomInvoker, OomReport } from '../host/kernel-facts.ts';
import { MEMORY_THRESHOLDS } from './thresholds.ts';

/** Why a kill need not mean that memory was used up. */
export interface SpuriousSign {
  kind: 'observed' | 'inferred';
  why: Bilingual;
  quotes: Quote[];
  values: Record<string, number | string>;
}

/** Zone bits of a gfp mask (include/linux/gfp_types.h; the same since 2.6). */
const GFP_DMA = 0x01;
const GFP_DMA32 = 0x04;

/** Looks for signs in a dump that the kernel killed although memory was there; `null` when there is none. */
export function spuriousSign(report: OomReport): SpuriousSign | null {
  return report.memory === null ? hostSign(report) : groupSign(report);
}

/** A group's kill with usage far below its limit, and no other limit of the group reached. */
function groupSign(report: OomReport): SpuriousSign | null {
  const { memory, memorySwap, swap, kmem } = report;
  if (!memory || memory.limitBytes === null || memory.limitBytes === 0) return null;
  const reached = [memory, memorySwap, swap, kmem].some(
    (line) =>
      line && line.limitBytes !== null && line.usageBytes >= line.limitBytes * MEMORY_THRESHOLDS.limitReachedShare,
  );
  if (reached) return null;
  const [used, limit] = [bytes(memory.usageBytes), bytes(memory.limitBytes)];
  return {
    kind: 'observed',
    why: {
      en: `the group used ${used} of its limit of ${limit} when the kernel killed`,
      zh: `内核动手时该组只用了 ${used}，上限是 ${limit}`,
    },
    quotes: [memory.quote],
    values: { usageBytes: memory.usageBytes, limitBytes: memory.limitBytes },
  };
}

function hostSign(report: OomReport): SpuriousSign | null {
  const { invoker } = report;
  if (!invoker) return null;
  const order = invoker.order ?? 0;
  const lowZone = lowZoneOf(invoker);
  if (lowZone) return lowZoneSign(report, invoker, lowZone);
  const free = usableZones(report.zones);
  if (free.length > 0) return freeSign(invoker, order, free);
  if (report.zones.length > 0 || order < MEMORY_THRESHOLDS.contiguousOrder) return null;
  return {
    kind: 'inferred',
    why: {
      en: `the kernel asked for ${2 ** order} contiguous pages at once (order ${order}); such a request can fail while plenty of memory is free or reclaimable`,
      zh: `内核一次要 ${2 ** order} 个连续内存页（order ${order}）；即使还有大量空闲或可回收内存，这种请求也可能失败`,
    },
    quotes: [invoker.quote],
    values: { order, contiguousPages: 2 ** order },
  };
}

/**
 * Zones that were well above their high mark. The Normal zone decides where there is one: the small DMA zone does not count,
 * and DMA32 keeps a reserve that ordinary requests may not take. A small virtual machine has no Normal zone.
 */
function usableZones(zones: readonly MemoryZone[]): MemoryZone[] {
  const normal = zones.filter((zone) => zone.name === 'Normal' || zone.name === 'Movable');
  const deciding = normal.length > 0 ? normal : zones.filter((zone) => zone.name === 'DMA32');
  return deciding.filter((zone) => zone.freeBytes > zone.highBytes * MEMORY_THRESHOLDS.freeAboveHighMark);
}

function freeSign(invoker: OomInvoker, order: number, zones: readonly MemoryZone[]): SpuriousSign {
  const freeBytes = zones.reduce((sum, zone) => sum + zone.freeBytes, 0);
  const free = bytes(freeBytes);
  const pages = 2 ** order;
  const why =
    order > 0
      ? {
          en: `${free} were free, only not in ${pages} contiguous pages (order ${order}): fragmentation`,
          zh: `当时空闲 ${free}，只是凑不出 ${pages} 个连续页（order ${order}）：内存碎片`,
        }
      : { en: `${free} were free in zones well above their marks`, zh: `当时空闲 ${free}，各内存区远高于水位` };
  return {
    kind: order > 0 ? 'observed' : 'inferred',
    why,
    quotes: [invoker.quote, ...zones.slice(0, 2).map((zone) => zone.quote)],
    values: { order, contiguousPages: pages, freeBytes },
  };
}

function lowZoneOf(invoker: OomInvoker): 'DMA' | 'DMA32' | null {
  const mask = Number.parseInt(invoker.gfpMask, 16);
  if ((mask & GFP_DMA) !== 0) return 'DMA';
  return (mask & GFP_DMA32) !== 0 ? 'DMA32' : null;
}

/** The request was for memory below 16 MiB or 4 GiB only: the rest of the host may be free. */
function lowZoneSign(report: OomReport, invoker: OomInvoker, name: 'DMA' | 'DMA32'): SpuriousSign {
  const others = usableZones(report.zones.filter((zone) => zone.name !== name));
  const freeBytes = others.reduce((sum, zone) => sum + zone.freeBytes, 0);
  const elsewhere = freeBytes > 0;
  const free = bytes(freeBytes);
  return {
    kind: elsewhere ? 'observed' : 'inferred',
    why: {
      en: `the request was for the ${name} zone only${elsewhere ? `, while ${free} were free in other zones` : ''}`,
      zh: `该请求只能用 ${name} 内存区${elsewhere ? `，而其他区还空闲 ${free}` : ''}`,
    },
    quotes: [invoker.quote, ...others.slice(0, 1).map((zone) => zone.quote)],
    values: { zone: name, freeBytes },
  };
}
