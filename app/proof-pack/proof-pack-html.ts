import { levelWords } from '#governance/levels/level-words.ts'
import type { ProofPack } from '#governance/proof-pack/proof-pack.ts'
import type { TypeFacts } from '#governance/registry/type-facts.ts'
import type { DecisionRecord } from '#governance/review/list-decision-records.ts'
import { escalationReasons } from '#models/contract/escalation.ts'
import { formatDay, formatInstant, formatMonth } from '#models/format-metric.ts'

interface Made {
  at: Date
  timeZone: string
  /** Root of the audit tree that the pack ends with. */
  root: string
  size: number
}

/** The pack as one page that reads without anything else. Every text is escaped. */
export function proofPackHtml(pack: ProofPack, made: Made): string {
  const { timeZone } = made
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>How the AI is overseen</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:CanvasText;background:Canvas}
:root{color-scheme:light dark}table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid GrayText}
.scroll{overflow-x:auto}code{overflow-wrap:anywhere}</style></head><body>
<h1>How the AI is overseen</h1>
<p>Made ${text(formatInstant(made.at, timeZone))} from the ledger, whose audit trail then held ${made.size} events with the root
<code>${text(made.root)}</code>. The same facts are in the JSON files beside this page; the trail is in the folder
<code>audit-trail</code>, and <code>node audit-trail/verify.mjs audit-trail</code> checks it without us.
<code>manifest.json</code> names every file with its SHA-256.</p>
${section(
  'Who does what',
  table(
    [
      'Type',
      'Area',
      'AI',
      'People',
      'Risk',
      'Controls',
      'Level',
      'Ceiling',
      'Owner',
      'Customers told',
      'Risk class',
      'Knowledge',
      'Money limit',
    ],
    pack.responsibilities.map((type) => [
      type.interactionType,
      type.area,
      type.aiDoes,
      type.humansDo,
      type.riskTier,
      type.requiredControls,
      type.level === null ? 'none' : levelWords[type.level],
      levelWords[type.ceiling],
      type.ownerName,
      type.isDisclosureAttested ? 'yes' : 'not attested',
      ...factCells(type.facts),
    ]),
  ),
)}
${section('When the AI hands over, and when it is stopped', escalationHtml(pack))}
${section('How answers are sampled', samplingHtml(pack))}
${section('Policy in force, and how it changed', policiesHtml(pack, timeZone))}
${section(
  'Decisions',
  table(
    ['Decided', 'Type', 'Decision', 'Signed by', 'Approvals', 'Reason', 'Evidence SHA-256', 'Event'],
    pack.decisions.map((decision) => decisionRow(decision, timeZone)),
  ),
)}
${section(
  'Changes of registry, levels and policy',
  table(
    ['Event', 'When', 'Who', 'What', 'About'],
    pack.changes.map(({ seq, at, by, action, about }) => [String(seq), at, by, action.replaceAll('-', ' '), about]),
  ),
)}
</body></html>
`
}

function factCells(facts: TypeFacts | null): string[] {
  if (facts === null) return ['not stated', 'not stated', 'not stated']
  const effect = facts.hasLegalEffect ? '; decides with legal effect' : ''
  return [
    `${facts.riskClass}: ${facts.riskClassReason}${effect}`,
    facts.knowledgeSources || 'none named',
    facts.moneyLimit ?? 'none',
  ]
}

function escalationHtml({ escalation, responsibilities }: ProofPack): string {
  const led = responsibilities.filter(({ ceiling }) => ceiling === 'human_as_the_loop')
  const triggers = escalationReasons.filter((reason) => reason !== 'failed_handoff' && reason !== 'other')
  return `<ul>
<li>Written triggers for which a conversation goes to a person: ${text(triggers.map((reason) => reason.replaceAll('_', ' ')).join(', '))}. A hand-over without one counts as unexpected and is measured.</li>
<li>Always led by people: ${text(led.map(({ interactionType }) => interactionType).join(', ') || 'no type')}.</li>
<li>Any approver or the owner of a type stops it at once; another approver looks at it within ${escalation.stopApprovalWorkingDays} working days.</li>
<li>A decision holds ${escalation.validityMonths} months; not renewed, the type steps down to the safer level by itself.</li>
${escalation.tripWires.map(({ interactionType, conditions }) => `<li>${text(interactionType)} steps down by itself when ${text(conditions.join('; or '))}.</li>`).join('\n')}
</ul>`
}

function samplingHtml({ sampling }: ProofPack): string {
  const { month, casesBeforeVote, minimumCompletion, windowMonths } = sampling
  return `<p>Only reviews drawn at random count towards the error rate. Every month at least ${Math.round(minimumCompletion * 100)}&#8239;% of
the drawn reviews have to be done; ${windowMonths} months are judged together. Before voting to expand or keep, each approver opens
${casesBeforeVote} failed contacts drawn at random for them.</p>
${
  month === null
    ? '<p>No review was held yet.</p>'
    : `<p>State at the review of ${text(formatMonth(month))}:</p>${table(
        ['Type', 'Random reviews', 'Errors', 'Limit', 'Verdict', 'To review'],
        sampling.types.map((type) => [
          type.interactionType,
          type.reviews === null ? 'none' : String(type.reviews),
          type.errors === null ? '–' : String(type.errors),
          type.limit === null ? 'never expands' : `${type.limit * 100} %`,
          type.verdict ?? 'not judged',
          type.plan ?? 'nothing more',
        ]),
      )}`
}`
}

function policiesHtml({ policies }: ProofPack, timeZone: string): string {
  return policies
    .map(
      (policy) => `<h3>Version ${policy.version}: ${text(policy.name)}</h3>
<p>From ${policy.effectiveMonth === '1970-01' ? 'the beginning' : text(formatMonth(policy.effectiveMonth))} on, published ${text(formatDay(policy.publishedAt, timeZone))}.
${policy.author === null ? 'It came with the program.' : `Written by ${text(policy.author)}, approved by ${text(policy.approvers.join(', '))}: ${text(policy.reason ?? '')}`}
SHA-256 <code>${text(policy.contentSha256)}</code>.</p>
${
  policy.changes.length === 0
    ? ''
    : table(
        ['Changed', 'Before', 'After'],
        policy.changes.map(({ path, before, after }) => [
          path,
          JSON.stringify(before) ?? '–',
          JSON.stringify(after) ?? '–',
        ]),
      )
}`,
    )
    .join('\n')
}

function decisionRow(decision: DecisionRecord, timeZone: string): string[] {
  const approvals = decision.votes.filter(({ vote }) => vote === 'approve').map(({ voter }) => voter.name)
  return [
    formatInstant(decision.decidedAt, timeZone),
    decision.interactionType,
    decision.meaning,
    `${decision.signer.name}, ${decision.signer.role}`,
    approvals.join(', ') || '–',
    decision.reason || '–',
    decision.evidenceHash ?? '–',
    decision.seq === null ? 'missing' : String(decision.seq),
  ]
}

function section(title: string, content: string): string {
  return `<section><h2>${text(title)}</h2>${content}</section>`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p>None.</p>'
  const cells = (row: readonly string[]) => row.map((cell) => `<td>${text(cell)}</td>`).join('')
  return `<div class="scroll" tabindex="0"><table><thead><tr>${heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead><tbody>
${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}
</tbody></table></div>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function text(raw: string): string {
  return raw.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
