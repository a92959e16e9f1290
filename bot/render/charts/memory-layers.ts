import { bytes } from '../../../tools/evidence/spoken-figures.ts';
import type { MemoryData } from './chart-data.ts';
import { NARROW_PX } from './chart-frame.ts';
import type { ChartLook } from './drawn-chart.ts';
import { holderName, limitWords } from './memory-words.ts';

/** Room above or behind the largest figure for the words there, as a share of the axis. */
const WORDS_ROOM = { wide: 1.18, narrow: 1.8 } as const;
/** Axis units from small to large. */
const UNITS = [
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
] as const;

/** Memory over time under the rule of its limit. */
export function memoryCourseLayers(data: MemoryData, { language, palette, width }: ChartLook) {
  const zh = language === 'zh';
  const [unit, size] = UNITS.findLast(([, at]) => data.limitBytes >= at) ?? UNITS[0];
  const values = data.points.map((point) => ({ at: point.at, used: point.bytes / size }));
  const limit = { limit: data.limitBytes / size, label: limitWords(data, language) };
  const [from, to] = [data.points[0]?.at ?? 0, data.points.at(-1)?.at ?? 0];
  const killed = data.killedAt !== null && data.killedAt >= from && data.killedAt <= to ? [data.killedAt] : [];
  const most = Math.max(limit.limit, ...values.map(({ used }) => used));
  const y = { type: 'quantitative' as const, scale: { domain: [0, most * WORDS_ROOM.wide], nice: false } };
  const time = {
    type: 'temporal' as const,
    title: zh ? '时间（UTC）' : 'time (UTC)',
    scale: { type: 'utc' as const, domain: [from, to], nice: false },
    axis: {
      format: '%H:%M:%S',
      tickCount: width < NARROW_PX ? 3 : 6,
      labelOverlap: true,
      labelFlush: true,
      grid: false,
    },
  };
  const used = {
    ...y,
    field: 'used',
    title: zh ? `已用（${unit}）` : `in use (${unit})`,
    axis: { tickCount: 4, domain: false },
  };
  return {
    layer: [
      {
        data: { values },
        mark: {
          type: 'area' as const,
          color: palette.bar,
          fillOpacity: 0.15,
          line: { color: palette.bar, strokeWidth: 2 },
          point: { color: palette.bar, filled: true, size: values.length > 60 ? 0 : 36, opacity: 1 },
        },
        encoding: { x: { ...time, field: 'at' }, y: used },
      },
      {
        data: { values: [limit] },
        mark: { type: 'rule' as const, color: palette.alarm, strokeWidth: 2, strokeDash: [6, 4] },
        encoding: { y: { ...y, field: 'limit' } },
      },
      {
        data: { values: [limit] },
        mark: {
          type: 'text' as const,
          align: 'left' as const,
          baseline: 'bottom' as const,
          color: palette.alarm,
          dx: 4,
          dy: -4,
        },
        encoding: { x: { value: 0 }, y: { ...y, field: 'limit' }, text: { field: 'label', type: 'nominal' as const } },
      },
      ...(killed.length === 0
        ? []
        : [
            {
              data: { values: killed.map((at) => ({ at })) },
              mark: { type: 'rule' as const, color: palette.alarm, strokeWidth: 2 },
              encoding: { x: { ...time, field: 'at' } },
            },
          ]),
    ],
  };
}

/** Who held what, bar by bar, before the rule of the limit. */
export function memoryMomentLayers(data: MemoryData, { language, palette, width }: ChartLook) {
  const values = data.holders.map((holder) => ({
    name: holderName(holder, language),
    part: holder.part,
    bytes: holder.bytes,
    figure: bytes(holder.bytes),
  }));
  const room = WORDS_ROOM[width < NARROW_PX ? 'narrow' : 'wide'];
  const most = Math.max(data.limitBytes, ...values.map((value) => value.bytes));
  const limit = { limit: data.limitBytes, label: limitWords(data, language) };
  const x = { type: 'quantitative' as const, axis: null, scale: { domain: [0, most * room], nice: false } };
  const y = {
    field: 'name',
    type: 'nominal' as const,
    sort: null,
    title: null,
    scale: { paddingInner: 0.4, paddingOuter: 0.3 },
    axis: { domain: false, ticks: false, labelPadding: 8, labelLimit: width * (width < NARROW_PX ? 0.5 : 0.4) },
  };
  // What is beside the point is an outline; what was killed says so by its name as well.
  const colours = {
    field: 'part',
    type: 'nominal' as const,
    legend: null,
    scale: { domain: ['whole', 'killed', 'beside'] },
  };
  return {
    data: { values },
    layer: [
      {
        mark: { type: 'bar' as const, strokeWidth: 1.5 },
        encoding: {
          x: { ...x, field: 'bytes' },
          y,
          fill: { ...colours, scale: { ...colours.scale, range: [palette.bar, palette.alarm, palette.paper] } },
          stroke: { ...colours, scale: { ...colours.scale, range: [palette.bar, palette.alarm, palette.bar] } },
        },
      },
      {
        mark: { type: 'text' as const, align: 'left' as const, baseline: 'middle' as const, dx: 6 },
        encoding: { x: { ...x, field: 'bytes' }, y, text: { field: 'figure', type: 'nominal' as const } },
      },
      {
        data: { values: [limit] },
        mark: { type: 'rule' as const, color: palette.alarm, strokeWidth: 2, strokeDash: [6, 4] },
        encoding: { x: { ...x, field: 'limit' } },
      },
      {
        data: { values: [limit] },
        mark: {
          type: 'text' as const,
          align: 'right' as const,
          baseline: 'bottom' as const,
          color: palette.alarm,
          dx: -6,
          dy: 2,
        },
        encoding: { x: { ...x, field: 'limit' }, y: { value: 0 }, text: { field: 'label', type: 'nominal' as const } },
      },
    ],
  };
}
