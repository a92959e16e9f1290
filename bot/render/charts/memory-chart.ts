import type { MemoryData } from './chart-data.ts';
import { chartFrame } from './chart-frame.ts';
import type { ChartLook, DrawnChart } from './drawn-chart.ts';
import { memoryCourseLayers, memoryMomentLayers } from './memory-layers.ts';
import { memoryAlt, memoryTitle } from './memory-words.ts';

const COURSE_PX = 180;
const BAR_PX = 34;

/** Memory against its limit: a line over time, or a bar for each that held some of it, and the limit as a rule across. */
export function memoryChart(data: MemoryData, look: ChartLook): DrawnChart {
  const { language } = look;
  const title = memoryTitle(data, language);
  const isCourse = data.points.length > 0;
  const height = isCourse ? COURSE_PX : data.holders.length * BAR_PX + 24;
  return {
    title,
    alt: memoryAlt(data, language),
    spec: {
      ...chartFrame(look, title, height),
      ...(isCourse ? memoryCourseLayers(data, look) : memoryMomentLayers(data, look)),
    },
  };
}
