/** Turns texts into vectors of one model. */
export interface Embedder {
  /** Name of the model, as the index records it. */
  model: string;
  /** Length of the vectors when it was set; null: what the first answer has. */
  dimension: number | null;
  /**
   * One vector for each text, in order, all of one length.
   *
   * @throws EmbeddingError when the server does not give them
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<number[][]>;
}

/** The embedding server did not answer, or not with usable vectors. */
export class EmbeddingError extends Error {}
