/**
 * Where the product and an incident's recorded truth disagree on the account that grew most, and why the product was not bent to
 * agree. Printed with every table; anything not listed here fails the gate.
 */
export const KNOWN_LEDGER_DISAGREEMENTS: Readonly<Record<string, string>> = {
  'slow-017-sku-daily-aqe-off':
    'the definition of the ledger books reported run time to compute: 3,000 tiny tasks report 666 s more of it, against 104 s of scheduling delay and 122 s of deserialisation',
};
