import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { findUser } from '#governance/accounts/find-user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { approvePolicy } from '#governance/policy/approve-policy.ts'
import { diffPolicies } from '#governance/policy/diff-policies.ts'
import { draftPolicy } from '#governance/policy/draft-policy.ts'
import { listPolicyDrafts, type PolicyDraft } from '#governance/policy/list-policy-drafts.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { withdrawPolicy } from '#governance/policy/withdraw-policy.ts'
import { findPolicy, getCurrentPolicy } from '#governance/review/published-policy.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Home } from '../home.ts'
import { backTestPolicy } from '../policy/back-test-policy.ts'
import { openCurrentWarehouse } from './open-current-warehouse.ts'
import { readPassword } from './read-password.ts'
import { withLedger } from './with-ledger.ts'

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const

interface Flags {
  home?: string
  json?: true
  as: string
  reason: string
  recommended?: true
}

/** The policy and how it changes: by a draft that others than its author approve, from the next month on. */
export function policyCommand(): Command {
  const policy = new Command('policy').description('the policy: show, draft, diff, back-test, approve, withdraw')
  policy
    .command('show')
    .description('print a version as JSON (default: the newest), ready to be edited into a draft')
    .argument('[version]', 'number of the version')
    .option(...home)
    .action((version: string | undefined, flags: Flags) => withLedger(flags.home, (ledger) => show(ledger, version)))
  policy
    .command('draft')
    .description('propose a policy; its author may not approve it')
    .argument('[file]', 'the policy as JSON, its version the next one')
    .requiredOption('--as <email>', 'the author')
    .requiredOption('--reason <text>', 'why it should change')
    .option('--recommended', 'the policy that this version of Oversight recommends, instead of a file')
    .option(...home)
    .option('--json', 'print the draft as JSON')
    .action((file: string | undefined, flags: Flags) => withLedger(flags.home, (ledger) => draft(ledger, file, flags)))
  policy
    .command('diff')
    .description('what a draft (default: the newest) changes of the policy in force')
    .argument('[draft]', 'id of the draft')
    .option(...home)
    .option('--json', 'print the differences as JSON')
    .action((id: string | undefined, flags: Flags) => withLedger(flags.home, (ledger) => diff(ledger, id, flags)))
  policy
    .command('backtest')
    .description('what a draft (default: the newest) would have recommended for past months and types')
    .argument('[draft]', 'id of the draft')
    .option(...home)
    .option('--json', 'print every month and type as JSON')
    .action((id: string | undefined, flags: Flags) =>
      withLedger(flags.home, (ledger, opened) => test(ledger, opened, id, flags)),
    )
  policy
    .command('approve')
    .description('sign a draft; the password is asked for, or read from OVERSIGHT_PASSWORD or standard input')
    .argument('<draft>', 'id of the draft')
    .requiredOption('--as <email>', 'the approver')
    .option(...home)
    .option('--json', 'print the result as JSON')
    .action((id: string, flags: Flags) =>
      withLedger(flags.home, (ledger, opened) => approve(ledger, opened, id, flags)),
    )
  policy
    .command('withdraw')
    .description('take a draft back before it is published; by its author or any approver')
    .argument('<draft>', 'id of the draft')
    .requiredOption('--as <email>', 'who takes it back')
    .requiredOption('--reason <text>', 'why')
    .option(...home)
    .action((id: string, flags: Flags) => withLedger(flags.home, (ledger) => withdraw(ledger, id, flags)))
  return policy
}

async function show(ledger: Ledger, version: string | undefined): Promise<void> {
  const policy =
    version === undefined ? await getCurrentPolicy(ledger.db) : (await findPolicy(ledger.db, Number(version)))?.policy
  if (policy === undefined) throw new OversightError('not_found', `There is no policy version ${version}.`)
  process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
}

async function draft(ledger: Ledger, file: string | undefined, flags: Flags): Promise<void> {
  if ((file === undefined) === (flags.recommended === undefined)) {
    throw new OversightError('bad_input', 'Name a file with the policy, or --recommended.')
  }
  const policy: unknown = file === undefined ? recommendedPolicy : parseJson(file)
  const by = await userId(ledger, flags.as)
  const { draftId, version, contentHash } = await draftPolicy(
    ledger,
    { policy, reason: flags.reason, by },
    systemClock(),
  )
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ draftId, version, contentHash })}\n`
      : `Drafted policy version ${version} as ${draftId} (SHA-256 ${contentHash}).\n`,
  )
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new OversightError('bad_input', `${file} cannot be read as JSON.`, { cause })
  }
}

async function diff(ledger: Ledger, id: string | undefined, flags: Flags): Promise<void> {
  const { policy } = await findDraft(ledger, id)
  const differences = diffPolicies(await getCurrentPolicy(ledger.db), policy)
  const lines = differences.map(({ path, before, after }) => `${path}: ${textOf(before)} -> ${textOf(after)}\n`)
  process.stdout.write(flags.json ? `${JSON.stringify(differences)}\n` : lines.join(''))
}

function textOf(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value)
}

async function test(ledger: Ledger, opened: Home, id: string | undefined, flags: Flags): Promise<void> {
  const { policy } = await findDraft(ledger, id)
  const warehouse = await openCurrentWarehouse(opened)
  try {
    const before = await getCurrentPolicy(ledger.db)
    const rows = await backTestPolicy(ledger, warehouse.db, { before, after: policy }, systemClock().now)
    if (flags.json) {
      process.stdout.write(`${JSON.stringify(rows)}\n`)
      return
    }
    const changed = rows.filter((row) => row.before !== row.after)
    for (const { month, interactionType, before, after, reason } of changed) {
      process.stdout.write(`${month}  ${interactionType}: ${before} -> ${after}. ${reason ?? ''}\n`)
    }
    process.stdout.write(`${changed.length} of ${rows.length} recommendations would have been different.\n`)
  } finally {
    await warehouse.close()
  }
}

async function approve(ledger: Ledger, opened: Home, id: string, flags: Flags): Promise<void> {
  const { contentHash } = await findDraft(ledger, id)
  const by = await userId(ledger, flags.as)
  const password = await readPassword()
  const { reportingTimeZone } = opened
  const { receipt: _receipt, ...done } = await approvePolicy(
    ledger,
    { draftId: id, contentHash, reportingTimeZone, by, password },
    systemClock(),
  )
  const text =
    done.published === null
      ? `Approved: ${done.approvals} of ${done.requiredApprovals} approvals.\n`
      : `Approved. Policy version ${done.published.version} applies to the evidence of ${done.published.effectiveMonth} and later.\n`
  process.stdout.write(flags.json ? `${JSON.stringify(done)}\n` : text)
}

async function withdraw(ledger: Ledger, draftId: string, flags: Flags): Promise<void> {
  const by = await userId(ledger, flags.as)
  await withdrawPolicy(ledger, { draftId, reason: flags.reason, by }, systemClock())
  process.stdout.write('Taken back. Its approvals stay on record.\n')
}

async function findDraft(ledger: Ledger, id: string | undefined): Promise<PolicyDraft> {
  const drafts = await listPolicyDrafts(ledger)
  const found = id === undefined ? drafts[0] : drafts.find((each) => each.id === id)
  if (found === undefined) {
    throw new OversightError('not_found', id === undefined ? 'There is no draft yet.' : `There is no draft ${id}.`)
  }
  return found
}

async function userId(ledger: Ledger, email: string): Promise<string> {
  const user = await findUser(ledger, { email })
  if (user === undefined) throw new OversightError('not_found', `Nobody has the account ${email}.`)
  return user.id
}
