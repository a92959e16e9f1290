import { escapeHtml as html } from '../../../bot/render/escape-html.ts';

const WIDTH = 400;
const HEIGHT = 250;
const ROOM = { left: 44, right: 14, top: 26, bottom: 40 } as const;

/** Places of a chart with both axes from 0 to a share of 1. */
export interface Frame {
  x(share: number): number;
  y(share: number): number;
  /** The chart as a figure: title, what it says for who does not see it, axes, and what was drawn in it. */
  figure(words: { title: string; says: string; note: string; x: string; y: string }, drawn: string): string;
}

/** A frame whose axes end at these shares. */
export function chartFrame(mostX: number, mostY: number): Frame {
  const x = (share: number) => round(ROOM.left + (share / mostX) * (WIDTH - ROOM.left - ROOM.right));
  const y = (share: number) => round(HEIGHT - ROOM.bottom - (share / mostY) * (HEIGHT - ROOM.top - ROOM.bottom));
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const grid = QUARTERS.map((part) => {
    const [across, up] = [part * mostX, part * mostY];
    return `<line x1="${x(0)}" x2="${x(mostX)}" y1="${y(up)}" y2="${y(up)}" stroke="var(--line)"/><text x="${x(0) - 6}" y="${y(up) + 4}" text-anchor="end" fill="var(--soft)">${percent(up)}</text><text x="${x(across)}" y="${y(0) + 16}" text-anchor="middle" fill="var(--soft)">${percent(across)}</text>`;
  }).join('');
  return {
    x,
    y,
    figure: ({ title, says, note, x: along, y: upward }, drawn) =>
      `<figure><figcaption>${html(title)}</figcaption><p class="note">${html(note)}</p><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(says)}">${grid}${drawn}<text x="${x(mostX)}" y="${HEIGHT - 6}" text-anchor="end" fill="var(--soft)">${html(along)} →</text><text x="${x(0)}" y="12" fill="var(--soft)">↑ ${html(upward)}</text></svg></figure>`,
  };
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
const round = (place: number) => Math.round(place * 10) / 10;
