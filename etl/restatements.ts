import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { sqlLiteral } from './sql-literal.ts'
import { countOf } from './sql-step.ts'

const kept = 'numbers_of_closed_months'

/** Sets the numbers of the final months aside, before the models are built anew. */
export async function keepClosedMonths(warehouse: Warehouse): Promise<void> {
  await warehouse.connection().run(`CREATE OR REPLACE TEMP TABLE ${kept} AS
    SELECT contact_month, interaction_type, metric, cohort, scale, numerator, denominator, value, definition_version
    FROM monthly_metrics WHERE contact_month IN (SELECT contact_month FROM monthly_metrics WHERE is_final)`)
}

/**
 * Writes down every number of those months that is another one now: late rows of a closed month restate it. Metrics
 * that were not known when the month closed restate nothing. Returns how many numbers changed.
 */
export async function recordRestatements(warehouse: Warehouse, loadId: string | null, now: Date): Promise<number> {
  const connection = warehouse.connection()
  await connection.run(`INSERT INTO restatements BY NAME
    SELECT ${loadId === null ? 'CAST(NULL AS VARCHAR)' : sqlLiteral(loadId)} AS load_id,
      TIMESTAMPTZ ${sqlLiteral(now.toISOString())} AS restated_at,
      contact_month, interaction_type, metric, cohort, scale,
      old.numerator AS numerator_before, old.denominator AS denominator_before, old.value AS value_before,
      new.numerator AS numerator_after, new.denominator AS denominator_after, new.value AS value_after
    FROM ${kept} old
    FULL JOIN (FROM monthly_metrics WHERE contact_month IN (SELECT contact_month FROM ${kept})
        AND metric IN (SELECT metric FROM ${kept})) new
      USING (contact_month, interaction_type, metric, cohort, scale)
    WHERE old.numerator IS DISTINCT FROM new.numerator OR old.denominator IS DISTINCT FROM new.denominator
      OR (old.value IS DISTINCT FROM new.value AND coalesce(abs(old.value - new.value), 1) > 1e-12)
    ORDER BY contact_month, interaction_type, metric, cohort, scale`)
  await connection.run(`DROP TABLE ${kept}`)
  return countOf(
    connection,
    `SELECT count(*) FROM restatements WHERE restated_at = TIMESTAMPTZ ${sqlLiteral(now.toISOString())}
      AND load_id IS NOT DISTINCT FROM ${loadId === null ? 'NULL' : sqlLiteral(loadId)}`,
  )
}
