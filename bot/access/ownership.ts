/** Whose a run is, as far as the platform says: what the rules of who may see what look at. */
export interface Ownership {
  /** Application id, or the best name there is. */
  id: string;
  names: readonly string[];
  user: string | null;
  queue: string | null;
}
