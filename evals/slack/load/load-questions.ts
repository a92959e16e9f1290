import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadQuestion } from './run-load.ts';

/** A capture and what people ask about it. */
export interface LoadGround {
  name: string;
  from: string;
  texts: readonly string[];
}

const DEMO = path.join(import.meta.dirname, '../../../bot/demo/failed-run');
const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../../shared');
/** Recorded incidents of other engines and sizes; the question is the recorder's (`incident.json`). */
const RECORDED = ['celeborn-002-worker-killed-stage-rerun', 'slow-001-order-user-wide-skew'];

/** The demo, and recorded incidents where they are there. */
export function loadGrounds(): LoadGround[] {
  const recorded = RECORDED.map((name) => path.join(SHARED, 'captures', name)).filter((folder) => existsSync(folder));
  return [
    {
      name: 'demo/failed-run',
      from: DEMO,
      texts: [
        'why did item_vector_backfill fail? bad node?',
        'item_vector_backfill 为什么失败？是不是节点坏了？',
        'item_vector_backfill executors die with exit code 137 on bd-node12 only',
        'item_vector_backfill was killed, do we need more memory?',
      ],
    },
    ...recorded.map((folder) => ({
      name: path.basename(folder),
      from: path.join(folder, 'capture'),
      texts: [
        String(
          (JSON.parse(readFileSync(path.join(folder, 'incident.json'), 'utf8')) as { question: unknown }).question,
        ),
      ],
    })),
  ];
}

/** So many people, each with one question: nine of ten in channels, every tenth directly. */
export function oneEach({ texts }: LoadGround, people: number, rooms: number, from = 0): LoadQuestion[] {
  return Array.from({ length: people }, (_, at) => ({
    user: from + at,
    room: at % 10 === 9 ? null : at % rooms,
    text: texts[at % texts.length] ?? '',
  }));
}

/** One person with many questions in many rooms. */
export function allByOne({ texts }: LoadGround, count: number, rooms: number): LoadQuestion[] {
  return Array.from({ length: count }, (_, at) => ({
    user: 0,
    room: at % rooms,
    text: texts[at % texts.length] ?? '',
  }));
}
