import {
  type Expression,
  type ExpressionBuilder,
  ExpressionWrapper,
  expressionBuilder,
  type Kysely,
  OperationNodeTransformer,
  type ReferenceNode,
  ValueNode,
} from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ContactOptions, contactColumns, type Joined, type JoinedName, joinedStages } from './contact-columns.ts'
import { isCounted } from './counting-interactions.ts'
import { aroundDays, endOfTime, type Span } from './span.ts'
import type { ContactStage } from './stage-contacts.ts'

/** Which contacts, and how they are read; all of them with everything, unless said otherwise. */
export interface ContactReading {
  /** Only these columns. */
  only?: readonly string[]
  /** `none`: as if nothing hung on a contact, so that no stage is read. */
  hanging?: 'none'
  /** A table of days by quarter of an hour, to look days up rather than work them out for every contact. */
  daysFrom?: string
  /** A table keyed by (source, interaction_id): only the contacts in it, or only those not in it. */
  among?: { table: string; isIn: boolean }
  /** Only contacts of the days in a table (contact_date), all of which lie within from..through (YYYY-MM-DD). */
  ofDays?: { table: string; from: string; through: string }
  /** Only contacts that started in this span. */
  within?: Span
  /** Where the rows of a stage are read; the stage itself unless given. */
  stagesFrom?: (stage: ContactStage) => string
}

/** The rows of `contacts` from the facts and the stages. */
export function contactRows(
  db: Kysely<WarehouseSchema>,
  dialect: SqlDialect,
  options: ContactOptions,
  { only, hanging, daysFrom, among, ofDays, within, stagesFrom = (stage) => stage }: ContactReading = {},
) {
  const eb = expressionBuilder<Joined, JoinedName>()
  const nothing = new WithoutStages()
  const day = (column: string) => eb.ref(`day.${column}` as never) as Expression<unknown>
  const columns = Object.entries({
    ...contactColumns(eb, dialect, options),
    ...(daysFrom === undefined ? {} : { contact_date: day('contact_date'), contact_month: day('contact_month') }),
  })
    .filter(([name]) => only?.includes(name) ?? true)
    .map(([name, expression]) => ({
      name: name as keyof ContactsTable,
      expression:
        hanging === 'none'
          ? new ExpressionWrapper<Joined, JoinedName, unknown>(nothing.transformNode(expression.toOperationNode()))
          : expression,
    }))
  const text = JSON.stringify(columns.map(({ expression }) => expression.toOperationNode()))
  const isUsed = (alias: JoinedName) => text.includes(`"name":"${alias}"`)
  const stages = Object.entries(joinedStages).filter(([, alias]) => isUsed(alias)) as [ContactStage, JoinedName][]
  let rows = db
    .selectFrom('interactions')
    .where((of) => isCounted(of as unknown as ExpressionBuilder<WarehouseSchema, 'interactions'>))
    .select(columns.map(({ name, expression }) => eb.parens(expression).as(name)) as never)
  const ofInteraction =
    (alias: string) =>
    <T extends { onRef(left: never, operator: '=', right: never): T }>(on: T): T =>
      on
        .onRef(`${alias}.source` as never, '=', 'interactions.source' as never)
        .onRef(`${alias}.interaction_id` as never, '=', 'interactions.interaction_id' as never)
  if (among?.isIn === true) {
    rows = rows.innerJoin(`${among.table} as asked` as never, ofInteraction('asked') as never) as never
  } else if (among !== undefined) {
    rows = rows.leftJoin(`${among.table} as asked` as never, ofInteraction('asked') as never) as never
    rows = rows.where('asked.interaction_id' as never, 'is', null)
  }
  if (ofDays !== undefined) {
    const localDay =
      daysFrom === undefined
        ? dialect.localDay(eb.ref('interactions.started_at'), options.reportingTimeZone)
        : day('contact_date')
    const { from, before } = aroundDays(ofDays)
    rows = rows
      .where('interactions.started_at', '>=', from)
      .where('interactions.started_at', '<', before)
      .where((of) =>
        of.and([
          of.between(localDay as never, dialect.day(ofDays.from) as never, dialect.day(ofDays.through) as never),
          of(localDay as never, 'in', of.selectFrom(ofDays.table as 'daily_counts').select('contact_date') as never),
        ]),
      )
  }
  if (within !== undefined) {
    rows = rows.where('interactions.started_at', '>=', within.from).where('interactions.started_at', '<', within.before)
  }
  if (daysFrom !== undefined) {
    rows = rows.leftJoin(`${daysFrom} as day` as never, (on) =>
      on.on(
        eb(
          eb.ref('day.quarter_hour' as never),
          '=',
          dialect.quarterHour(eb.ref('interactions.started_at')) as never,
        ) as never,
      ),
    ) as never
  }
  for (const [stage, alias] of stages) {
    rows = rows.leftJoin(`${stagesFrom(stage)} as ${alias}` as never, ofInteraction(alias) as never) as never
  }
  if (isUsed('level')) {
    rows = rows.leftJoin('levels_in_force as level', (on) =>
      on
        .onRef('level.interaction_type', '=', 'interactions.interaction_type')
        .onRef('level.effective_from', '<=', 'interactions.started_at')
        // One comparison: an OR would make the engine compare every contact with every level.
        .on((of) =>
          of(of.fn.coalesce('level.effective_to', of.val(endOfTime)), '>', of.ref('interactions.started_at')),
        ),
    ) as never
  }
  return { names: columns.map(({ name }) => name), rows }
}

/** Every column of a stage is null. */
class WithoutStages extends OperationNodeTransformer {
  protected override transformReference(node: ReferenceNode): ReferenceNode {
    const table = node.table?.table.identifier.name
    const isStage = (Object.values(joinedStages) as string[]).includes(table ?? '')
    return isStage ? (ValueNode.createImmediate(null) as never) : super.transformReference(node)
  }
}
