import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { oracleDirectory } from '#test/build/oracle.ts'
import { describeOracle } from './oracle.ts'

const testRoot = join(import.meta.dirname, '..', '..')

/** Files that no test reads, and why. */
const unread: Readonly<Record<string, string>> = {
  'mover_cp_error_rates.csv':
    'Sums up designs that it does not list; stratified-error-rates.test.ts enumerates others.',
  'mover_false_go_summary.csv': 'As above: the worst false GO is enumerated and held under alpha there.',
  'stratified_lower_bound_error_rates.csv': 'As above, for the lower bounds.',
  'threshold_rule_validity_mc.csv': 'Simulated from a population that it does not describe.',
  'tau_open_total.csv': 'Sums of tau_open_by_domain_model.csv, which is reproduced.',
  'tau_open_by_model.csv': 'Sums of tau_open_by_domain_model.csv, which is reproduced.',
  'tau_open_by_interaction_type.csv':
    'Its types are read out of the tasks by another program; no source of ours does so.',
  'tau_open_by_type_model.csv': 'As above.',
  'cfpb_by_product.csv': 'Complaints to a regulator by product and timeliness: no metric of ours counts them so.',
  'uss_open_overall.csv': 'Satisfaction labels of dialogue research; no source of ours reads the set.',
  'tickets_open_by_type_channel.csv': 'Synthetic tickets; no source of ours reads the set.',
  'call_center_pwc_5000_by_topic.csv': 'A spreadsheet without escalations or AI; no source of ours reads it.',
  'call_center_appliances_1772_by_department.csv': 'As above.',
}

/** Names as tests spell them; what a template fills in stands for any word. */
function namesInTests(): (name: string) => boolean {
  const spelt = globSync('**/*.ts', { cwd: testRoot })
    .filter((file) => !file.endsWith('oracle-coverage.test.ts'))
    .flatMap((file) => [...readFileSync(join(testRoot, file), 'utf8').matchAll(/(['"`])([^'"`\n]*)\1/g)])
    .flatMap(([, , literal = '']) => literal.split('/').at(-1) ?? [])
  const words = new Set(spelt)
  const templates = [...words]
    .filter((word) => /^\w{4,}\$\{\w+\}[\w.]*$/.test(word))
    .map((word) => new RegExp(`^${word.replaceAll('.', '\\.').replaceAll(/\$\{\w+\}/g, '\\w+')}$`))
  return (name) => {
    const bare = name.replace(/\.\w+$/, '')
    return [name, bare].some((each) => words.has(each) || templates.some((template) => template.test(each)))
  }
}

describeOracle('the reference values', () => {
  const isRead = namesInTests()
  const files = readdirSync(oracleDirectory).filter((name) => name !== 'README.md')

  it('are each read by a test, but for those that are listed with a reason', () => {
    expect(files.filter((name) => !isRead(name) && unread[name] === undefined)).toEqual([])
  })

  it('that are listed as unread are there, and unread', () => {
    expect(Object.keys(unread).filter((name) => !files.includes(name) || isRead(name))).toEqual([])
  })
})
