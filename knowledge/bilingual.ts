/** One statement in the two languages the product speaks. Both say the same, with the same figures. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** The languages an answer can be given in. */
export type Language = keyof Bilingual;
