import type { ChartData } from './chart-data.ts';
import type { ChartLook, DrawnChart } from './drawn-chart.ts';
import { ledgerChart } from './ledger-chart.ts';
import { taskTimesChart } from './task-times-chart.ts';

/** The declaration of any chart. */
export function drawChart(data: ChartData, look: ChartLook): DrawnChart {
  if (data.kind === 'ledger') return ledgerChart(data, look);
  if (data.kind === 'task-times') return taskTimesChart(data, look);
  throw new Error(`no chart ${data.kind}`);
}
