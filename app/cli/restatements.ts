import { Command } from 'commander'
import { listRestatements } from '#models/restatements/list-restatements.ts'
import { homeDirectory, openHome } from '../home.ts'
import { openCurrentWarehouse } from './open-current-warehouse.ts'

interface Flags {
  home?: string
  load?: string
  type?: string
  json?: true
}

export function restatementsCommand(): Command {
  return new Command('restatements')
    .description('numbers of closed months that changed afterwards, with their values before and after')
    .option('--load <load>', 'only what this load restated')
    .option('--type <type>', 'only of this interaction type')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print them as JSON')
    .action(async (flags: Flags) => {
      const warehouse = await openCurrentWarehouse(openHome(homeDirectory(flags.home)))
      try {
        const restatements = await listRestatements(warehouse.db, {
          ...(flags.load === undefined ? {} : { loadId: flags.load }),
          ...(flags.type === undefined ? {} : { interactionType: flags.type }),
        })
        if (flags.json) process.stdout.write(`${JSON.stringify(restatements, null, 2)}\n`)
        else {
          const lines = restatements.map(
            (each) =>
              `${each.contactMonth.slice(0, 7)}  ${each.interactionType}  ${each.metric} (${each.cohort}${each.scale === 'none' ? '' : `, ${each.scale}`}): ${number(each.before)} -> ${number(each.after)}  ${each.loadId === null ? 'no load: definitions, levels or an erasure' : `load ${each.loadId}`}`,
          )
          process.stdout.write(lines.length === 0 ? 'No number of a closed month changed.\n' : `${lines.join('\n')}\n`)
        }
      } finally {
        await warehouse.close()
      }
    })
}

function number({
  numerator,
  denominator,
  value,
}: {
  numerator: number | null
  denominator: number | null
  value: number | null
}) {
  if (denominator === null) return 'not there'
  return `${value === null ? 'no value' : Number(value.toPrecision(6))} (${numerator}/${denominator})`
}
