/** How the run that is asked about ended, as the platform's own records say, together with who says so. */
export interface RunEnd {
  state: 'failed' | 'killed' | 'succeeded' | 'running' | 'waiting' | 'unknown';
  /** Milliseconds since the epoch. */
  at: number | null;
  startedAt: number | null;
  /** The run goes on and has no executor to work with. */
  idle?: boolean;
}
