/** Ends of an interval that holds 95 % of what chance does. */
export interface Interval {
  low: number;
  high: number;
}

/** A share with how sure it is: `value` = `hits / of`; of nothing there is no share. */
export interface Share {
  hits: number;
  of: number;
  value: number;
  interval: Interval;
}
