import type { ChartData } from './chart-data.ts';
import type { ChartLook, DrawnChart } from './drawn-chart.ts';
import { ledgerChart } from './ledger-chart.ts';
import { memoryChart } from './memory-chart.ts';
import { taskTimesChart } from './task-times-chart.ts';
import { timelineChart } from './timeline-chart.ts';

/** The declaration of any chart. */
export function drawChart(data: ChartData, look: ChartLook): DrawnChart {
  switch (data.kind) {
    case 'ledger':
      return ledgerChart(data, look);
    case 'task-times':
      return taskTimesChart(data, look);
    case 'memory-against-limit':
      return memoryChart(data, look);
    case 'timeline':
      return timelineChart(data, look);
  }
}
