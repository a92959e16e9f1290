import type { Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { bytes, count, duration } from '../../../tools/evidence/spoken-figures.ts';
import type { TaskTimesData } from './chart-data.ts';
import { chartFrame, NARROW_PX } from './chart-frame.ts';
import type { ChartLook, DrawnChart } from './drawn-chart.ts';

const HEIGHT_PX = 190;
/** Room above the longest task for its label, as a share of the axis. */
const LABEL_ROOM = 1.18;
/** The median's label stands above its line on the left, where the tasks are short. */
const MEDIAN_LABEL_DY = -7;

/** The tasks of one stage from the shortest to the longest: a few long ones stand out at the right edge. */
export function taskTimesChart(data: TaskTimesData, look: ChartLook): DrawnChart {
  const { language, palette } = look;
  const last = data.sortedMs.length - 1;
  const [unit, unitMs] = unitOf(data.longest.ms, language);
  const values = data.sortedMs.map((ms, at) => ({ at, end: at + 1, ms, time: ms / unitMs, isLongest: at === last }));
  const title = titleOf(data, language);
  const zh = language === 'zh';
  const longest = { at: last + 1, time: data.longest.ms / unitMs, label: longestWords(data, look) };
  const median = {
    at: 0,
    time: data.medianMs / unitMs,
    label: `${zh ? '中位数 ' : 'median '}${duration(data.medianMs)[language]}`,
  };
  const top = (data.longest.ms / unitMs) * LABEL_ROOM;
  return {
    title,
    alt: altOf(data, language),
    spec: {
      ...chartFrame(look, title, HEIGHT_PX),
      encoding: {
        y: {
          field: 'time',
          type: 'quantitative',
          title: zh ? `任务时长（${unit}）` : `task duration (${unit})`,
          scale: { domain: [0, top], nice: false },
          axis: { tickCount: 4, domain: false },
        },
        x: {
          field: 'at',
          type: 'quantitative',
          title: axisWords(data, language, look.width),
          scale: { domain: [0, last + 1], nice: false },
          axis: { labels: false, ticks: false, grid: false },
        },
      },
      layer: [
        {
          data: { values },
          mark: { type: 'rect' },
          encoding: {
            x2: { field: 'end' },
            y2: { datum: 0 },
            color: {
              condition: { test: 'datum.isLongest', value: palette.alarm },
              value: palette.bar,
            },
          },
        },
        {
          data: { values: [median] },
          mark: { type: 'rule', color: palette.ink, strokeDash: [5, 4], strokeWidth: 1.5 },
          encoding: { x: { value: 0 }, x2: { value: 'width' } },
        },
        {
          data: { values: [median] },
          mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 4, dy: MEDIAN_LABEL_DY },
          encoding: { text: { field: 'label', type: 'nominal' } },
        },
        {
          data: { values: [longest] },
          mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -5, limit: look.width * 0.8 },
          encoding: { text: { field: 'label', type: 'nominal' } },
        },
      ],
    },
  };
}

/** The axis counts in what the longest task is told in. */
function unitOf(longestMs: number, language: Language): [string, number] {
  const unit = UNITS.find(({ least }) => longestMs >= least) ?? UNITS[UNITS.length - 1];
  return [unit?.name[language] ?? '', unit?.ms ?? 1];
}

const UNITS = [
  { least: 10_800_000, ms: 3_600_000, name: { en: 'h', zh: '小时' } },
  { least: 600_000, ms: 60_000, name: { en: 'min', zh: '分钟' } },
  { least: 2_000, ms: 1_000, name: { en: 's', zh: '秒' } },
  { least: 0, ms: 1, name: { en: 'ms', zh: '毫秒' } },
] as const;

function titleOf({ stageId, taskCount }: TaskTimesData, language: Language): string {
  return language === 'zh'
    ? `阶段 ${stageId} 的任务时长：${count(taskCount)} 个任务`
    : `How long the ${count(taskCount)} tasks of stage ${stageId} took`;
}

function axisWords({ stageName }: TaskTimesData, language: Language, width: number): string {
  const longest = width < NARROW_PX ? 12 : 48;
  const name = shorten(stageName, longest);
  return language === 'zh' ? `任务，从短到长（${name}）` : `tasks, shortest to longest (${name})`;
}

function longestWords({ longest }: TaskTimesData, { language, width }: ChartLook): string {
  const time = duration(longest.ms)[language];
  const size = longest.readBytes === null || width < NARROW_PX ? '' : bytes(longest.readBytes);
  if (language === 'zh') return `最长：任务 ${longest.index}，${time}${size ? `，读 ${size}` : ''}`;
  return `longest: task ${longest.index}, ${time}${size ? `, read ${size}` : ''}`;
}

function altOf(data: TaskTimesData, language: Language): string {
  const { longest, taskCount, stageId } = data;
  const [median, time] = [duration(data.medianMs)[language], duration(longest.ms)[language]];
  const sizes =
    longest.readBytes === null || longest.medianReadBytes === null
      ? null
      : [bytes(longest.readBytes), bytes(longest.medianReadBytes)];
  if (language === 'zh') {
    const read = sizes ? `，读取 ${sizes[0]}，中位数为 ${sizes[1]}` : '';
    return `任务时长分布图，阶段 ${stageId} 共 ${count(taskCount)} 个任务：中位数 ${median}，最长的任务 ${longest.index} 在 ${longest.host} 上用了 ${time}${read}。`;
  }
  const read = sizes ? `; it read ${sizes[0]}, the median task ${sizes[1]}` : '';
  return `Task durations of stage ${stageId}, ${count(taskCount)} tasks: the median took ${median}, the longest, task ${longest.index} on ${longest.host}, took ${time}${read}.`;
}
