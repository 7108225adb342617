/** What was sampled of one stratum in one month; a cell may hold more counts. */
interface StratumCell {
  stratum: string
  /** Contacts that it stands for; 0: nobody knows. */
  population: number
  sampled: number
}

export interface PlacedStrata<Cell extends StratumCell> {
  strata: readonly Cell[]
  /** Samples of strata of whose size nothing is known: they carry no weight. */
  unplacedCount: number
  /** Strata that hold contacts and no sample: nothing is known of them. */
  unreviewed: readonly string[]
}

/** Of a month whose random reviews are one stratum, among months with several. */
export const wholeMonth = '(whole month)'
/** Months are added up while the share that was reviewed varies by less than this factor. */
const largestVariation = 1.5

/**
 * The strata of several months. Those of one name are added up by `add` while their sampling fraction varies by less than
 * 1.5 times; else each month's part stays a stratum of its own. Counts that cannot be, such as more reviews than
 * contacts, are of unknown size. methods.md section 2.2.
 */
export function placeStrata<Cell extends StratumCell>(
  cells: readonly Cell[],
  add: (one: Cell, other: Cell) => Cell,
): PlacedStrata<Cell> {
  const placed = cells.filter(isPlaced)
  const names = [...new Set(placed.map(({ stratum }) => stratum))]
  const strata = names.flatMap((name) =>
    together(
      placed.filter(({ stratum }) => stratum === name),
      add,
    ),
  )
  return {
    strata,
    unplacedCount: cells.filter((cell) => !isPlaced(cell)).reduce((sum, { sampled }) => sum + sampled, 0),
    unreviewed: [...new Set(strata.filter(({ sampled }) => sampled === 0).map(({ stratum }) => stratum))],
  }
}

function isPlaced({ population, sampled }: StratumCell): boolean {
  return population > 0 && Number.isSafeInteger(population) && sampled <= population
}

function together<Cell extends StratumCell>(
  cells: readonly Cell[],
  add: (one: Cell, other: Cell) => Cell,
): readonly Cell[] {
  const fractions = cells.map(({ sampled, population }) => sampled / population)
  return Math.max(...fractions) >= Math.min(...fractions) * largestVariation ? cells : [cells.reduce(add)]
}
